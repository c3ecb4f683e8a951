public import Bytes
internal import HTTPModel

/// DATA, and flow control of what is sent to us (RFC 9113 sections 5.2 and 6.1).
extension HTTP2Connection {
    /// Takes the header of a DATA frame, and as much of its payload as is there.
    @_lifetime(output: copy output)
    mutating func takeData(
        _ input: Span<UInt8>, _ header: FrameHeader, _ position: inout Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        let start = position + FrameHeader.size
        if header.flags.contains(.padded) && header.length > 0 && start == input.count {
            return .needMore(consumed: position)
        }
        let (dataStart, dataEnd) = try extent(input.extracting(start..<input.count), header)
        if header.length > receiveWindow { throw failure(.flowControlError) }
        receiveWindow -= header.length
        position = start
        guard let index = activeIndex(header.stream), !streams[index].isReset else {
            return try takeStray(header, position, &output)
        }
        let count = dataEnd - dataStart
        if let code = try refusal(index, header, count) {
            discard(header.length)
            let isOfLength = streams[index].flags.contains(.headReceived) && code == .protocolError
            let reason: Reason =
                !isOfLength
                ? self.reason(code, ofStream: true)
                : role == .server ? .requestBodyLength : .upstreamResponseTruncated
            return try resetStream(header.stream, code, reason, position, &output)
        }
        if streams[index].flags.contains(.malformed) {
            discard(header.length)
            if header.flags.contains(.endStream) { streams[index].flags.insert(.remoteDone) }
            return nil
        }
        return try accept(index, header, count, dataStart, &position, input)
    }

    private func extent(
        _ payload: Span<UInt8>, _ header: FrameHeader
    ) throws(ConnectionFailure) -> (start: Int, end: Int) {
        do throws(FrameFault) {
            if case .data(let start, let end) = try Frame.parse(payload, header: header) { return (start, end) }
        } catch {
            throw failure(error.code)
        }
        throw failure(.internalError)
    }

    /// Passes over the payload of a frame, which takes no more of the connection's window.
    private mutating func discard(_ count: Int) {
        payload.skipped = count
        credit += count
        if count > 0 { hasDues = true }
    }

    /// Data for a stream that is over, or was never there.
    @_lifetime(output: copy output)
    private mutating func takeStray(
        _ header: FrameHeader, _ position: Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        if isIdle(header.stream) { throw failure(.protocolError) }
        discard(header.length)
        let ending: ClosedStream.Ending? =
            activeIndex(header.stream).map { streams[$0].flags.contains(.resetByUs) ? .resetByUs : .resetByPeer }
            ?? ending(header.stream)
        switch ending {
        // It was on its way when we reset the stream.
        case .resetByUs: try spend(1)
        case .ended: throw failure(.streamClosed)
        case .resetByPeer, nil:
            return try resetStream(
                header.stream, .streamClosed, reason(.streamClosed, ofStream: true), position, &output)
        }
        return nil
    }

    /// Why the frame cannot be taken; nil when it can.
    private mutating func refusal(
        _ index: Int, _ header: FrameHeader, _ count: Int
    ) throws(ConnectionFailure) -> ErrorCode? {
        if streams[index].flags.contains(.remoteDone) { return .streamClosed }
        if !streams[index].flags.contains(.headReceived) { return .protocolError }
        if header.length > streams[index].receiveWindow { return .flowControlError }
        streams[index].receiveWindow -= header.length
        if streams[index].flags.contains(.malformed) { return nil }
        // Content-Length has to be true (RFC 9113 section 8.1.1).
        let expected = streams[index].expected
        if expected >= 0 {
            if Int64(count) > expected { return .protocolError }
            streams[index].expected = expected - Int64(count)
            if header.flags.contains(.endStream) && expected != Int64(count) { return .protocolError }
        }
        return nil
    }

