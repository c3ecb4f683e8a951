public import Sandbox
internal import Sys
public import Wire

/// Who a process is to be, as the first order of its supervisor says.
public struct Appointment: Equatable, Sendable {
    /// Which process.
    public let role: Role

    /// The number of a proxy, else 0.
    public let worker: UInt16

    /// Differs each time a process is started.
    public let incarnation: UInt64

    /// As whom it is to be confined.
    public let identity: Identity

    /// Waits for the first order, which has to appoint this process to `role`.
    public static func receive(as role: Role, from port: inout ControlPort) throws(StartError) -> Appointment {
        var poller = try poller(of: port)
        var descriptors = Descriptors()
        while true {
            switch port.next(&descriptors) {
            case .nothing: _ = poller.wait(milliseconds: -1)
            case .order(.identity(role, let worker, let incarnation, let userNamespace, let user, let group)):
                return Appointment(
                    role: role, worker: worker, incarnation: incarnation,
                    identity: Identity(userNamespace: userNamespace, user: user, group: group))
            case .order, .ended: throw .notAppointed
            }
        }
    }

    private static func poller(of port: borrowing ControlPort) throws(StartError) -> Poller {
        do throws(Errno) {
            let poller = try Poller(capacity: 1)
            try poller.add(readable: port.raw, token: 0)
            return poller
        } catch { throw .noChannel(error) }
    }
}
