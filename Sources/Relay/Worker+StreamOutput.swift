internal import Bytes
internal import HTTP1
internal import HTTP2
internal import HTTPModel
internal import Sys

/// What a stream is sent: heads of HTTP/1.1 become field sections, bytes of the body become DATA, within the windows
/// and in turn with the other streams of the connection.
extension Worker {
    /// Puts what is in a stream's output into frames, and the end of the stream behind it where nothing follows.
    /// Answers whether all of it went.
    @inline(never)
    mutating func flush(stream slot: Int) -> Bool {
        let number = Int(clients[slot].stream)
        let isComplete = exchanges[Int(clients[slot].exchange)].responseReceived
        while clients[slot].outputCount > 0 {
            if !streams[number].headSent {
                if !sendHead(slot, number, isComplete) { return false }
                continue
            }
            let trailers = Int(streams[number].outputTrailers)
            let start = Int(clients[slot].outputStart)
            let end = Int(clients[slot].outputEnd) - trailers
            if start == end {
                if !sendTrailers(slot, number, start, start + trailers) { return false }
                continue
            }
            guard
                case .moved(let count) = sendData(
                    slot, clients[slot].output, start, end, isLast: isComplete && trailers == 0)
            else { return false }
            clients[slot].outputStart += Int32(count)
        }
        buffers.giveBack(&clients[slot].output)
        clients[slot].outputStart = 0
        clients[slot].outputEnd = 0
        return !isComplete || sendEnd(slot)
    }

    // MARK: Fields

    /// Sends the head that the output begins with. Answers whether it went.
    private mutating func sendHead(_ slot: Int, _ number: Int, _ isComplete: Bool) -> Bool {
        let start = Int(clients[slot].outputStart)
        let stream = streams[number]
        let head = Worker.encodeHead(
            &multiplexes[Int(stream.connection)].connection, buffers, clients[slot].output, start,
            Int(clients[slot].outputEnd), &workspace)
        let isLast = isComplete && start + head.count == Int(clients[slot].outputEnd)
        if !sendFields(slot, number, endsStream: isLast) { return false }
        clients[slot].outputStart += Int32(head.count)
        streams[number].headSent = !head.isInterim
        return true
    }

    /// Encodes the head that stands in `start..<end` of a buffer, as a serialiser of HTTP/1.1 wrote it.
    private static func encodeHead(
        _ connection: inout HTTP2Connection, _ buffers: borrowing BufferPool, _ output: Buffer, _ start: Int,
        _ end: Int, _ workspace: inout HTTP2Workspace
    ) -> (count: Int, isInterim: Bool) {
        let text = HeadText(buffers.bytes(output, start, end))
        connection.beginFields(&workspace)
        // What agrees to another protocol there is a success here (RFC 8441 section 5).
        connection.addStatus(text.status == 101 ? 200 : text.status, &workspace)
        connection.add(lines: buffers.bytes(output, start + text.linesStart, start + text.linesEnd), &workspace)
        return (text.end, text.status < 200 && text.status != 101)
    }

    /// Sends the trailer section in `start..<end` of the output, which ends a chunked body. Answers whether it went.
    private mutating func sendTrailers(_ slot: Int, _ number: Int, _ start: Int, _ end: Int) -> Bool {
        let connection = Int(streams[number].connection)
        Worker.encodeTrailers(
            &multiplexes[connection].connection, buffers, clients[slot].output, start, end, &workspace)
        if !sendFields(slot, number, endsStream: true) { return false }
        clients[slot].outputStart = Int32(end)
        streams[number].outputTrailers = 0
        return true
    }

    private static func encodeTrailers(
        _ connection: inout HTTP2Connection, _ buffers: borrowing BufferPool, _ output: Buffer, _ start: Int,
        _ end: Int, _ workspace: inout HTTP2Workspace
    ) {
        connection.beginFields(&workspace)
        connection.add(
            lines: buffers.bytes(
                output, start + ChunkedEncoder.lastChunkSize, end - ChunkedEncoder.trailerEndSize), &workspace)
    }

    /// Sends the section that was encoded. Answers whether it went.
    private mutating func sendFields(_ slot: Int, _ number: Int, endsStream: Bool) -> Bool {
        let stream = streams[number]
        let connection = Int(stream.connection)
        var result = (sent: HTTP2Connection.Sent.needsOutput, count: 0)
        if openOutput(connection) { result = writeFields(connection, stream.reference, endsStream) }
        if result.sent == .needsOutput && flushOutput(connection) && openOutput(connection) {
            result = writeFields(connection, stream.reference, endsStream)
            // It has a buffer of its own, and is too large for that.
            if result.sent == .needsOutput { result.sent = .tooLarge }
        }
        switch result.sent {
        case .sent:
            if endsStream { streams[number].endSent = true }
            noteSent(slot, connection, result.count)
            return true
        case .needsOutput:
            multiplexes[connection].connection.setReady(stream.reference, true, needsWindow: false)
        case .tooLarge:
            streams[number].isBroken = true
            resumeLater(slot)
        }
        return false
    }

