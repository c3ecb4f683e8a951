/// A frame, read (RFC 9113 section 6, RFC 9218 section 7.1). All numbers are offsets into the payload, unless they are
/// said to be something else.
public enum Frame: BitwiseCopyable, Equatable, Sendable {
    /// `start..<end` is data; what stands around it is padding.
    case data(start: Int, end: Int)
    /// `start..<end` is the first fragment of a field block.
    case headers(start: Int, end: Int)
    /// A priority of RFC 7540, which means nothing any more.
    case priority
    case resetStream(ErrorCode)
    /// `count` settings, of six bytes each.
    case settings(count: Int)
    case settingsAcknowledgement
    case pushPromise
    case ping(UInt64, isAcknowledgement: Bool)
    /// The sender looks at no stream above `last`; `start..<end` is for whoever debugs it.
    case goAway(last: UInt32, ErrorCode, start: Int, end: Int)
    /// The window grows by this many bytes, 1 to 2^31 − 1.
    case windowUpdate(UInt32)
    /// All of the payload is the next fragment of a field block.
    case continuation
    /// `start..<end` is a `Priority` field for `stream`.
    case priorityUpdate(stream: UInt32, start: Int, end: Int)
    /// A type that is not known, and passed over.
    case unknown

    /// Reads the frame with `header`, of which `payload` holds all; for DATA, the first byte if the frame is padded.
    public static func parse(_ payload: Span<UInt8>, header: FrameHeader) throws(FrameFault) -> Frame {
        precondition(payload.count >= bytesNeeded(header))
        try checkStream(header)
        switch header.type {
        case .data: return try data(payload, header)
        case .headers: return try headers(payload, header)
        case .priority:
            if header.length != 5 { throw FrameFault(.frameSizeError, isOfStream: true) }
            return .priority
        case .resetStream:
            if header.length != 4 { throw FrameFault(.frameSizeError) }
            return .resetStream(ErrorCode(rawValue: NetworkInteger.read(payload, at: 0)))
        case .settings: return try settings(header)
        case .pushPromise: return .pushPromise
        case .ping:
            if header.length != 8 { throw FrameFault(.frameSizeError) }
            let isAcknowledgement = header.flags.contains(.acknowledgement)
            return .ping(NetworkInteger.read64(payload, at: 0), isAcknowledgement: isAcknowledgement)
        case .goAway: return try goAway(payload, header)
        case .windowUpdate: return try windowUpdate(payload, header)
        case .continuation: return .continuation
        case .priorityUpdate: return try priorityUpdate(payload, header)
        default: return .unknown
        }
    }

    private static func bytesNeeded(_ header: FrameHeader) -> Int {
        if header.type != .data { return header.length }
        return header.flags.contains(.padded) ? min(header.length, 1) : 0
    }

    /// Frames that belong to a stream must have one, those that belong to the connection must not.
    private static func checkStream(_ header: FrameHeader) throws(FrameFault) {
        switch header.type {
        case .data, .headers, .priority, .resetStream, .pushPromise, .continuation:
            if header.stream == 0 { throw FrameFault(.protocolError) }
        case .settings, .ping, .goAway, .priorityUpdate:
            if header.stream != 0 { throw FrameFault(.protocolError) }
        default: break
        }
    }

    private static func data(_ payload: Span<UInt8>, _ header: FrameHeader) throws(FrameFault) -> Frame {
        let (start, end) = try unpadded(payload, header)
        return .data(start: start, end: end)
    }

    private static func headers(_ payload: Span<UInt8>, _ header: FrameHeader) throws(FrameFault) -> Frame {
        var (start, end) = try unpadded(payload, header)
        if header.flags.contains(.priority) {
            start += 5
            if start > header.length { throw FrameFault(.frameSizeError) }
            // Padding that reaches into the priority is as wrong as padding that is longer than the frame.
            if start > end { throw FrameFault(.protocolError) }
        }
        return .headers(start: start, end: end)
    }

    /// Where the payload without its padding is (RFC 9113 section 6.1).
    private static func unpadded(
        _ payload: Span<UInt8>, _ header: FrameHeader
    ) throws(FrameFault) -> (start: Int, end: Int) {
        if !header.flags.contains(.padded) { return (0, header.length) }
        if header.length == 0 { throw FrameFault(.frameSizeError) }
        let padding = Int(payload[0])
        if padding >= header.length { throw FrameFault(.protocolError) }
        return (1, header.length - padding)
    }

    private static func settings(_ header: FrameHeader) throws(FrameFault) -> Frame {
        if header.flags.contains(.acknowledgement) {
            if header.length != 0 { throw FrameFault(.frameSizeError) }
            return .settingsAcknowledgement
        }
        if header.length % SettingsEntry.size != 0 { throw FrameFault(.frameSizeError) }
        return .settings(count: header.length / SettingsEntry.size)
    }

    private static func goAway(_ payload: Span<UInt8>, _ header: FrameHeader) throws(FrameFault) -> Frame {
        if header.length < 8 { throw FrameFault(.frameSizeError) }
        let last = NetworkInteger.read(payload, at: 0) & 0x7fff_ffff
        let code = ErrorCode(rawValue: NetworkInteger.read(payload, at: 4))
        return .goAway(last: last, code, start: 8, end: header.length)
    }

    private static func windowUpdate(_ payload: Span<UInt8>, _ header: FrameHeader) throws(FrameFault) -> Frame {
        if header.length != 4 { throw FrameFault(.frameSizeError) }
        let increment = NetworkInteger.read(payload, at: 0) & 0x7fff_ffff
        if increment == 0 { throw FrameFault(.protocolError, isOfStream: header.stream != 0) }
        return .windowUpdate(increment)
    }

    private static func priorityUpdate(_ payload: Span<UInt8>, _ header: FrameHeader) throws(FrameFault) -> Frame {
        if header.length < 4 { throw FrameFault(.frameSizeError) }
        let stream = NetworkInteger.read(payload, at: 0) & 0x7fff_ffff
        if stream == 0 { throw FrameFault(.protocolError) }
        return .priorityUpdate(stream: stream, start: 4, end: header.length)
    }
}
