internal import Sandbox
internal import Sys
internal import Wire

/// The way into the sandbox.
enum Cell {
    /// Why this process cannot serve.
    enum Failure: Error {
        /// The supervisor went away, or its first order was not the one that must come first.
        case noIdentity
        case sandbox(SandboxError)
        case noResolver(Errno)
    }

    /// Waits for the order that says who this process is, locks the process in, and tells the supervisor.
    /// The resolver is told the same, and locks itself in.
    static func enter(_ dialer: inout Dialer) throws(Failure) {
        let identity = try identity(from: &dialer.port)
        do throws(Errno) {
            try dialer.names.introduce(identity)
        } catch {
            throw .noResolver(error)
        }
        do throws(SandboxError) {
            let confinement = try Sandbox.enter(.dialer, as: identity)
            dialer.port.report(
                .confined(
                    landlock: confinement.landlock, filters: confinement.filters, memoryLocked: false,
                    secretMemory: false, missing: confinement.missingText))
        } catch {
            throw .sandbox(error)
        }
    }

    private static func identity(from port: inout ControlPort) throws(Failure) -> Identity {
        guard var poller = try? Poller(capacity: 1), (try? poller.add(readable: port.raw, token: 0)) != nil else {
            throw .noIdentity
        }
        var descriptors = Descriptors()
        while true {
            switch port.next(&descriptors) {
            case .nothing: _ = poller.wait(milliseconds: -1)
            case .order(.identity(.dialer, _, _, let userNamespace, let user, let group)):
                return Identity(userNamespace: userNamespace, user: user, group: group)
            case .order, .ended: throw .noIdentity
            }
        }
    }
}

extension Cell.Failure: CustomStringConvertible {
    var description: String {
        switch self {
        case .noIdentity: "not started by masugatad: descriptor 3 must be its control channel; start masugatad instead"
        case .sandbox(let error): error.description
        case .noResolver(let error): "the resolver has ended: \(error)"
        }
    }
}
