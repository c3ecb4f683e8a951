public import Bytes
internal import HPACK
public import HTTPModel

/// What is sent on streams.
///
/// A field section is begun, filled and sent without anything else happening on the connection meanwhile: the tables
/// of both ends have to agree.
extension HTTP2Connection {
    /// What became of a field section.
    public enum Sent: UInt8, BitwiseCopyable, Sendable {
        case sent
        /// There is not enough room in the output now: the same call can be made again.
        case needsOutput
        /// The section is larger than ``HTTP2Limits/encodedBlock``: the stream cannot have it.
        case tooLarge
    }

    /// Whether anything can still be sent on the stream.
    public func canSend(_ stream: StreamReference) -> Bool {
        holds(stream) && phase != .failed && !streams[stream.index].isReset
            && !streams[stream.index].flags.contains(.localDone)
    }

    /// Begins a field section for a stream that ``canSend(_:)``.
    public mutating func beginFields(_ workspace: inout HTTP2Workspace) {
        workspace.encodedCount = 0
        workspace.encodedOverflowed = false
        var writer = ByteWriter(workspace.encoded.mutableSpan(0, workspace.encoded.capacity))
        encoder.beginBlock(to: &writer)
        workspace.encodedCount = writer.count
    }

    /// Adds a field; its name is written in lower case. Fields that concern a connection must not be added.
    public mutating func add(_ name: Span<UInt8>, _ value: Span<UInt8>, _ workspace: inout HTTP2Workspace) {
        let start = workspace.encodedCount
        var writer = ByteWriter(workspace.encoded.mutableSpan(start, workspace.encoded.capacity))
        encoder.encode(name: name, value: value, to: &writer)
        let count = writer.count
        if writer.overflowed { workspace.encodedOverflowed = true }
        workspace.encodedCount = start + count
    }

    /// Adds a field with a name that is known.
    public mutating func add(_ name: StaticString, _ value: Span<UInt8>, _ workspace: inout HTTP2Workspace) {
        add(name.bytes, value, &workspace)
    }

    /// Adds `:status`, 100 to 599.
    public mutating func addStatus(_ status: UInt16, _ workspace: inout HTTP2Workspace) {
        var digits = InlineArray<3, UInt8>(repeating: 0x30)
        digits[0] += UInt8(truncatingIfNeeded: status / 100)
        digits[1] += UInt8(truncatingIfNeeded: status / 10 % 10)
        digits[2] += UInt8(truncatingIfNeeded: status % 10)
        add(":status", digits.span, &workspace)
    }

    /// Adds the fields that are neither hop-by-hop nor in `omitted`, in order.
    public mutating func add(
        fieldsOf fields: borrowing FieldTable, omitting omitted: FieldNameSet, _ workspace: inout HTTP2Workspace
    ) {
        for index in 0..<fields.count {
            let slot = fields.slot(index)
            if slot.isHopByHop || omitted.contains(slot.name) { continue }
            add(fields.name(of: index), fields.value(of: index), &workspace)
        }
    }

    /// Adds the fields of `lines`, each in the canonical form `name: value` CRLF, as the serialisers of HTTP/1.1 write
    /// them; those that concern a connection, and `host`, are left out.
    public mutating func add(lines: Span<UInt8>, _ workspace: inout HTTP2Workspace) {
        var start = 0
        while start < lines.count {
            let end = ByteSearch.first(0x0d, in: lines, from: start)
            let colon = ByteSearch.first(0x3a, in: lines, from: start)
            if colon + 2 > end { return }
            let name = lines.extracting(start..<colon)
            let known = FieldName(recognising: name)
            if !FieldNameSet.hopByHop.contains(known) && known != .host {
                add(name, lines.extracting(colon + 2..<end), &workspace)
            }
            start = end + 2
        }
    }

    /// Adds all that a response head says.
    ///
    /// - Parameters:
    ///   - length: the `content-length`, if there is one to be told; a body ends with its stream.
    ///   - pseudonym: the name of this proxy in `via`; none is added when it is empty.
    public mutating func add(
        response head: borrowing ResponseHead, length: UInt64?, pseudonym: Span<UInt8>,
        _ workspace: inout HTTP2Workspace
    ) {
        addStatus(head.status, &workspace)
        add(fieldsOf: head.fields, omitting: FieldNameSet().adding(.contentLength), &workspace)
        if let length { addLength(length, &workspace) }
        if pseudonym.count > 0 { addVia(pseudonym, &workspace) }
    }

    /// Adds the pseudo-fields of a request.
    public mutating func add(
        request head: borrowing RequestHead, scheme: Scheme, authority: Span<UInt8>, _ workspace: inout HTTP2Workspace
    ) {
        add(":method", head.methodBytes, &workspace)
        add(":scheme", scheme.text.bytes, &workspace)
        add(":authority", authority, &workspace)
        if !head.hasQuery {
            add(":path", head.path, &workspace)
            return
        }
        // The workspace's own buffer for blocks is free while one is sent.
        let count = head.path.count + 1 + head.query.count
        if count > workspace.block.capacity {
            workspace.encodedOverflowed = true
            return
        }
        workspace.block.copy(head.path, at: 0)
        workspace.block[head.path.count] = 0x3f
        workspace.block.copy(head.query, at: head.path.count + 1)
        addPath(count, &workspace)
    }

