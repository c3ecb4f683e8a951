import Glibc
public import Sys
public import Wire

/// A daemon's real executable, and the supervisor's end of its control channel.
public final class Supervised {
    public let pid: Int32
    private let control: Channel
    private var sent: UInt32 = 0
    private var received: UInt32 = 0
    private var poller: Poller
    private var isOver = false

    /// Milliseconds that an answer may take at the very most; what is measured here is never time.
    private static let patience: Int32 = 20_000

    /// Starts the executable called `name`, which stands beside the tests, tells it who it is and waits until it is
    /// in its sandbox.
    public init(_ name: String, role: Role, account: Account) throws {
        let pair = try Channel.pair()
        pid = try ChildProcess.spawn(
            Supervised.folder + "/" + name, arguments: [], environment: ["SWIFT_BACKTRACE=enable=no"],
            descriptors: [-1, -1, 2, pair.far.raw], dieWithParent: false)
        control = Channel(try pair.near.duplicate())
        poller = try Poller(capacity: 1)
        try poller.add(readable: control.raw, token: 0)
        try order(
            .identity(
                role: role, worker: 0, incarnation: 1, userNamespace: !Account.isRoot, uid: account.user,
                gid: account.group))
        guard case .confined = try report() else { throw Unexpected(text: "not confined") }
    }

    deinit {
        if isOver { return }
        Signals.send(SIGKILL, to: pid)
        _ = try? ChildProcess.wait(pid)
    }

    public struct Unexpected: Error {
        public let text: String
        public init(text: String) { self.text = text }
    }

    /// Sends an order with descriptors.
    public func order(_ order: ControlOrder, _ descriptors: [Int32] = []) throws {
        sent += 1
        try control.send(order.encoded(sequence: sent).span, descriptors: descriptors)
    }

    /// The next report; warnings for the operator are passed over.
    public func report() throws -> ControlReport {
        var buffer = [UInt8](repeating: 0, count: ControlFormat.messageLimit)
        while true {
            var span = buffer.mutableSpan
            switch Channel.receivePlain(control.raw, into: &span) {
            case .message(let count):
                received += 1
                let report = try ControlReport(decoding: buffer.span.extracting(0..<count), sequence: received)
                if case .notice(let text) = report {
                    notices.append(text)
                } else {
                    return report
                }
            case .nothing:
                if poller.wait(milliseconds: Supervised.patience) == 0 { throw Unexpected(text: "no report") }
            case .ended, .oversized: throw Unexpected(text: "the process has ended: \(try end())")
            }
        }
    }

    /// The next report must be this one.
    public func expect(_ expected: ControlReport) throws {
        let report = try report()
        if report != expected { throw Unexpected(text: "\(report) instead of \(expected)") }
    }

    /// Warnings so far.
    public private(set) var notices: [String] = []

    /// Asks for a sign of life: when it comes, every order before has been carried out.
    public func ping(_ number: UInt32 = 7) throws {
        try order(.ping(number: number))
        try expect(.alive(number: number))
    }

    /// The value of a counter.
    public func counter(_ name: String, of role: Role) throws -> UInt64 {
        try order(.counters(number: 1))
        guard case .counters(_, let values) = try report(), values.count == Counters.names(of: role).count,
            let index = Counters.names(of: role).firstIndex(of: name)
        else { throw Unexpected(text: "no counters") }
        return values[index]
    }

    /// Asks for a counter until it is `value`; it will be as soon as the process has looked at its channels.
    public func waitFor(_ name: String, of role: Role, _ value: UInt64) throws {
        for _ in 0..<100_000 where try counter(name, of: role) == value { return }
        throw Unexpected(text: "\(name) did not become \(value)")
    }

    /// Waits for the end.
    public func end() throws -> ChildProcess.End {
        isOver = true
        return try ChildProcess.wait(pid)
    }

    /// Kills it as a crash would.
    public func kill() throws {
        Signals.send(SIGKILL, to: pid)
        _ = try end()
    }

    /// Somebody without rights, when there is a choice.
    public static var account: Account { Account.isRoot ? Account(user: 64_899, group: 64_899) : .own }

    private static var folder: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    }
}
