internal import Bytes
internal import HTTP1
internal import HTTPModel

/// One request and its response, whichever protocol the request came by.
struct Exchange: BitwiseCopyable {
    /// What the upstream's side is waiting for.
    enum Phase: UInt8, BitwiseCopyable {
        /// Nothing yet: what becomes of the request is not decided.
        case begun
        /// A connection: asked of the dialer.
        case dialling
        /// A connection: all of the pool's are in use.
        case queued
        /// The head of the response; the request may still be on its way.
        case response
        /// The rest of the response's body.
        case body
        /// 101 was answered: bytes go both ways.
        case tunnel
    }

    var phase = Phase.begun
    /// The client's connection.
    var client: Int32
    /// The upstream's connection, or -1.
    var upstream: Int32 = -1
    /// The pool, by its number in the current plan; `Exchange.strayPool` when that plan has no such pool.
    var pool = Exchange.strayPool
    /// The server chosen, by its number in the current plan, which counts through all pools;
    /// `UpstreamConnection.strayServer` when that plan has no such server.
    var server = UpstreamConnection.strayServer
    /// How long the pool's servers may take for the head, and for each part of a body, microseconds.
    var responseTime: UInt64 = 0
    var bodyTime: UInt64 = 0
    /// Servers that were tried in vain.
    var attempts: UInt16 = 0

    // The request
    var method: Method
    var minorVersion: UInt8
    var isIdempotent: Bool
    var wantsUpgrade: Bool
    var wantsJSON: Bool
    var awaitsContinue: Bool
    var requestFraming: MessageFraming
    /// Bytes of a body with Content-Length that are not passed on yet.
    var requestRemaining: UInt64 = 0
    var requestDecoder = ChunkedDecoder(side: .request)
    /// The whole request has been passed on.
    var requestSent = false
    /// The upstream stopped taking the request before its end.
    var requestBroken = false
    /// Nothing that is not in `request` has been passed on: the request can be sent again.
    var canRepeat = true
    var bodyLimit: UInt64 = 0
    var bodyCount: UInt64 = 0
    /// The head for the upstream, or parts of its body: `requestStart..<requestEnd` is to be sent.
    var request = Buffer.none
    var requestStart: Int32 = 0
    var requestEnd: Int32 = 0

    // The response
    var status: UInt16 = 0
    var responseFraming = MessageFraming.none
    var clientFraming = MessageFraming.none
    var responseRemaining: UInt64 = 0
    var responseDecoder = ChunkedDecoder(side: .response)
    /// The upstream's response is complete.
    var responseReceived = false
    /// The upstream's connection can serve another exchange.
    var upstreamPersists = false
    /// Something of the response has been sent to the client.
    var responseBegun = false
    var interims: UInt8 = 0

    // The pool's queue
    /// It counts there: it waits, or waited and is looking for a connection again.
    var holdsPlace = false
    var nextQueued: Int32 = -1
    var previousQueued: Int32 = -1

    // What the policy changes
    /// The scope whose actions apply to the response, by its number in the plan of ``generation``; -1 when none does.
    var scope: Int32 = -1
    /// The generation that the request was routed by, where ``scope`` names something.
    var generation: UInt32 = 0
    /// The port that the request names, or 0.
    var port: UInt16 = 0

    // The record
    var id: UInt64
    var startWall: UInt64
    var start: UInt64
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0
    var reason = Reason.none
    var allowed = true
    /// The record as far as it is known: room for the fixed part, the texts of the head up to `draftEnd`, the
    /// upstream's name up to `upstreamEnd`; in its last `noteCount` bytes what rules add, if any apply: the
    /// reason that one gives, and the names of all.
    var draft = Buffer.none
    var draftEnd: Int32 = 0
    var noteCount: Int32 = 0
    var upstreamEnd: Int32 = 0
    /// The record is in the ring.
    var isRecorded = false

    static var strayPool: UInt16 { .max }

    /// Whether the current plan still has the server.
    var hasServer: Bool { server != UpstreamConnection.strayServer }

    var requestPending: Int { Int(requestEnd &- requestStart) }
}
