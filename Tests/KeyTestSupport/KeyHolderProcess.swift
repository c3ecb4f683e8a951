import Glibc
import Sys
import Wire

/// A real key-holder, with the test as its supervisor.
public final class KeyHolderProcess {
    public let pid: Int32
    private var control: Descriptor
    private var sent: UInt32 = 0
    private var received: UInt32 = 0
    private var isGone = false

    /// Notices that came while something else was waited for.
    public private(set) var notices: [String] = []

    /// Starts one and waits until it is confined.
    public init() throws {
        let channel = try Channel.pair()
        let far = channel.far.raw
        pid = try ChildProcess.spawn(
            KeyHolderProcess.path, arguments: [], environment: ["SWIFT_BACKTRACE=enable=no"],
            descriptors: [-1, -1, 2, far], dieWithParent: false)
        control = try channel.near.duplicate()
        let isRoot = geteuid() == 0
        try order(
            .identity(
                role: .keyholder, worker: 0, incarnation: 1, userNamespace: !isRoot, uid: isRoot ? 64_802 : getuid(),
                gid: isRoot ? 64_802 : getgid()))
        confinement = try awaitReport { if case .confined = $0 { true } else { false } }
    }

    /// The report of being confined.
    public private(set) var confinement: ControlReport = .drained

    deinit { kill() }

    /// Kills it and waits until it is gone.
    public func kill() {
        if isGone { return }
        isGone = true
        Signals.send(SIGKILL, to: pid)
        _ = try? ChildProcess.wait(pid)
    }

    /// Goes away as its supervisor.
    public func closeControl() {
        guard let unconnected = try? Channel.pair(), let other = try? unconnected.near.duplicate() else { return }
        control = other
    }

    /// Waits until it ended by itself.
    public func waitForEnd() throws -> ChildProcess.End {
        isGone = true
        return try ChildProcess.wait(pid)
    }

    /// Beside the test's own executable.
    private static var path: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/masugata-keyholder"
    }

    /// Gives an order.
    public func order(_ order: ControlOrder, descriptors: [Int32] = []) throws {
        sent += 1
        let bytes = order.encoded(sequence: sent)
        let channel = Channel(try control.duplicate())
        try channel.send(bytes.span, descriptors: descriptors)
    }

    /// The next report that `wanted` accepts. Notices are kept; anything else is an error.
    @discardableResult
    public func awaitReport(_ wanted: (ControlReport) -> Bool) throws -> ControlReport {
        var buffer = [UInt8](repeating: 0, count: ControlFormat.messageLimit)
        while true {
            var entry = pollfd(fd: control.raw, events: Int16(POLLIN), revents: 0)
            if poll(&entry, 1, 20_000) <= 0 { throw Failure("the key-holder says nothing") }
            var span = buffer.mutableSpan
            guard case .message(let count) = Channel.receivePlain(control.raw, into: &span) else {
                throw Failure("the key-holder is gone")
            }
            received += 1
            let report = try ControlReport(decoding: buffer.span.extracting(0..<count), sequence: received)
            if wanted(report) { return report }
            guard case .notice(let text) = report else { throw Failure("unexpected report: \(report)") }
            notices.append(text)
        }
    }

    /// Gives it a worker's channel and answers the worker's end.
    public func attachWorker(_ number: UInt16) throws -> Int32 {
        let channel = try Channel.pair()
        try order(.attach(purpose: .signing, peer: number), descriptors: [channel.far.raw])
        let near = try channel.near.duplicate()
        return near.release()
    }

    /// A generation of keys, `NAME.pem` with `NAME.key`; answers how it was taken.
    /// - Parameter isServed: whether it is said to be what others serve already.
    public func prepare(
        _ generation: UInt32, _ names: [String], in scratch: Scratch, versions: UInt8 = 3, isServed: Bool = false
    ) throws -> ControlReport {
        try order(.prepare(generation: generation, isServed: isServed))
        for (number, name) in names.enumerated() {
            try certificate(
                generation, UInt16(number), chain: scratch.file("\(name).pem"), key: scratch.file("\(name).key"),
                versions: versions)
        }
        try order(.complete(generation: generation))
        return try awaitReport {
            switch $0 {
            case .prepared(generation), .refused(generation, _): true
            default: false
            }
        }
    }

    /// One certificate of a generation.
    public func certificate(
        _ generation: UInt32, _ number: UInt16, chain: String, key: String, versions: UInt8 = 3
    ) throws {
        let chainFile = try File.open(chain)
        let keyFile = try File.open(key)
        try order(
            .certificate(generation: generation, key: number, versions: versions, name: chain),
            descriptors: [chainFile.raw, keyFile.raw])
    }

    /// Serves a generation that was prepared.
    public func commit(_ generation: UInt32) throws {
        try order(.commit(generation: generation))
        try awaitReport { $0 == .committed(generation: generation) }
    }

    /// What it counted, by name.
    public func counters() throws -> [String: UInt64] {
        try order(.counters(number: 7))
        let report = try awaitReport { if case .counters(7, _) = $0 { true } else { false } }
        guard case .counters(_, let values) = report else { return [:] }
        return Dictionary(uniqueKeysWithValues: zip(Counters.names(of: .keyholder), values))
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
        init(_ text: String) { description = text }
    }
}
