public import Bytes
internal import HPACK
public import HTTPModel

/// One connection of HTTP/2 (RFC 9113), of either end: bytes in, events out, and bytes to be sent into a writer.
///
/// It does no input or output, and keeps no payload: data goes from the input straight to whoever asked. All its
/// memory is allocated with it, see ``memory(limits:)``.
///
/// The one who uses it calls ``start(to:)`` once, and ``next(in:from:workspace:to:)`` whenever there is input, until
/// it says what is missing. Each stream of which a head was given is released when its exchange is done, however it
/// ended: until then it counts, so that work that goes on for streams that were reset has a bound as well.
public struct HTTP2Connection: ~Copyable {
    /// Which end of the connection this is.
    public enum Role: UInt8, BitwiseCopyable, Sendable {
        case server
        case client
    }

    enum Phase: UInt8, BitwiseCopyable {
        /// A server waits for the client's preface.
        case preface
        /// The first frame must be SETTINGS.
        case settings
        case open
        case failed
    }

    /// What is left of a frame whose beginning was looked at.
    struct Payload: BitwiseCopyable {
        /// Bytes of data, for `stream`, and behind them bytes that are passed over.
        var data = 0
        var skipped = 0
        var stream = StreamReference(index: -1, generation: 0, identifier: 0)
        /// Whether nothing follows on the stream.
        var endsStream = false
    }

    /// Which end this is.
    public let role: Role
    /// How much the connection may hold and cost.
    public let limits: HTTP2Limits
    let scheme: Scheme

    var phase: Phase
    var failure = ConnectionFailure(.noError, .none)
    var payload = Payload()

    var streams: SlotTable<StreamRecord>
    var closed: Slab<ClosedStream>
    var closedCount = 0
    /// The last stream that the client opened, and the next that we do where we are the client.
    var lastPeerStream: UInt32 = 0
    var nextLocalStream: UInt32 = 1
    var served: UInt64 = 0

    var decoder: HPACKDecoder
    var encoder: HPACKEncoder
    /// What the other end has told of itself.
    public internal(set) var remoteSettings = Settings()
    /// SETTINGS frames that the other end has not acknowledged.
    var unacknowledged = 0
    /// Whether the first was acknowledged, which says how large the table is that we decode with.
    var tableIsAgreed = false

    var sendWindow: Int
    var receiveWindow: Int
    var credit = 0
    /// Whether something waits for ``flush(to:)``: a WINDOW_UPDATE, RST_STREAM or SETTINGS.
    public internal(set) var hasDues = false

    /// What is left of ``HTTP2Limits/cheapFrames``.
    public internal(set) var budget: Int
    /// How often the number of concurrent streams was halved.
    var halvings = 0
    var settingsAreDue = false

    /// The highest stream that we have said we look at; nil before GOAWAY.
    var lastAnnounced: UInt32?
    var waitsForDrain = false
    /// The highest stream of ours that the other end looks at; nil before its GOAWAY.
    var lastAccepted: UInt32?
    var hasUnaccepted = false

