internal import Bytes
internal import HTTP2
internal import HTTPModel
internal import Plan
internal import Sys

/// A client's connection that speaks HTTP/2: frames in, streams begun and fed, frames out.
///
/// Nothing that is done with a stream ends its connection, or another stream: it is marked, and ended in its own turn.
extension Worker {
    /// Has a connection speak HTTP/2 from now on; what is in its input belongs to it.
    @inline(never)
    mutating func beginMultiplex(_ slot: Int) {
        let limits = isPenalised(clients[slot].address) ? current.http2Limits.penalised : current.http2Limits
        let scheme: Scheme = clients[slot].isTLS ? .https : .http
        multiplexes.put(
            Multiplex(HTTP2Connection(role: .server, scheme: scheme, limits: limits), now: now), at: slot)
        clients[slot].phase = .multiplexed
        tally.multiplexed &+= 1
        guard openOutput(slot) else {
            endClient(slot)
            return
        }
        let count = Worker.start(&multiplexes[slot].connection, &buffers, clients[slot].output)
        clients[slot].outputEnd = Int32(count)
        advanceMultiplex(slot)
    }

    private static func start(
        _ connection: inout HTTP2Connection, _ buffers: inout BufferPool, _ output: Buffer
    ) -> Int {
        var writer = ByteWriter(buffers.mutableBytes(output, 0, buffers.size))
        connection.start(to: &writer)
        return writer.count
    }

    /// Goes on with all that the connection can go on with.
    @inline(never)
    mutating func advanceMultiplex(_ slot: Int) {
        if multiplexes[slot].isBroken {
            loseClient(slot)
            return
        }
        if !readFrames(slot) { return }
        serveStreams(slot)
        writeDues(slot)
        _ = flushOutput(slot)
        settle(slot)
    }

    // MARK: Frames in

    /// What became of the frames in the input.
    private enum Progress {
        case needsInput, needsOutput, over
    }

    /// Reads frames as long as there are some. Answers false when the connection is over.
    private mutating func readFrames(_ slot: Int) -> Bool {
        for _ in 0..<Worker.share {
            switch takeFrames(slot) {
            case .over: return false
            case .needsOutput: return true
            case .needsInput: break
            }
            switch receive(slot) {
            case .moved: break
            case .wouldBlock:
                releaseInput(slot)
                return true
            case .ended, .failed:
                loseClient(slot)
                return false
            }
        }
        resumeLater(slot)
        return true
    }

    private mutating func takeFrames(_ slot: Int) -> Progress {
        while clients[slot].inputCount > 0 {
            if outputRoom(slot, HTTP2Connection.outputReserve) < HTTP2Connection.outputReserve { return .needsOutput }
            let first = Int(clients[slot].inputStart)
            let (event, written) = Worker.next(
                &multiplexes[slot].connection, buffers, clients[slot], &workspace, &scratch, scratchBuffer)
            if written > 0 && !appendOutput(slot, written) { return .over }
            switch event {
            case .needMore(let consumed):
                used(slot, consumed)
                awaitFrame(slot)
                return .needsInput
            case .needOutput(let consumed): used(slot, consumed)
            case .head(let stream, let endsStream, let next):
                used(slot, next)
                beginStream(slot, stream, endsStream: endsStream, bytes: next)
            case .malformed(let stream, let reason, let next):
                used(slot, next)
                beginStream(slot, stream, endsStream: false, bytes: next, malformed: reason)
            case .data(let stream, let start, let end, let endsStream):
                takeData(slot, stream, first + start, first + end, endsStream)
                used(slot, end)
            case .trailers(let stream, let next):
                used(slot, next)
                takeTrailers(slot, stream)
            case .reset(let stream, _, let reason, _, let next):
                used(slot, next)
                loseStream(slot, stream, reason)
            case .writable(let next), .goAway(_, let next): used(slot, next)
            case .failed(let code, let reason):
                failMultiplex(slot, code, reason)
                return .over
            }
        }
        return .needsInput
    }

