public import Bytes
public import HTTPModel

/// Puts a body into chunks (RFC 9112 section 7.1). Nothing of a received chunk's framing is used again.
public enum ChunkedEncoder {
    /// The bytes that open a chunk at most take up: 16 digits and CRLF.
    @inlinable public static var longestOpening: Int { 18 }

    /// Opens a chunk of `count` bytes, which is not 0; the data follows, then ``close(to:)``.
    @inlinable
    @_lifetime(writer: copy writer)
    public static func open(count: Int, to writer: inout ByteWriter) {
        precondition(count > 0)
        writer.append(hexadecimal: UInt64(count))
        writer.append("\r\n")
    }

    /// Closes a chunk behind its data.
    @inlinable
    @_lifetime(writer: copy writer)
    public static func close(to writer: inout ByteWriter) { writer.append("\r\n") }

    /// Ends the body without trailer fields.
    @inlinable
    @_lifetime(writer: copy writer)
    public static func end(to writer: inout ByteWriter) { writer.append("0\r\n\r\n") }

    /// Bytes that stand before the trailer fields of an end, and behind them.
    @inlinable public static var lastChunkSize: Int { 3 }
    @inlinable public static var trailerEndSize: Int { 2 }

    /// Ends the body with trailer fields that were found valid.
    @_lifetime(writer: copy writer)
    public static func end(trailers: borrowing FieldTable, to writer: inout ByteWriter) {
        writer.append("0\r\n")
        for index in 0..<trailers.count {
            FieldSerializer.writeLine(trailers.name(of: index), trailers.value(of: index), to: &writer)
        }
        writer.append("\r\n")
    }

    /// As ``end(trailers:limits:to:)``, without the lines whose names `list` removes from heads.
    @_lifetime(writer: copy writer)
    public static func end(
        trailers: Span<UInt8>, limits: HeadLimits, changing edits: borrowing FieldEdits, _ list: FieldEditList,
        to writer: inout ByteWriter
    ) {
        writer.append("0\r\n")
        var position = 0
        while position < trailers.count {
            guard let line = try? FieldLine.parse(trailers, at: position, limits: limits) else { break }
            let name = trailers.extracting(line.start..<line.nameEnd)
            if !edits.removes(FieldName(recognising: name), name, list) { write(line, of: trailers, to: &writer) }
            position = line.end
        }
        writer.append("\r\n")
    }

    @_lifetime(writer: copy writer)
    private static func write(_ line: FieldLine, of trailers: Span<UInt8>, to writer: inout ByteWriter) {
        writer.append(trailers.extracting(line.start..<line.nameEnd))
        writer.append(": ")
        writer.append(trailers.extracting(line.valueStart..<line.valueEnd))
        writer.append("\r\n")
    }

    /// Ends the body with the trailer lines that ``ChunkedDecoder`` found valid, written afresh.
    @_lifetime(writer: copy writer)
    public static func end(trailers: Span<UInt8>, limits: HeadLimits, to writer: inout ByteWriter) {
        writer.append("0\r\n")
        var position = 0
        while position < trailers.count {
            // Lines that the decoder did not find valid are not written.
            guard let line = try? FieldLine.parse(trailers, at: position, limits: limits) else { break }
            write(line, of: trailers, to: &writer)
            position = line.end
        }
        writer.append("\r\n")
    }
}
