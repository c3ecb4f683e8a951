import Sys

/// The operator's way in: `DIR/control.sock`, a stream socket that only root and the user of the appliance can open.
///
/// The client sends one line and gets one line of JSON, after which the connection is closed.
///
/// | request | answer |
/// |---|---|
/// | `ping` | `{"ok":true,"version":"…"}` |
/// | `status` | `{"version","generation","policy","state","uptime","reloading","workers","listeners","processes"}`, below |
/// | `processes` | `{"processes":[…]}` as in `status`, without counters, each with `on_death` |
/// | `reload` | when it has ended: `{"ok":true,"generation":N}`, with `"notice":"…"` where something needs a restart, or `{"ok":false,"error":"…"}` |
/// | `stop` | `{"ok":true}`, then the appliance drains and ends |
/// | anything else | `{"ok":false,"error":"…"}` |
///
/// `status`: `state` is `serving` or `draining`, `uptime` is in seconds, `listeners` is a list of
/// `{"name","kind","address"}` with `kind` one of `https`, `http`, `redirect`. `processes` is a list of
/// `{"role","worker","pid","uid","restarts","state","last_end","counters","landlock","filters","secret_memory",
/// "memory_locked","missing","generation"}`, the supervisor first; `pid` is 0 while a process is down; `state` is one of
/// `starting`, `preparing`, `serving`, `draining`, `down`; `counters` maps names (``Counters``) to numbers;
/// `missing` says in words what the host could not give.
struct ControlSocket: ~Copyable {
    private let listener: Descriptor
    private let path: String
    private var clients: [Client] = []
    private var lastClient: UInt64 = 0

    /// Connections at a time.
    private static let clientLimit = 32
    /// The longest request, bytes.
    private static let requestLimit = 256
    /// Time to send a request, microseconds.
    private static let requestPatience: UInt64 = 10_000_000
    /// The mode of a state folder that is made here.
    private static let folderMode: UInt32 = 0o755

    private final class Client {
        let token: UInt64
        let handle: Handle
        let deadline: UInt64
        var request: [UInt8] = []
        /// Whether the request is there and the answer is being made.
        var isWaiting = false
        var answer: [UInt8] = []

        init(token: UInt64, handle: Handle, deadline: UInt64) {
            self.token = token
            self.handle = handle
            self.deadline = deadline
        }
    }

    /// Makes the state folder where it is missing, and the socket in it.
    init(folder: String) throws(Failure) {
        path = "\(folder)/control.sock"
        try ControlSocket.makeFolder(folder)
        do throws(Errno) {
            listener = try LocalSocket.listen(path)
        } catch {
            let remedy =
                error.code == ErrorCode.isInUse
                ? "another masugatad runs with this state folder; end it, or say --state"
                : "say --state with another folder"
            throw Failure("\(path): the control socket cannot be made: \(error); \(remedy)")
        }
    }

    private static func makeFolder(_ folder: String) throws(Failure) {
        let status: FileStatus
        do throws(Errno) {
            try Folder.make(folder, mode: folderMode)
            status = try Folder.status(folder)
        } catch {
            throw Failure(
                "\(folder): the state folder cannot be used: \(error); make it, or say --state with another one")
        }
        if status.owner != Account.own.user || status.mode & 0o022 != 0 {
            throw Failure(
                "\(folder): others could change the state folder; chown \(Account.own.user) \(folder) && chmod 0755 \(folder)"
            )
        }
    }

    /// For the poller.
    var raw: Int32 { listener.raw }

    /// Takes the socket away.
    func remove() { File.remove(path) }

    // MARK: Clients

    /// Takes a client that may ask: root, or the user of the appliance. Answers its token and descriptor.
    mutating func accept(at now: UInt64) -> (token: UInt64, raw: Int32)? {
        var user: UInt32 = 0
        var process: Int32 = 0
        guard let descriptor = LocalSocket.accept(listener.raw, user: &user, process: &process) else { return nil }
        if (user != 0 && user != Account.own.user) || clients.count >= ControlSocket.clientLimit { return nil }
        lastClient += 1
        let client = Client(
            token: Supervisor.Token.clients + lastClient, handle: Handle(descriptor),
            deadline: now + ControlSocket.requestPatience)
        clients.append(client)
        return (client.token, client.handle.raw)
    }

    /// What came of a client that can be read or written.
    enum Progress {
        case request(String)
        case nothing
    }

    /// Reads of a client's request what is there, or writes on with its answer.
    mutating func proceed(_ token: UInt64) -> Progress {
        guard let client = clients.first(where: { $0.token == token }) else { return .nothing }
        if !client.answer.isEmpty {
            send(client)
            return .nothing
        }
        return client.isWaiting ? .nothing : read(client)
    }

    private mutating func read(_ client: Client) -> Progress {
        var buffer = [UInt8](repeating: 0, count: ControlSocket.requestLimit)
        while true {
            var span = buffer.mutableSpan
            switch Socket.receive(client.handle.raw, into: &span) {
            case .moved(let count):
                client.request.append(contentsOf: buffer[..<count])
                if client.request.count > ControlSocket.requestLimit { remove(client) }
                if client.request.contains(10) { return complete(client) }
            case .wouldBlock: return .nothing
            case .ended: return complete(client)
            case .failed:
                remove(client)
                return .nothing
            }
        }
    }

    private func complete(_ client: Client) -> Progress {
        client.isWaiting = true
        let line = client.request.prefix { $0 != 10 && $0 != 13 }
        return .request(String(decoding: line, as: UTF8.self))
    }

    /// Answers a client, which is done then. One that has gone meanwhile is no matter.
    mutating func answer(_ token: UInt64, _ text: String) {
        guard let client = clients.first(where: { $0.token == token }) else { return }
        client.answer = Array(text.utf8) + [10]
        send(client)
    }

    private mutating func send(_ client: Client) {
        switch Socket.send(client.handle.raw, client.answer.span) {
        case .moved(let count):
            client.answer.removeFirst(count)
            if client.answer.isEmpty { remove(client) }
        case .wouldBlock: break
        case .ended, .failed: remove(client)
        }
    }

    private mutating func remove(_ client: Client) { clients.removeAll { $0 === client } }

    /// Lets clients go that do not say what they want.
    mutating func removeSilent(at now: UInt64) {
        clients.removeAll { !$0.isWaiting && now > $0.deadline }
    }
}