    private mutating func addPath(_ count: Int, _ workspace: inout HTTP2Workspace) {
        Self.encode(
            ":path", workspace.block, count, &encoder, &workspace.encoded, &workspace.encodedCount,
            &workspace.encodedOverflowed)
    }

    private static func encode(
        _ name: StaticString, _ value: borrowing Slab<UInt8>, _ count: Int, _ encoder: inout HPACKEncoder,
        _ encoded: inout Slab<UInt8>, _ encodedCount: inout Int, _ overflowed: inout Bool
    ) {
        var writer = ByteWriter(encoded.mutableSpan(encodedCount, encoded.capacity))
        encoder.encode(name: name.bytes, value: value.span(0, count), to: &writer)
        if writer.overflowed { overflowed = true }
        encodedCount += writer.count
    }

    /// Adds `content-length`.
    public mutating func addLength(_ length: UInt64, _ workspace: inout HTTP2Workspace) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var writer = ByteWriter(digits.mutableSpan)
        writer.append(decimal: length)
        let count = writer.count
        add("content-length", digits.span.extracting(0..<count), &workspace)
    }

    /// `1.1 pseudonym`: the version is that of the server behind us, which is what comes by HTTP/1.1 here.
    private mutating func addVia(_ pseudonym: Span<UInt8>, _ workspace: inout HTTP2Workspace) {
        var value = InlineArray<256, UInt8>(repeating: 0)
        var writer = ByteWriter(value.mutableSpan)
        writer.append("1.1 ")
        writer.append(pseudonym)
        let count = writer.count
        if !writer.overflowed { add("via", value.span.extracting(0..<count), &workspace) }
    }

    /// Sends the section that was begun, as head, interim head or trailer section.
    ///
    /// - Parameter endsStream: whether nothing follows.
    @_lifetime(output: copy output)
    public mutating func sendFields(
        _ stream: StreamReference, endsStream: Bool, _ workspace: inout HTTP2Workspace, to output: inout ByteWriter
    ) -> Sent {
        precondition(canSend(stream))
        if workspace.encodedOverflowed {
            // What was put into the table never arrives.
            if limits.encoderTable > 0 { abort(.internalError, .internalFault, to: &output) }
            return .tooLarge
        }
        let frameSize = min(remoteSettings.maxFrameSize, limits.frameSize)
        let size = FrameWriter.fieldBlockSize(workspace.encodedCount, frameSize: frameSize)
        if output.remaining < size + FrameWriter.resetStreamSize { return .needsOutput }
        FrameWriter.fieldBlock(
            workspace.encoded.span(0, workspace.encodedCount), stream: stream.identifier, endsStream: endsStream,
            frameSize: frameSize, to: &output)
        if endsStream { end(stream.index, to: &output) }
        return .sent
    }

    /// How many of `count` bytes flow control and the size of a frame let us send on the stream now.
    public func sendable(_ stream: StreamReference, _ count: Int) -> Int {
        if !canSend(stream) { return 0 }
        let window = min(streams[stream.index].sendWindow, sendWindow)
        return max(min(count, window, remoteSettings.maxFrameSize), 0)
    }

    /// Writes the header of a DATA frame, behind which the caller writes `count` bytes itself: at most what is
    /// ``sendable(_:_:)``.
    @_lifetime(output: copy output)
    public mutating func beginData(
        _ stream: StreamReference, count: Int, endsStream: Bool, to output: inout ByteWriter
    ) {
        precondition(canSend(stream) && count >= 0 && count <= sendable(stream, count))
        let index = stream.index
        streams[index].sendWindow -= count
        sendWindow -= count
        served += 1
        streams[index].lastServed = served
        if count >= limits.usefulData { refill(limits.dataRefill) }
        FrameWriter.dataHeader(stream: stream.identifier, count: count, endsStream: endsStream, to: &output)
        if endsStream { end(index) }
    }

    /// Sends as much of `bytes` as can be now; how many bytes that are.
    ///
    /// - Parameter endsStream: whether nothing follows behind `bytes`.
    @_lifetime(output: copy output)
    public mutating func sendData(
        _ stream: StreamReference, _ bytes: Span<UInt8>, endsStream: Bool, to output: inout ByteWriter
    ) -> Int {
        let room = output.remaining - FrameHeader.size
        if room < 0 || !canSend(stream) { return 0 }
        let count = min(sendable(stream, bytes.count), room)
        let isLast = endsStream && count == bytes.count
        if count == 0 && !isLast { return 0 }
        beginData(stream, count: count, endsStream: isLast, to: &output)
        output.append(bytes.extracting(0..<count))
        return count
    }

    /// We have sent all. A malformed request is reset behind its answer (RFC 9113 section 8.1.1).
    private mutating func end(_ index: Int) {
        streams[index].flags.insert(.localDone)
        streams[index].flags.remove(.ready)
        streams[index].flags.remove(.readyAnyway)
        if streams[index].flags.contains(.malformed) {
            streams[index].flags.insert(.resetByUs)
            streams[index].flags.insert(.resetDue)
            streams[index].resetCode = .protocolError
            hasDues = true
        }
    }

    @_lifetime(output: copy output)
    private mutating func end(_ index: Int, to output: inout ByteWriter) {
        end(index)
        flush(to: &output)
    }
}
