public import Bytes

/// The dialing channel: a worker asks for connected descriptors by upstream number, the dialer hands them over.
///
/// A request names an upstream of a generation of the plan and nothing else: no address ever goes from a worker to
/// the dialer. Both directions carry up to ``batchLimit`` entries in one message.
public enum DialFormat {
    public static let requestMagic: UInt16 = 0x4d44
    public static let answerMagic: UInt16 = 0x4d64
    /// Raised with every change of the messages.
    public static let format: UInt8 = 1
    /// The most entries, and so descriptors, in one message.
    public static let batchLimit = 64
    /// The most requests of a worker that are not answered yet; the dialer cuts off a worker that has more.
    public static let outstandingLimit = 1_024
    /// The longest message, bytes.
    public static let messageLimit = 8 + batchLimit * 16
}

/// One thing that a worker asks of the dialer.
public struct DialRequest: BitwiseCopyable, Equatable, Sendable {
    public enum Action: UInt8, BitwiseCopyable, Sendable {
        /// Connect to the upstream and hand the descriptor over.
        case connect = 1
        /// The answer is not wanted any more.
        case cancel = 2
        /// A descriptor that was handed over has been closed: it counts no longer.
        case closed = 3
    }

    public var action: Action
    /// The worker's name for the request; unique as long as it is open. 0 with `closed`.
    public var id: UInt64
    /// The upstream's number in the plan.
    public var upstream: UInt16

    public init(action: Action, id: UInt64, upstream: UInt16) {
        self.action = action
        self.id = id
        self.upstream = upstream
    }

    /// Begins a message of `count` requests about `generation` of the plan.
    public static func begin(_ writer: inout ByteWriter, generation: UInt32, count: Int) {
        writer.append(littleEndian: DialFormat.requestMagic)
        writer.append(DialFormat.format)
        writer.append(UInt8(truncatingIfNeeded: count))
        writer.append(littleEndian: generation)
    }

    /// Appends this request.
    public func write(to writer: inout ByteWriter) {
        writer.append(action.rawValue)
        writer.append(littleEndian: id)
        writer.append(littleEndian: upstream)
    }

    /// Reads the head of a message: the generation and how many requests follow.
    public static func readHead(_ reader: inout MessageReader) throws(WireViolation) -> (generation: UInt32, count: Int)
    {
        try DialFormat.readHead(&reader, magic: DialFormat.requestMagic)
    }

    /// Reads the next request.
    public init(reading reader: inout MessageReader) throws(WireViolation) {
        guard let action = Action(rawValue: try reader.byte()) else { throw .kind }
        self.init(action: action, id: try reader.uint64(), upstream: try reader.uint16())
    }
}

/// How one request for a connection came out.
public struct DialAnswer: BitwiseCopyable, Equatable, Sendable {
    public enum Outcome: UInt8, BitwiseCopyable, Sendable {
        /// Connected: the next descriptor of the message is for this request.
        case connected = 0
        /// The upstream refused, or is not reachable.
        case failed = 1
        /// The upstream did not answer within the pool's `connect`.
        case timedOut = 2
        /// The server has as many connections as the pool's `connections` allow.
        case exhausted = 3
        /// The upstream's name does not resolve.
        case unresolved = 4
    }

    public var outcome: Outcome
    public var id: UInt64
    public var upstream: UInt16

    public init(outcome: Outcome, id: UInt64, upstream: UInt16) {
        self.outcome = outcome
        self.id = id
        self.upstream = upstream
    }

    /// Begins a message of `count` answers.
    public static func begin(_ writer: inout ByteWriter, generation: UInt32, count: Int) {
        writer.append(littleEndian: DialFormat.answerMagic)
        writer.append(DialFormat.format)
        writer.append(UInt8(truncatingIfNeeded: count))
        writer.append(littleEndian: generation)
    }

    /// Appends this answer.
    public func write(to writer: inout ByteWriter) {
        writer.append(outcome.rawValue)
        writer.append(littleEndian: id)
        writer.append(littleEndian: upstream)
    }

    /// Reads the head of a message: the generation and how many answers follow.
    public static func readHead(_ reader: inout MessageReader) throws(WireViolation) -> (generation: UInt32, count: Int)
    {
        try DialFormat.readHead(&reader, magic: DialFormat.answerMagic)
    }

    /// Reads the next answer.
    public init(reading reader: inout MessageReader) throws(WireViolation) {
        guard let outcome = Outcome(rawValue: try reader.byte()) else { throw .kind }
        self.init(outcome: outcome, id: try reader.uint64(), upstream: try reader.uint16())
    }
}

extension DialFormat {
    static func readHead(
        _ reader: inout MessageReader, magic: UInt16
    ) throws(WireViolation) -> (generation: UInt32, count: Int) {
        if try reader.uint16() != magic { throw .header }
        if try reader.byte() != format { throw .header }
        let count = Int(try reader.byte())
        if count == 0 || count > batchLimit { throw .value }
        return (try reader.uint32(), count)
    }
}