    /// What a client sends first (RFC 9113 section 3.4).
    public static var preface: StaticString { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" }

    /// Room in the output that lets any frame be answered.
    public static var outputReserve: Int { 192 }

    /// The initial windows of RFC 9113 section 6.9.2.
    static var initialWindow: Int { 65_535 }

    /// A connection at its very beginning.
    ///
    /// - Parameter scheme: how the connection is secured; what requests name must be the same.
    public init(role: Role, scheme: Scheme, limits: HTTP2Limits) {
        precondition(limits.streamWindow >= HTTP2Connection.initialWindow)
        precondition(limits.streamWindow <= Settings.largestWindow && limits.connectionWindow <= Settings.largestWindow)
        precondition(limits.connectionWindow >= HTTP2Connection.initialWindow)
        precondition(limits.frameSize >= 16_384 && limits.frameSize < 1 << 24)
        precondition(limits.concurrentStreams > 0 && limits.leastConcurrentStreams > 0)
        self.role = role
        self.scheme = scheme
        self.limits = limits
        phase = role == .server ? .preface : .settings
        streams = SlotTable(capacity: limits.concurrentStreams)
        closed = Slab(capacity: limits.rememberedStreams, repeating: ClosedStream())
        decoder = HPACKDecoder(tableCapacity: limits.decoderTable)
        encoder = HPACKEncoder(tableCapacity: limits.encoderTable)
        sendWindow = HTTP2Connection.initialWindow
        receiveWindow = HTTP2Connection.initialWindow
        budget = limits.cheapFrames
    }

    /// Bytes that a connection with these limits allocates, all at its beginning, besides itself.
    public static func memory(limits: HTTP2Limits) -> Int {
        limits.concurrentStreams * memoryOfStream
            + limits.rememberedStreams * MemoryLayout<ClosedStream>.stride
            + HPACKDecoder.memory(tableCapacity: limits.decoderTable)
            + HPACKEncoder.memory(tableCapacity: limits.encoderTable)
    }

    /// Bytes of that for each stream that may be there.
    public static var memoryOfStream: Int { MemoryLayout<StreamRecord>.stride + 2 * MemoryLayout<UInt32>.stride }

    /// Whether the connection has failed and is to be closed.
    public var hasFailed: Bool { phase == .failed }

    /// Whether the other end has yet to acknowledge our settings: a deadline is due (RFC 9113 section 6.5.3).
    public var awaitsAcknowledgement: Bool { unacknowledged > 0 }

    /// Streams that are not released yet.
    public var streamCount: Int { streams.count }

    /// Writes what the connection begins with, which ``outputReserve`` bytes have room for.
    @_lifetime(output: copy output)
    public mutating func start(to output: inout ByteWriter) {
        if role == .client { output.append(HTTP2Connection.preface) }
        writeSettings(to: &output)
        let increment = limits.connectionWindow - receiveWindow
        if increment > 0 {
            FrameWriter.windowUpdate(stream: 0, increment: UInt32(truncatingIfNeeded: increment), to: &output)
            receiveWindow = limits.connectionWindow
        }
    }

    /// Goes on in `input`, of which the bytes before `start` are done with, to the next thing that happened.
    @_lifetime(output: copy output)
    public mutating func next(
        in input: Span<UInt8>, from start: Int, workspace: inout HTTP2Workspace, to output: inout ByteWriter
    ) -> HTTP2Event {
        if phase == .failed { return .failed(failure.code, failure.reason) }
        var position = start
        do throws(ConnectionFailure) {
            while true {
                if output.remaining < HTTP2Connection.outputReserve { return .needOutput(consumed: position) }
                if hasDues { flush(to: &output) }
                if let event = nextUnaccepted(position) { return event }
                if let event = try step(input, &position, &workspace, &output) { return event }
            }
        } catch {
            return fail(error, to: &output)
        }
    }

    /// Ends the connection for a reason of our own: GOAWAY is written, and nothing is read any more.
    @_lifetime(output: copy output)
    public mutating func abort(_ code: ErrorCode, _ reason: Reason, to output: inout ByteWriter) {
        if phase != .failed { _ = fail(ConnectionFailure(code, reason), to: &output) }
    }

    /// One frame, or what is there of it; nil when it made no event.
    @_lifetime(output: copy output)
    private mutating func step(
        _ input: Span<UInt8>, _ position: inout Int, _ workspace: inout HTTP2Workspace, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        if payload.data > 0 || payload.skipped > 0 { return takePayload(input, &position) }
        if phase == .preface { return try takePreface(input, &position) }
        guard let header = FrameHeader(input, at: position) else { return .needMore(consumed: position) }
        if header.length > limits.frameSize { throw failure(.frameSizeError) }
        if phase == .settings && (header.type != .settings || header.flags.contains(.acknowledgement)) {
            throw ConnectionFailure(.protocolError, role == .server ? .connectionPreface : .upstreamProtocol)
        }
        switch header.type {
        case .data: return try takeData(input, header, &position, &output)
        case .headers: return try takeFieldBlock(input, header, &position, &workspace, &output)
        default:
            if !header.type.isKnown {
                try spend(1)
                payload.skipped = header.length
                position += FrameHeader.size
                return nil
            }
            let start = position + FrameHeader.size
            if input.count - start < header.length { return .needMore(consumed: position) }
            position = start + header.length
            return try takeControl(input.extracting(start..<position), header, position, &output)
        }
    }

    private mutating func takePreface(
        _ input: Span<UInt8>, _ position: inout Int
    ) throws(ConnectionFailure) -> HTTP2Event? {
        let expected = HTTP2Connection.preface.bytes
        let count = min(input.count - position, expected.count)
        for index in 0..<count where input[position + index] != expected[index] {
            throw ConnectionFailure(.protocolError, .connectionPreface)
        }
        if count < expected.count { return .needMore(consumed: position) }
        position += count
        phase = .settings
        return nil
    }

    /// The connection is over; GOAWAY says why (RFC 9113 section 5.4.1).
    @_lifetime(output: copy output)
    private mutating func fail(_ failure: ConnectionFailure, to output: inout ByteWriter) -> HTTP2Event {
        // Whoever does not speak HTTP/2 is not told in HTTP/2.
        if phase != .preface && output.remaining >= FrameWriter.goAwaySize {
            FrameWriter.goAway(
                last: min(lastPeerStream, lastAnnounced ?? lastPeerStream), failure.code,
                debug: ("" as StaticString).bytes, to: &output)
        }
        phase = .failed
        self.failure = failure
        return .failed(failure.code, failure.reason)
    }
}
