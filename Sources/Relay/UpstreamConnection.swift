internal import Bytes
internal import HTTP1

/// A connection to an upstream server, handed over by the dialer.
struct UpstreamConnection: BitwiseCopyable {
    var socket: Int32
    /// The server's number in the current plan; `UpstreamConnection.strayServer` when that plan has no such server.
    var server: UInt16
    /// The generation and the server's number in it when it was dialled: what the dialer knows it by.
    var dialledGeneration: UInt32
    var dialledServer: UInt16
    /// Which of the dialers that this worker has had handed it over: another one does not know it.
    var dialledBy: UInt32
    /// The exchange that uses it, or -1 while it is idle.
    var exchange: Int32 = -1
    /// Whether it has served an exchange before.
    var isReused = false
    var canRead = false
    var canWrite = true
    /// The server will send no more; some of what it sent may still be unread.
    var peerFinished = false
    /// All that the server ever sends has been read.
    var hasEnded = false

    /// The neighbours in the server's list of idle connections, or -1.
    var nextIdle: Int32 = -1
    var previousIdle: Int32 = -1

    var input = Buffer.none
    var inputStart: Int32 = 0
    var inputEnd: Int32 = 0
    var scanner = HeadScanner(side: .response)

    static var strayServer: UInt16 { .max }

    var inputCount: Int { Int(inputEnd &- inputStart) }
}