    private mutating func accept(
        _ index: Int, _ header: FrameHeader, _ count: Int, _ dataStart: Int, _ position: inout Int,
        _ input: Span<UInt8>
    ) throws(ConnectionFailure) -> HTTP2Event? {
        let endsStream = header.flags.contains(.endStream)
        let padding = header.length - count
        if padding > 0 { creditPadding(padding, index) }
        streams[index].unconsumed += count
        if count >= limits.usefulData {
            refill(limits.dataRefill)
        } else if count == 0 && !endsStream {
            try spend(1)
        }
        position += dataStart
        payload = Payload(
            data: count, skipped: padding - dataStart, stream: reference(index), endsStream: endsStream)
        if count > 0 { return takePayload(input, &position) }
        if !endsStream { return nil }
        streams[index].flags.insert(.remoteDone)
        return .data(payload.stream, start: position, end: position, endsStream: true)
    }

    /// Padding is consumed as soon as it is there.
    private mutating func creditPadding(_ count: Int, _ index: Int) {
        credit += count
        streams[index].credit += count
        streams[index].flags.insert(.creditDue)
        hasDues = true
    }

    /// Takes what is there of a payload that has begun.
    mutating func takePayload(_ input: Span<UInt8>, _ position: inout Int) -> HTTP2Event? {
        let available = input.count - position
        if available == 0 { return .needMore(consumed: position) }
        if payload.data == 0 {
            let count = min(available, payload.skipped)
            payload.skipped -= count
            position += count
            return nil
        }
        let count = min(available, payload.data)
        let start = position
        payload.data -= count
        position += count
        // Whoever has released the stream meanwhile has given back all of the frame.
        guard holds(payload.stream), !streams[payload.stream.index].isReset else { return nil }
        let isLast = payload.endsStream && payload.data == 0
        if isLast { streams[payload.stream.index].flags.insert(.remoteDone) }
        return .data(payload.stream, start: start, end: position, endsStream: isLast)
    }

    /// `count` bytes of the stream's data are done with, so that as much more may be sent to us.
    @_lifetime(output: copy output)
    public mutating func consume(_ stream: StreamReference, _ count: Int, to output: inout ByteWriter) {
        if !holds(stream) || count <= 0 { return }
        let index = stream.index
        precondition(count <= streams[index].unconsumed, "more is consumed than was received")
        streams[index].unconsumed -= count
        streams[index].credit += count
        credit += count
        creditStream(index, to: &output)
        creditConnection(to: &output)
    }

    /// As ``consume(_:_:to:)``, where there is no output now: what is due waits for ``flush(to:)``.
    public mutating func consume(_ stream: StreamReference, _ count: Int) {
        if !holds(stream) || count <= 0 { return }
        let index = stream.index
        precondition(count <= streams[index].unconsumed, "more is consumed than was received")
        streams[index].unconsumed -= count
        streams[index].credit += count
        credit += count
        if streams[index].credit * 2 >= limits.streamWindow && !streams[index].flags.contains(.remoteDone) {
            streams[index].flags.insert(.creditDue)
            hasDues = true
        }
        if credit * 2 >= limits.connectionWindow { hasDues = true }
    }

    /// Gives the stream's credit back when it is half a window.
    @_lifetime(output: copy output)
    mutating func creditStream(_ index: Int, to output: inout ByteWriter) {
        let amount = streams[index].credit
        streams[index].flags.remove(.creditDue)
        if streams[index].flags.contains(.remoteDone) || streams[index].isReset { return }
        if amount * 2 < limits.streamWindow { return }
        if output.remaining < FrameWriter.windowUpdateSize {
            streams[index].flags.insert(.creditDue)
            hasDues = true
            return
        }
        streams[index].credit = 0
        streams[index].receiveWindow += amount
        FrameWriter.windowUpdate(
            stream: streams[index].identifier, increment: UInt32(truncatingIfNeeded: amount), to: &output)
    }

    /// Gives the connection's credit back when it is half a window.
    @_lifetime(output: copy output)
    mutating func creditConnection(to output: inout ByteWriter) {
        if credit * 2 < limits.connectionWindow { return }
        if output.remaining < FrameWriter.windowUpdateSize {
            hasDues = true
            return
        }
        FrameWriter.windowUpdate(stream: 0, increment: UInt32(truncatingIfNeeded: credit), to: &output)
        receiveWindow += credit
        credit = 0
    }
}
