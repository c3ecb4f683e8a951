import PlanFile
import Policy
import Sandbox
import Sys
import Wire

/// What the supervisor wants: whose text, into which file, as whom.
struct Assignment: ~Copyable {
    let identity: Identity
    private let policy: Descriptor
    private let image: Descriptor
    private let files: AskedFiles

    private init(identity: Identity, policy: consuming Descriptor, image: consuming Descriptor, files: AskedFiles) {
        self.identity = identity
        self.policy = policy
        self.image = image
        self.files = files
    }

    /// Milliseconds to wait for the supervisor, which has everything at hand.
    private static let patience: Int32 = 10_000

    /// Waits for the two orders: who to be, and the descriptors.
    static func receive() throws(Failure) -> Assignment {
        var port = ControlPort()
        var descriptors = Descriptors()
        guard case .identity(.config, _, _, let userNamespace, let user, let group) = try next(&port, &descriptors)
        else {
            throw Failure("the first order was not the identity")
        }
        guard case .prepare = try next(&port, &descriptors), let policy = descriptors.take(0),
            let image = descriptors.take(1), let asking = descriptors.take(2)
        else { throw Failure("the second order did not bring the policy, an empty plan and a channel") }
        return Assignment(
            identity: Identity(userNamespace: userNamespace, user: user, group: group), policy: policy, image: image,
            files: AskedFiles(Channel(asking)))
    }

    private static func next(_ port: inout ControlPort, _ descriptors: inout Descriptors) throws(Failure)
        -> ControlOrder
    {
        do throws(Errno) {
            var poller = try Poller(capacity: 1)
            try poller.add(readable: port.raw, token: 0)
            if poller.wait(milliseconds: patience) == 0 { throw Errno(110, "waiting for the supervisor") }
        } catch {
            throw Failure(error.description)
        }
        guard case .order(let order) = port.next(&descriptors) else { throw Failure("the supervisor is gone") }
        return order
    }

    /// Compiles; answers whether there is a plan. Everything the compiler has to say goes to standard error.
    borrowing func compile(_ fileName: String) throws(Failure) -> Bool {
        do throws(Errno) {
            let text = try File.contents(policy.raw, limit: PolicyBounds.text + 1)
            let compilation = Policy.compile(
                text, fileName: fileName, files: files, now: Int64(Clock.wall() / 1_000_000))
            for diagnostic in compilation.diagnostics { StandardError.write(diagnostic.description) }
            guard let plan = compilation.plan else { return false }
            try PlanFile.write(plan, to: image.raw)
            return true
        } catch {
            throw Failure("\(fileName): \(error)")
        }
    }
}
