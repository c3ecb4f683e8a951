import Bytes
import HTTP2

/// Frames of HTTP/2, one after the other. Each that is read is written as a frame that is read as the same.
enum FrameTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        var position = 0
        while let header = FrameHeader(input, at: position) {
            let start = position + FrameHeader.size
            if header.length > input.count - start { return }
            position = start + header.length
            guard let written = try rewritten(input.extracting(start..<position), header) else { continue }
            guard let next = FrameHeader(written.span, at: 0), next.length == written.count - FrameHeader.size,
                let again = try rewritten(written.span.extracting(FrameHeader.size..<written.count), next)
            else { throw Contradiction("what is written is no frame: \(shown(written))") }
            try require(again == written, "\(shown(written)) is written as \(shown(again))")
        }
    }

    /// The frame, read and written; nil when it is refused, or of a type that is not written.
    private static func rewritten(_ payload: Span<UInt8>, _ header: FrameHeader) throws(Contradiction) -> [UInt8]? {
        guard let frame = try? Frame.parse(payload, header: header) else { return nil }
        var output = [UInt8](repeating: 0, count: payload.count + 100)
        var writer = ByteWriter(output.mutableSpan)
        let ends = header.flags.contains(.endStream)
        switch frame {
        case .data(let start, let end):
            FrameWriter.dataHeader(stream: header.stream, count: end - start, endsStream: ends, to: &writer)
            writer.append(payload.extracting(start..<end))
        case .headers(let start, let end):
            FrameWriter.fieldBlock(
                payload.extracting(start..<end), stream: header.stream, endsStream: ends,
                frameSize: max(16_384, payload.count), to: &writer)
        case .resetStream(let code): FrameWriter.resetStream(header.stream, code, to: &writer)
        case .settings(let count):
            FrameWriter.settingsHeader(count: count, to: &writer)
            for index in 0..<count { SettingsEntry(payload, at: index * SettingsEntry.size).write(to: &writer) }
        case .settingsAcknowledgement: FrameWriter.settingsAcknowledgement(to: &writer)
        case .ping(let opaque, let isAcknowledgement):
            FrameWriter.ping(opaque, isAcknowledgement: isAcknowledgement, to: &writer)
        case .goAway(let last, let code, let start, let end):
            FrameWriter.goAway(last: last, code, debug: payload.extracting(start..<end), to: &writer)
        case .windowUpdate(let increment):
            FrameWriter.windowUpdate(stream: header.stream, increment: increment, to: &writer)
        case .priorityUpdate(let stream, let start, let end):
            FrameWriter.priorityUpdate(stream: stream, field: payload.extracting(start..<end), to: &writer)
        case .priority, .pushPromise, .continuation, .unknown: return nil
        }
        try require(!writer.overflowed, "a frame grows")
        let count = writer.count
        return Array(output[..<count])
    }
}
