internal import Bytes
internal import HTTP1
internal import HTTP2
internal import HTTPModel
internal import Plan
internal import Sys

/// A stream as a client: begun by a head, read, ended. What it is sent is in Worker+StreamOutput.
extension Worker {
    /// Makes a client and an exchange of a stream whose head is in the workspace.
    /// - Parameters:
    ///   - bytes: what the head took on the wire.
    ///   - reason: why it is refused, whatever it says.
    mutating func beginStream(
        _ connection: Int, _ reference: StreamReference, endsStream: Bool, bytes: Int, malformed reason: Reason? = nil
    ) {
        clients[connection].requests &+= 1
        if UInt64(clients[connection].requests) >= current.plan.limits[.requests] {
            multiplexes[connection].wantsShutdown = true
        }
        tally.requests &+= 1
        guard let slot = takeStream(connection, reference) else {
            tally.refused &+= 1
            multiplexes[connection].connection.reset(reference, .refusedStream)
            multiplexes[connection].connection.release(reference)
            return
        }
        clients[slot].peerFinished = endsStream
        // The stages look at one head, whichever version of HTTP it came by.
        workspace.exchangeRequest(with: &request)
        if request.upgradesToWebSocket { renewKey() }
        beginExchange(slot, bytes, malformed: reason)
        workspace.exchangeRequest(with: &request)
    }

    /// The next handshake of WebSocket has another key.
    mutating func renewKey() {
        var random = SystemRandomNumberGenerator()
        workspace.webSocketKey = WebSocketHandshake.key(random.next(), random.next())
    }

    /// A slot for a stream of a connection; nil when there is none.
    private mutating func takeStream(_ connection: Int, _ reference: StreamReference) -> Int? {
        if exchanges.count == exchanges.capacity { return nil }
        guard let stream = streams.take(ClientStream(connection: Int32(connection), reference: reference)) else {
            return nil
        }
        let whole = clients[connection]
        var client = ClientConnection(
            socket: -1, listener: whole.listener, generation: whole.generation, port: whole.port,
            address: whole.address)
        client.stream = Int16(stream)
        client.phase = .exchange
        client.isTLS = whole.isTLS
        client.tlsVersion = whole.tlsVersion
        guard let slot = clients.take(client) else {
            streams.giveBack(stream)
            return nil
        }
        multiplexes[connection].connection.setTag(reference, Int32(slot))
        return slot
    }

    private mutating func beginExchange(_ slot: Int, _ bytes: Int, malformed reason: Reason?) {
        guard let number = exchanges.take(makeExchange(slot, bytesIn: bytes)) else {
            endClient(slot)
            return
        }
        clients[slot].exchange = Int32(number)
        guard let reason else {
            route(number, slot)
            return
        }
        tally.malformed &+= 1
        draftTexts(number, site: nil, route: nil, malformed: true)
        refuse(number, reason)
    }

    // MARK: What the client sends

    /// Takes data of a stream, which stands in `start..<end` of its connection's input.
    mutating func takeData(
        _ connection: Int, _ reference: StreamReference, _ start: Int, _ end: Int, _ endsStream: Bool
    ) {
        let slot = Int(multiplexes[connection].connection.tag(reference))
        if slot < 0 { return }
        if !keep(slot, clients[connection].input, start, end) {
            loseClient(slot, because: .memory)
            return
        }
        if endsStream { clients[slot].peerFinished = true }
        clients[slot].bodyReceived &+= UInt64(end - start)
        advance(slot)
    }

    /// Copies data behind what waits in the stream's input; false when there is no memory.
    private mutating func keep(_ slot: Int, _ buffer: Buffer, _ start: Int, _ end: Int) -> Bool {
        let stream = Int(clients[slot].stream)
        var position = start
        if position < end && !streams[stream].more.isSome {
            if !clients[slot].input.isSome {
                clients[slot].input = buffers.take()
                if !clients[slot].input.isSome { return false }
            }
            let place = Int(clients[slot].inputEnd)
            let count = min(end - position, buffers.size - place)
            buffers.copy(from: buffer, at: position, count: count, to: clients[slot].input, at: place)
            clients[slot].inputEnd += Int32(count)
            position += count
        }
        if position == end { return true }
        if !streams[stream].more.isSome {
            streams[stream].more = buffers.take()
            if !streams[stream].more.isSome { return false }
        }
        let place = Int(streams[stream].moreEnd)
        buffers.copy(from: buffer, at: position, count: end - position, to: streams[stream].more, at: place)
        streams[stream].moreEnd += Int32(end - position)
        return true
    }

    /// Takes the trailer section that is in the workspace, and with it the end of the stream.
    mutating func takeTrailers(_ connection: Int, _ reference: StreamReference) {
        let slot = Int(multiplexes[connection].connection.tag(reference))
        if slot < 0 { return }
        clients[slot].peerFinished = true
        if workspace.trailers.count > 0 && exchanges[Int(clients[slot].exchange)].requestFraming == .chunked {
            let stream = Int(clients[slot].stream)
            streams[stream].trailers = buffers.take()
            if !streams[stream].trailers.isSome {
                loseClient(slot, because: .memory)
                return
            }
            let count = Worker.writeTrailers(workspace, &buffers, streams[stream].trailers)
            guard let count else {
                loseClient(slot, because: .requestTrailerSize)
                return
            }
            streams[stream].trailersEnd = Int32(count)
        }
        advance(slot)
    }

