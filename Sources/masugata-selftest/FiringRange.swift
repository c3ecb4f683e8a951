internal import CEscapes
internal import Sandbox
internal import Sys

/// What the attempts are made with: sockets of the host's network, a folder of the host, a process to touch.
struct FiringRange: ~Copyable {
    private let permitted: Descriptor
    private let forbidden: Descriptor
    private let folder: Descriptor
    /// The same folder as log folders are handed over; nil where the host allows no mounts.
    private let detachedFolder: Int32?
    private let forbiddenPort: UInt16

    /// A folder that every host has, with something above it that is worth reading.
    private static let folderPath = "/usr/lib"

    /// Ends of a child that are not errors of the attempt: the numbers lie above every errno.
    enum End {
        static let escaped: Int32 = 200
        static let notConfined: Int32 = 201
    }

    init() throws(Errno) {
        let permitted = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: 16)
        let forbidden = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: 16)
        let folder = try Folder.open(FiringRange.folderPath)
        forbiddenPort = try Socket.localAddress(forbidden.raw).port
        self.permitted = permitted
        self.forbidden = forbidden
        self.folder = folder
        detachedFolder = (try? Folder.detached(FiringRange.folderPath))?.release()
    }

    /// What is tried by `subject`: everything but what is its task, and what the host cannot prevent and masugatad says.
    func escapes(for subject: Subject) -> [Escape] {
        Escape.allCases.filter { escape in
            switch subject.profile {
            case .dialer: escape != .disconnect && escape != .reconnect && escape != .sendMany
            case .logd: escape != .openAbove || detachedFolder != nil
            default: true
            }
        }
    }

    /// Makes one attempt, in a child of its own.
    func attempt(_ escape: Escape, by subject: Subject) throws(Errno) -> Result {
        let socket = try Socket.connect(try Socket.localAddress(permitted.raw))
        var tools = masugata_escape_tools()
        tools.connected = socket.raw
        let loose = Descriptor(owning: masugata_escape_loose_socket())
        if loose.raw < 0 { throw Errno.last("socket") }
        tools.loose = loose.raw
        tools.folder = subject.profile == .logd ? detachedFolder ?? folder.raw : folder.raw
        tools.forbidden_port = forbiddenPort
        tools.victim = ChildProcess.own
        let child = try ChildProcess.fork { () -> Int32 in
            do throws(SandboxError) {
                _ = try Sandbox.enter(subject.profile, as: subject.identity)
            } catch {
                StandardError.write("masugata-selftest: \(error)")
                return End.notConfined
            }
            let error = masugata_escape(escape.rawValue, tools)
            return error == 0 ? End.escaped : error
        }
        return Result(subject: subject, escape: escape, end: try ChildProcess.wait(child))
    }
}