    /// The bytes before `count` of the input are done with.
    private mutating func used(_ slot: Int, _ count: Int) {
        if count == 0 { return }
        clients[slot].inputStart += Int32(count)
        multiplexes[slot].partialSince = 0
    }

    private static func next(
        _ connection: inout HTTP2Connection, _ buffers: borrowing BufferPool, _ client: ClientConnection,
        _ workspace: inout HTTP2Workspace, _ scratch: inout BufferPool, _ scratchBuffer: Buffer
    ) -> (HTTP2Event, written: Int) {
        // What is written here is copied behind the output, which cannot be written while the input is read.
        let room = client.output.isSome ? buffers.size - Int(client.outputEnd) : buffers.size
        var writer = ByteWriter(scratch.mutableBytes(scratchBuffer, 0, room))
        let event = connection.next(
            in: buffers.bytes(client.input, Int(client.inputStart), Int(client.inputEnd)), from: 0,
            workspace: &workspace, to: &writer)
        return (event, writer.count)
    }

    /// Copies what was written to the scratch buffer behind the output; without memory for it the connection ends,
    /// and the answer is false.
    private mutating func appendOutput(_ slot: Int, _ count: Int) -> Bool {
        if !openOutput(slot) {
            loseClient(slot, because: .memory)
            return false
        }
        Worker.copy(scratch, scratchBuffer, count, to: &buffers, clients[slot].output, Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
        return true
    }

    private static func copy(
        _ source: borrowing BufferPool, _ buffer: Buffer, _ count: Int, to target: inout BufferPool, _ output: Buffer,
        _ start: Int
    ) {
        var writer = ByteWriter(target.mutableBytes(output, start, target.size))
        writer.append(source.bytes(buffer, 0, count))
    }

    /// Part of a frame is there: its time runs, and the rest needs room.
    private mutating func awaitFrame(_ slot: Int) {
        if clients[slot].inputCount == 0 { return }
        if multiplexes[slot].partialSince == 0 { multiplexes[slot].partialSince = now }
        compactInput(slot)
    }

    // MARK: Frames out

    /// Gives each stream that can send another share, the most urgent first.
    private mutating func serveStreams(_ slot: Int) {
        for _ in 0..<Worker.share {
            guard let stream = multiplexes[slot].connection.nextReady() else { return }
            if outputRoom(slot, Worker.leastPart) < Worker.leastPart { return }
            multiplexes[slot].connection.setReady(stream, false)
            let client = multiplexes[slot].connection.tag(stream)
            if client < 0 { continue }
            multiplexes[slot].picked = client
            advance(Int(client))
            multiplexes[slot].picked = -1
        }
        resumeLater(slot)
    }

    /// Bytes of output room below which it is better to wait for more.
    static var leastPart: Int { 1_024 }

    /// How many bytes the connection's output takes now; sends what is in it where that is less than `wanted`.
    mutating func outputRoom(_ slot: Int, _ wanted: Int) -> Int {
        if !clients[slot].output.isSome { return buffers.available > 0 ? buffers.size : 0 }
        if buffers.size - Int(clients[slot].outputEnd) >= wanted { return buffers.size - Int(clients[slot].outputEnd) }
        if flushOutput(slot) { return buffers.size }
        return buffers.size - Int(clients[slot].outputEnd)
    }

    /// Sends what is in a connection's output. Answers whether all of it went.
    mutating func flushOutput(_ slot: Int) -> Bool {
        while clients[slot].outputCount > 0 {
            switch send(slot, clients[slot].output, Int(clients[slot].outputStart), Int(clients[slot].outputEnd)) {
            case .moved(let count): clients[slot].outputStart += Int32(count)
            case .wouldBlock:
                if clients[slot].blockedSince == 0 { clients[slot].blockedSince = now }
                return false
            case .ended, .failed:
                if multiplexes.isTaken(slot) { multiplexes[slot].isBroken = true }
                resumeLater(slot)
                return false
            }
        }
        buffers.giveBack(&clients[slot].output)
        clients[slot].outputStart = 0
        clients[slot].outputEnd = 0
        return true
    }

    /// Writes the frames that wait for room: credit, resets, settings.
    private mutating func writeDues(_ slot: Int) {
        if !multiplexes[slot].connection.hasDues { return }
        if outputRoom(slot, HTTP2Connection.outputReserve) < HTTP2Connection.outputReserve || !openOutput(slot) { return }
        let count = Worker.writeDues(
            &multiplexes[slot].connection, &buffers, clients[slot].output, Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
    }

    private static func writeDues(
        _ connection: inout HTTP2Connection, _ buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        connection.flush(to: &writer)
        return writer.count
    }

    // MARK: The end

    /// Sees what the connection waits for now, and whether it is over.
    private mutating func settle(_ slot: Int) {
        if isDraining || multiplexes[slot].wantsShutdown { shutDown(slot) }
        if multiplexes[slot].connection.isDrained {
            finishMultiplex(slot)
            return
        }
        armMultiplex(slot)
    }

    /// Tells the client that no more requests are wanted, and which was the last once that is known.
    private mutating func shutDown(_ slot: Int) {
        if multiplexes[slot].shutdownSince > 0 { return }
        if outputRoom(slot, HTTP2Connection.outputReserve) < HTTP2Connection.outputReserve || !openOutput(slot) { return }
        multiplexes[slot].shutdownSince = now
        let count = Worker.shutDown(
            &multiplexes[slot].connection, &buffers, clients[slot].output, Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
        _ = flushOutput(slot)
    }

    private static func shutDown(
        _ connection: inout HTTP2Connection, _ buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        connection.shutdown(to: &writer)
        return writer.count
    }

    /// Says which request was the last, without waiting any longer for the client to agree.
    mutating func finishShutdown(_ slot: Int) {
        if outputRoom(slot, HTTP2Connection.outputReserve) < HTTP2Connection.outputReserve || !openOutput(slot) { return }
        let count = Worker.finishShutdown(
            &multiplexes[slot].connection, &buffers, clients[slot].output, Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
        resumeLater(slot)
    }

    private static func finishShutdown(
        _ connection: inout HTTP2Connection, _ buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        connection.finishShutdown(to: &writer)
        return writer.count
    }

    /// Ends the connection for a reason of our own, which GOAWAY tells.
    mutating func abortMultiplex(_ slot: Int, _ code: ErrorCode, _ reason: Reason) {
        if outputRoom(slot, HTTP2Connection.outputReserve) >= HTTP2Connection.outputReserve, openOutput(slot) {
            let count = Worker.abort(
                &multiplexes[slot].connection, code, reason, &buffers, clients[slot].output,
                Int(clients[slot].outputEnd))
            clients[slot].outputEnd += Int32(count)
        }
        failMultiplex(slot, code, reason)
    }

    private static func abort(
        _ connection: inout HTTP2Connection, _ code: ErrorCode, _ reason: Reason, _ buffers: inout BufferPool,
        _ output: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        connection.abort(code, reason, to: &writer)
        return writer.count
    }

    /// The connection has failed, and GOAWAY is in its output.
    private mutating func failMultiplex(_ slot: Int, _ code: ErrorCode, _ reason: Reason) {
        if code == .enhanceYourCalm { penalise(clients[slot].address) }
        tally.multiplexedFailed &+= 1
        endStreams(slot, reason)
        finishMultiplex(slot)
    }

    /// Ends the connection, of which no request is left.
    private mutating func finishMultiplex(_ slot: Int) {
        multiplexes.remove(slot)
        finish(slot)
    }

    /// Ends all streams of a connection, with their records.
    mutating func endStreams(_ slot: Int, _ reason: Reason) {
        while let client = multiplexes[slot].connection.anyTag() { loseClient(Int(client), because: reason) }
    }
}