    /// Writes the end of a chunked body with the trailer fields of the workspace; nil when it does not fit.
    private static func writeTrailers(
        _ workspace: borrowing HTTP2Workspace, _ buffers: inout BufferPool, _ target: Buffer
    ) -> Int? {
        var writer = ByteWriter(buffers.mutableBytes(target, 0, buffers.size))
        ChunkedEncoder.end(trailers: workspace.trailers, to: &writer)
        return writer.overflowed ? nil : writer.count
    }

    /// Has the next of what was received be the stream's input.
    @inline(never)
    mutating func receive(ofStream slot: Int) -> Transfer {
        if clients[slot].inputCount > 0 { return .wouldBlock }
        releaseInput(ofStream: slot)
        let stream = Int(clients[slot].stream)
        if streams[stream].more.isSome {
            clients[slot].input = streams[stream].more
            clients[slot].inputEnd = streams[stream].moreEnd
            streams[stream].more = .none
            streams[stream].moreEnd = 0
            return .moved(0)
        }
        if !clients[slot].peerFinished { return .wouldBlock }
        clients[slot].hasEnded = true
        return .ended
    }

    /// Gives the input's buffer back when all of it has been used, and with it lets the client send as much more.
    @inline(never)
    mutating func releaseInput(ofStream slot: Int) {
        if clients[slot].inputCount > 0 || !clients[slot].input.isSome { return }
        let stream = streams[Int(clients[slot].stream)]
        let connection = Int(stream.connection)
        let count = Int(clients[slot].inputEnd)
        buffers.giveBack(&clients[slot].input)
        clients[slot].inputStart = 0
        clients[slot].inputEnd = 0
        multiplexes[connection].connection.consume(stream.reference, count)
        if multiplexes[connection].connection.hasDues { resumeLater(connection) }
    }

    /// Whether all of the request's body has been used.
    private func bodyEnded(_ slot: Int) -> Bool {
        clients[slot].peerFinished && clients[slot].inputCount == 0
            && !streams[Int(clients[slot].stream)].more.isSome
    }

    /// Puts what has come of a body of unknown length into a chunk for the upstream. Answers whether to go on.
    @inline(never)
    mutating func chunkBody(_ number: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        if bodyEnded(slot) { return endChunks(number, slot) }
        if clients[slot].inputCount == 0 { return receiveBody(number, slot) }
        exchanges[number].canRepeat = false
        let target = exchanges[number].request
        let count = min(clients[slot].inputCount, buffers.size - ChunkedEncoder.longestOpening - 2)
        var opening = ByteWriter(buffers.mutableBytes(target, 0, buffers.size))
        ChunkedEncoder.open(count: count, to: &opening)
        let start = opening.count
        buffers.copy(from: clients[slot].input, at: Int(clients[slot].inputStart), count: count, to: target, at: start)
        var closing = ByteWriter(buffers.mutableBytes(target, start + count, buffers.size))
        ChunkedEncoder.close(to: &closing)
        let end = start + count + closing.count
        exchanges[number].requestStart = 0
        exchanges[number].requestEnd = Int32(end)
        clients[slot].inputStart += Int32(count)
        exchanges[number].bytesIn &+= UInt64(count)
        exchanges[number].bodyCount &+= UInt64(count)
        releaseInput(slot)
        if exchanges[number].bodyCount > exchanges[number].bodyLimit {
            fail(number, .requestBodySize)
            return false
        }
        return true
    }

    private mutating func endChunks(_ number: Int, _ slot: Int) -> Bool {
        let stream = streams[Int(clients[slot].stream)]
        let target = exchanges[number].request
        exchanges[number].requestStart = 0
        if stream.trailers.isSome {
            buffers.copy(from: stream.trailers, at: 0, count: Int(stream.trailersEnd), to: target, at: 0)
            exchanges[number].requestEnd = stream.trailersEnd
        } else {
            var writer = ByteWriter(buffers.mutableBytes(target, 0, buffers.size))
            ChunkedEncoder.end(to: &writer)
            let count = writer.count
            exchanges[number].requestEnd = Int32(count)
        }
        return finishRequest(number)
    }

    // MARK: The end

    /// The client has broken the stream off, or must not have it any longer.
    mutating func loseStream(_ connection: Int, _ reference: StreamReference, _ reason: Reason) {
        let slot = Int(multiplexes[connection].connection.tag(reference))
        if slot >= 0 {
            loseClient(slot, because: reason)
        } else {
            multiplexes[connection].connection.release(reference)
        }
    }

    /// Frees a stream. What is not finished on it is broken off; its exchange has ended before.
    @inline(never)
    mutating func endStream(_ slot: Int) {
        let number = Int(clients[slot].stream)
        var stream = streams[number]
        buffers.giveBack(&clients[slot].input)
        buffers.giveBack(&clients[slot].output)
        buffers.giveBack(&stream.more)
        buffers.giveBack(&stream.trailers)
        timers.disarm(slot)
        multiplexes[Int(stream.connection)].connection.release(stream.reference)
        resumeLater(Int(stream.connection))
        streams.giveBack(number)
        clients.giveBack(slot)
    }
}
