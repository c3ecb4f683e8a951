public import Bytes

/// Writes frames. The writer has overflowed afterwards when one did not fit.
public enum FrameWriter {
    /// Bytes of the frames of fixed size: RST_STREAM and WINDOW_UPDATE, PING, and GOAWAY without debug data.
    public static var resetStreamSize: Int { FrameHeader.size + 4 }
    public static var windowUpdateSize: Int { FrameHeader.size + 4 }
    public static var pingSize: Int { FrameHeader.size + 8 }
    public static var goAwaySize: Int { FrameHeader.size + 8 }

    /// The header of a DATA frame, behind which `count` bytes are written without padding.
    @_lifetime(writer: copy writer)
    public static func dataHeader(stream: UInt32, count: Int, endsStream: Bool, to writer: inout ByteWriter) {
        FrameHeader(length: count, type: .data, flags: endsStream ? .endStream : [], stream: stream).write(to: &writer)
    }

    /// A field block, in as many frames as `frameSize` makes of it: HEADERS, and CONTINUATION behind it.
    @_lifetime(writer: copy writer)
    public static func fieldBlock(
        _ block: Span<UInt8>, stream: UInt32, endsStream: Bool, frameSize: Int, to writer: inout ByteWriter
    ) {
        var start = 0
        var type = FrameType.headers
        repeat {
            let end = min(block.count, start + frameSize)
            var flags: FrameFlags = end == block.count ? .endHeaders : []
            if type == .headers && endsStream { flags.insert(.endStream) }
            FrameHeader(length: end - start, type: type, flags: flags, stream: stream).write(to: &writer)
            writer.append(block.extracting(start..<end))
            start = end
            type = .continuation
        } while start < block.count
    }

    /// Bytes that ``fieldBlock(_:stream:endsStream:frameSize:to:)`` writes for a block of `count` bytes.
    public static func fieldBlockSize(_ count: Int, frameSize: Int) -> Int {
        count + FrameHeader.size * max((count + frameSize - 1) / frameSize, 1)
    }

    @_lifetime(writer: copy writer)
    public static func resetStream(_ stream: UInt32, _ code: ErrorCode, to writer: inout ByteWriter) {
        FrameHeader(length: 4, type: .resetStream, stream: stream).write(to: &writer)
        NetworkInteger.write(code.rawValue, to: &writer)
    }

    /// The header of a SETTINGS frame, behind which `count` settings are written.
    @_lifetime(writer: copy writer)
    public static func settingsHeader(count: Int, to writer: inout ByteWriter) {
        FrameHeader(length: count * SettingsEntry.size, type: .settings, stream: 0).write(to: &writer)
    }

    @_lifetime(writer: copy writer)
    public static func settingsAcknowledgement(to writer: inout ByteWriter) {
        FrameHeader(length: 0, type: .settings, flags: .acknowledgement, stream: 0).write(to: &writer)
    }

    @_lifetime(writer: copy writer)
    public static func ping(_ opaque: UInt64, isAcknowledgement: Bool, to writer: inout ByteWriter) {
        FrameHeader(length: 8, type: .ping, flags: isAcknowledgement ? .acknowledgement : [], stream: 0)
            .write(to: &writer)
        NetworkInteger.write(opaque, to: &writer)
    }

    @_lifetime(writer: copy writer)
    public static func goAway(last: UInt32, _ code: ErrorCode, debug: Span<UInt8>, to writer: inout ByteWriter) {
        FrameHeader(length: 8 + debug.count, type: .goAway, stream: 0).write(to: &writer)
        NetworkInteger.write(last, to: &writer)
        NetworkInteger.write(code.rawValue, to: &writer)
        writer.append(debug)
    }

    @_lifetime(writer: copy writer)
    public static func windowUpdate(stream: UInt32, increment: UInt32, to writer: inout ByteWriter) {
        FrameHeader(length: 4, type: .windowUpdate, stream: stream).write(to: &writer)
        NetworkInteger.write(increment, to: &writer)
    }

    @_lifetime(writer: copy writer)
    public static func priorityUpdate(stream: UInt32, field: Span<UInt8>, to writer: inout ByteWriter) {
        FrameHeader(length: 4 + field.count, type: .priorityUpdate, stream: 0).write(to: &writer)
        NetworkInteger.write(stream, to: &writer)
        writer.append(field)
    }
}
