/// What is kept of one stream (RFC 9113 section 5.1).
struct StreamRecord: BitwiseCopyable {
    /// What has happened on the stream.
    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt16

        /// The other end has sent all it will.
        static var remoteDone: Flags { Flags(rawValue: 1) }
        /// We have sent all we will.
        static var localDone: Flags { Flags(rawValue: 2) }
        /// RST_STREAM was sent by us.
        static var resetByUs: Flags { Flags(rawValue: 4) }
        /// RST_STREAM was sent by the other end.
        static var resetByPeer: Flags { Flags(rawValue: 8) }
        /// The head was refused: the stream is reset behind the answer.
        static var malformed: Flags { Flags(rawValue: 16) }
        /// The head that the other end sends, or its last, has come.
        static var headReceived: Flags { Flags(rawValue: 32) }
        /// There are bytes to be sent.
        static var ready: Flags { Flags(rawValue: 64) }
        /// The request is an answer-less HEAD: a length in the response means nothing.
        static var isHead: Flags { Flags(rawValue: 128) }
        /// Data is the tunnel of an extended CONNECT.
        static var isTunnel: Flags { Flags(rawValue: 256) }
        /// A WINDOW_UPDATE is due.
        static var creditDue: Flags { Flags(rawValue: 512) }
        /// RST_STREAM is due.
        static var resetDue: Flags { Flags(rawValue: 1_024) }
        /// The exchange is done; the place is free when RST_STREAM is written.
        static var released: Flags { Flags(rawValue: 2_048) }
        /// There is something to be sent that flow control does not concern.
        static var readyAnyway: Flags { Flags(rawValue: 4_096) }
    }

    var identifier: UInt32
    var flags = Flags()
    var priority = Priority()
    /// What we may still send; below 0 when the other end made its windows smaller.
    var sendWindow: Int
    /// What the other end may still send.
    var receiveWindow: Int
    /// What was received and is not consumed yet.
    var unconsumed = 0
    /// What was consumed and is not given back by a WINDOW_UPDATE yet.
    var credit = 0
    /// The bytes of body that are still to come, where the head says how many; or -1.
    var expected: Int64 = -1
    /// With which code the stream was, or is to be, reset by us.
    var resetCode = ErrorCode.noError
    /// What whoever uses the connection knows the stream by; -1 for nothing.
    var tag: Int32 = -1
    /// When the stream was last served, in counts of DATA frames.
    var lastServed: UInt64 = 0

    /// Whether RST_STREAM was sent by either end.
    var isReset: Bool { !flags.isDisjoint(with: [.resetByUs, .resetByPeer]) }
    /// Whether nothing more can happen on the stream.
    var isClosed: Bool { isReset || flags.isSuperset(of: [.remoteDone, .localDone]) }
}

/// How a stream ended that is not kept any more.
struct ClosedStream: BitwiseCopyable {
    enum Ending: UInt8, BitwiseCopyable {
        case ended, resetByUs, resetByPeer
    }

    var identifier: UInt32 = 0
    var ending = Ending.ended
}
