internal import CEscapes
import Sandbox
import Sys

/// What the attempts are made with: sockets of the host's network, a folder of the host, a process to touch.
struct FiringRange: ~Copyable {
    private let permitted: Descriptor
    private let forbidden: Descriptor
    private let folder: Descriptor
    private let forbiddenPort: UInt16

    /// Ends of a child that are not errors of the attempt: the numbers lie above every errno.
    enum End {
        static let escaped: Int32 = 200
        static let notConfined: Int32 = 201
    }

    init() throws(Errno) {
        let permitted = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: 16)
        let forbidden = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: 16)
        let folder = try Folder.open("/usr/lib")
        forbiddenPort = try Socket.localAddress(forbidden.raw).port
        self.permitted = permitted
        self.forbidden = forbidden
        self.folder = folder
    }

    /// Makes one attempt, in a child of its own.
    func attempt(_ escape: Escape, by subject: Subject) throws(Errno) -> Result {
        let socket = try Socket.connect(try Socket.localAddress(permitted.raw))
        var tools = masugata_escape_tools()
        tools.connected = socket.raw
        let loose = Descriptor(owning: masugata_escape_loose_socket())
        if loose.raw < 0 { throw Errno.last("socket") }
        tools.loose = loose.raw
        tools.folder = folder.raw
        tools.forbidden_port = forbiddenPort
        tools.victim = ChildProcess.own
        let child = try ChildProcess.fork { () -> Int32 in
            do throws(SandboxError) {
                _ = try Sandbox.enter(subject.profile, as: subject.identity)
            } catch {
                StandardError.write("masugata-selftest: \(error)")
                return End.notConfined
            }
            let error = unsafe masugata_escape(escape.rawValue, &tools)
            return error == 0 ? End.escaped : error
        }
        return Result(subject: subject, escape: escape, end: try ChildProcess.wait(child))
    }
}