    private mutating func writeFields(
        _ connection: Int, _ reference: StreamReference, _ endsStream: Bool
    ) -> (sent: HTTP2Connection.Sent, count: Int) {
        let result = Worker.writeFields(
            &multiplexes[connection].connection, reference, endsStream, &workspace, &buffers,
            clients[connection].output, Int(clients[connection].outputEnd))
        clients[connection].outputEnd += Int32(result.count)
        return result
    }

    private static func writeFields(
        _ connection: inout HTTP2Connection, _ reference: StreamReference, _ endsStream: Bool,
        _ workspace: inout HTTP2Workspace, _ buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> (sent: HTTP2Connection.Sent, count: Int) {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        let sent = connection.sendFields(reference, endsStream: endsStream, &workspace, to: &writer)
        return (sent, writer.count)
    }

    // MARK: Data

    /// Sends bytes of a buffer on the stream, as far as windows and room go.
    @inline(never)
    mutating func send(stream slot: Int, _ buffer: Buffer, _ start: Int, _ end: Int) -> Transfer {
        let exchange = exchanges[Int(clients[slot].exchange)]
        var isLast = false
        if case .length = exchange.responseFraming, exchange.phase == .body {
            isLast = exchange.responseRemaining == UInt64(end - start)
        }
        return sendData(slot, buffer, start, end, isLast: isLast)
    }

    /// - Parameter isLast: whether nothing follows behind the bytes.
    private mutating func sendData(_ slot: Int, _ buffer: Buffer, _ start: Int, _ end: Int, isLast: Bool) -> Transfer {
        let number = Int(clients[slot].stream)
        let stream = streams[number]
        let connection = Int(stream.connection)
        if !isTurn(of: slot, connection, stream.reference) { return waitForTurn(connection, stream.reference, end - start) }
        let room = outputRoom(connection, end - start + FrameHeader.size)
        if room < min(end - start + FrameHeader.size, Worker.leastPart) || !openOutput(connection) {
            return waitForTurn(connection, stream.reference, end - start)
        }
        let count = min(
            multiplexes[connection].connection.sendable(stream.reference, end - start), room - FrameHeader.size)
        let isEnd = isLast && count == end - start
        if count == 0 && !isEnd { return waitForTurn(connection, stream.reference, end - start) }
        let place = Int(clients[connection].outputEnd)
        Worker.beginData(
            &multiplexes[connection].connection, stream.reference, count, isEnd, &buffers, clients[connection].output,
            place)
        if count > 0 {
            buffers.copy(
                from: buffer, at: start, count: count, to: clients[connection].output, at: place + FrameHeader.size)
        }
        clients[connection].outputEnd += Int32(FrameHeader.size + count)
        if isEnd { streams[number].endSent = true }
        multiplexes[connection].picked = -1
        noteSent(slot, connection, FrameHeader.size + count)
        return .moved(count)
    }

    private static func beginData(
        _ connection: inout HTTP2Connection, _ reference: StreamReference, _ count: Int, _ endsStream: Bool,
        _ buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        connection.beginData(reference, count: count, endsStream: endsStream, to: &writer)
    }

    /// Whether no other stream that could send goes before this one.
    private func isTurn(of slot: Int, _ connection: Int, _ reference: StreamReference) -> Bool {
        if multiplexes[connection].picked == Int32(slot) { return true }
        guard let next = multiplexes[connection].connection.nextReady() else { return true }
        return next == reference
    }

    /// Has the stream wait until windows, room and the other streams let it go on.
    private mutating func waitForTurn(_ connection: Int, _ reference: StreamReference, _ count: Int) -> Transfer {
        multiplexes[connection].connection.setReady(reference, true, needsWindow: count > 0)
        resumeLater(connection)
        return .wouldBlock
    }

    /// Ends the stream where that has not been done. Answers whether it is.
    mutating func sendEnd(_ slot: Int) -> Bool {
        if streams[Int(clients[slot].stream)].endSent { return true }
        if case .moved = sendData(slot, .none, 0, 0, isLast: true) { return true }
        return false
    }

    /// Something of the stream is on its way: the output is sent at the end of the turn, with that of other streams.
    private mutating func noteSent(_ slot: Int, _ connection: Int, _ count: Int) {
        clients[slot].blockedSince = 0
        exchanges[Int(clients[slot].exchange)].bytesOut &+= UInt64(count)
        multiplexes[connection].connection.setReady(streams[Int(clients[slot].stream)].reference, false)
        resumeLater(connection)
    }
}

/// Where the parts of a head stand that a serialiser of HTTP/1.1 wrote.
private struct HeadText {
    let status: UInt16
    /// The field lines, and where the head ends behind them.
    let linesStart: Int
    let linesEnd: Int
    let end: Int

    init(_ text: Span<UInt8>) {
        // "HTTP/1.1 200"
        status =
            UInt16(text[9] &- 0x30) * 100 + UInt16(text[10] &- 0x30) * 10 + UInt16(text[11] &- 0x30)
        linesStart = ByteSearch.first(0x0a, in: text, from: 0) + 1
        var line = linesStart
        while text[line] != 0x0d { line = ByteSearch.first(0x0a, in: text, from: line) + 1 }
        linesEnd = line
        end = line + 2
    }
}
