internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys

/// A client's connection, or one stream of a connection of HTTP/2: plain values only, in a slot of the worker's table.
struct ClientConnection: BitwiseCopyable {
    /// What the connection is waiting for.
    enum Phase: UInt8, BitwiseCopyable {
        /// The TLS handshake is under way.
        case handshake
        /// The next request's head.
        case head
        /// An exchange is under way.
        case exchange
        /// Bytes go both ways unread, after 101.
        case tunnel
        /// Frames of HTTP/2 come and go, and its streams are clients of their own.
        case multiplexed
        /// The first bytes, which say whether the client knows that HTTP/2 is spoken.
        case preface
        /// The last answer is being sent; then the connection ends.
        case finishing
        /// All is sent; what the client still sends is read and thrown away, so that it sees the answer.
        case lingering
    }

    var socket: Int32
    var phase = Phase.head
    var isTLS = false
    /// 12 or 13 once the handshake is done.
    var tlsVersion: UInt8 = 0
    var canRead = true
    var canWrite = true
    /// The client will send no more; some of what it sent may still be unread.
    var peerFinished = false
    /// All that the client ever sends has been read.
    var hasEnded = false
    /// It is among those that go on in the next turn.
    var isResumable = false
    /// The connection ends after the exchange under way.
    var closesAfterExchange = false
    /// It is to be reset: to end it in order would make a part of a response look whole.
    var endsByReset = false
    /// The listener's number in the current plan; ``strayListener`` when that plan has it no longer.
    var listener: UInt16
    /// The generation whose keys its handshake uses.
    var generation: UInt32
    var port: UInt16
    /// The number in the table of streams where this is one; -1 where it is a connection. Of 16 bits, for which a
    /// connection of HTTP/1 has room anyway: copies of a larger value cost more.
    var stream: Int16 = -1
    var address: IPAddress
    var requests: UInt32 = 0
    /// The exchange under way, or -1.
    var exchange: Int32 = -1

    /// Received and not used yet: `inputStart..<inputEnd` of `input`.
    var input = Buffer.none
    var inputStart: Int32 = 0
    var inputEnd: Int32 = 0
    var scanner = HeadScanner(side: .request)

    /// To be sent: `outputStart..<outputEnd` of `output`.
    var output = Buffer.none
    var outputStart: Int32 = 0
    var outputEnd: Int32 = 0

    /// The time for a head runs, not that between two requests.
    var headBegun = false
    /// Since when more of a body is waited for, and how much of it has come since; 0: not waited for.
    var bodySince: UInt64 = 0
    var bodyReceived: UInt64 = 0
    /// Since when the client has not taken what is sent to it; 0: it takes everything.
    var blockedSince: UInt64 = 0

    static var strayListener: UInt16 { .max }
    /// Streams that a worker can number.
    static var mostStreams: Int { Int(Int16.max) }

    var inputCount: Int { Int(inputEnd &- inputStart) }
    var outputCount: Int { Int(outputEnd &- outputStart) }
}
