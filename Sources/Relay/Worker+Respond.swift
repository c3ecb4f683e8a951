internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys

/// The response's way to the client: its head, then its body as it comes, never faster than the client takes it.
extension Worker {
    mutating func receiveResponse(_ number: Int) {
        let generation = exchanges.generation(number)
        for _ in 0..<Worker.share {
            if !exchanges.holds(number, generation: generation) { return }
            let goesOn =
                switch exchanges[number].phase {
                case .response: readResponseHead(number)
                case .body: sendBody(number)
                case .begun, .dialling, .queued, .tunnel: false
                }
            if !goesOn { return }
        }
        if exchanges.holds(number, generation: generation) { resumeLater(Int(exchanges[number].client)) }
    }

    // MARK: The head

    private mutating func readResponseHead(_ number: Int) -> Bool {
        let upstream = Int(exchanges[number].upstream)
        if upstream < 0 { return false }
        if upstreams[upstream].inputCount > 0 {
            switch Worker.scan(&upstreams, upstream, buffers, current.responseLimits) {
            case .complete(let start, let end): return takeResponseHead(number, upstream, start, end)
            case .malformed(let reason):
                fail(number, reason)
                return false
            case .needMore: compactInput(ofUpstream: upstream)
            }
        }
        switch receive(fromUpstream: upstream) {
        case .moved: return true
        case .wouldBlock: return false
        case .ended, .failed:
            loseUpstream(number)
            return false
        }
    }

    private static func scan(
        _ upstreams: inout SlotTable<UpstreamConnection>, _ slot: Int, _ buffers: borrowing BufferPool,
        _ limits: HeadLimits
    ) -> HeadScanner.Event {
        let upstream = upstreams[slot]
        return upstreams[slot].scanner.scan(
            buffers.bytes(upstream.input, Int(upstream.inputStart), Int(upstream.inputEnd)), limits: limits)
    }

    private mutating func takeResponseHead(_ number: Int, _ upstream: Int, _ start: Int, _ end: Int) -> Bool {
        let first = Int(upstreams[upstream].inputStart)
        let outcome = Worker.parse(
            buffers, upstreams[upstream].input, first + start, first + end, exchanges[number].method,
            current.responseLimits, into: &response)
        upstreams[upstream].inputStart += Int32(end)
        upstreams[upstream].scanner = HeadScanner(side: .response)
        if case .malformed(let reason) = outcome {
            fail(number, reason)
            return false
        }
        exchanges[number].canRepeat = false
        // The protocols that were offered are looked up there when the server agrees to one.
        if exchanges[number].requestSent && exchanges[number].requestPending == 0 && !exchanges[number].wantsUpgrade {
            buffers.giveBack(&exchanges[number].request)
        }
        if exchanges[number].scope >= 0 && !rewriteResponse(number) {
            fail(number, .upstreamResponseSize)
            return false
        }
        if response.isInterim { return passInterim(number) }
        if response.status == 101 { return switchProtocol(number, upstream) }
        return beginResponse(number, upstream)
    }

    private static func parse(
        _ buffers: borrowing BufferPool, _ input: Buffer, _ start: Int, _ end: Int, _ method: Method,
        _ limits: HeadLimits, into response: inout ResponseHead
    ) -> ResponseOutcome {
        ResponseParser.parse(
            buffers.bytes(input, start, end), requestMethod: method, limits: limits, into: &response)
    }

    /// Passes a 1xx on. 100 is ours to say, and HTTP/1.0 knows none of them (RFC 9110 section 15.2).
    private mutating func passInterim(_ number: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        exchanges[number].interims &+= 1
        if exchanges[number].interims > Worker.interimLimit {
            fail(number, .upstreamResponseFraming)
            return false
        }
        if response.status == 100 || exchanges[number].minorVersion == 0 || !openOutput(slot) { return true }
        let generation = clients.generation(slot)
        if !writeResponse(slot, framing: .none, connection: .keepAlive, minorVersion: 1) { return true }
        _ = flush(slot)
        return clients.holds(slot, generation: generation)
    }

    /// The most interim responses before a final one.
    private static var interimLimit: UInt8 { 32 }

    private mutating func beginResponse(_ number: Int, _ upstream: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        // To a client of HTTP/2 that asks for a tunnel a success would be one (RFC 8441 section 5).
        if exchanges[number].wantsUpgrade && response.status / 100 == 2 && isStream(number) {
            fail(number, .upstreamResponseUpgrade)
            return false
        }
        let minorVersion = exchanges[number].minorVersion
        // The end of a stream is seen as the end of a connection is.
        let framing = ResponseSerializer.framing(of: response, clientMinorVersion: isStream(number) ? 0 : minorVersion)
        exchanges[number].status = response.status
        exchanges[number].responseFraming = response.framing
        exchanges[number].clientFraming = framing
        exchanges[number].upstreamPersists = !response.wantsClose && response.framing != .untilClose
        if case .length(let count) = response.framing { exchanges[number].responseRemaining = count }
        exchanges[number].phase = .body
        exchanges[number].responseBegun = true
        timers.arm(exchangeTimer(number), at: now + exchanges[number].bodyTime)
        if framing == .untilClose || (exchanges[number].requestFraming.hasBody && !exchanges[number].requestSent) {
            clients[slot].closesAfterExchange = true
        }
        if isDraining { clients[slot].closesAfterExchange = true }
        if !response.framing.hasBody || response.framing == .length(0) {
            exchanges[number].responseReceived = true
        }
        if !openOutput(slot) {
            exchanges[number].responseBegun = false
            fail(number, .memory)
            return false
        }
        let connection: ResponseSerializer.Connection = clients[slot].closesAfterExchange ? .close : .keepAlive
        if !writeResponse(slot, framing: framing, connection: connection, minorVersion: minorVersion) {
            exchanges[number].responseBegun = false
            fail(number, .upstreamResponseSize)
            return false
        }
        appendSmallBody(number, upstream, slot)
        return true
    }

    /// Writes the response's head behind what is in the client's output; false when it does not fit.
    mutating func writeResponse(
        _ slot: Int, framing: MessageFraming, connection: ResponseSerializer.Connection, minorVersion: UInt8
    ) -> Bool {
        let count =
            exchanges[Int(clients[slot].exchange)].scope >= 0
            ? serialiseChanged(slot, framing, connection, minorVersion)
            : Worker.serialise(
                response, current.names, framing, connection, minorVersion, to: &buffers, clients[slot].output,
                Int(clients[slot].outputEnd))
        guard let count else { return false }
        clients[slot].outputEnd += Int32(count)
        return true
    }

    private static func serialise(
        _ response: borrowing ResponseHead, _ names: borrowing NameTable, _ framing: MessageFraming,
        _ connection: ResponseSerializer.Connection, _ minorVersion: UInt8, to buffers: inout BufferPool,
        _ output: Buffer, _ start: Int
    ) -> Int? {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        ResponseSerializer.write(
            response, framing: framing, connection: connection, clientMinorVersion: minorVersion,
            pseudonym: names.pseudonym(), to: &writer)
        return writer.overflowed ? nil : writer.count
    }

    /// Puts the part of the body that is there behind the head: all of it while a copy is cheap, and for TLS, which
    /// copies anyway, as much as there is room for, because each write is a record.
    private mutating func appendSmallBody(_ number: Int, _ upstream: Int, _ slot: Int) {
        guard case .length = exchanges[number].responseFraming, exchanges[number].responseRemaining > 0 else { return }
        let there = min(upstreams[upstream].inputCount, Int(min(exchanges[number].responseRemaining, 1 << 30)))
        // A stream's body goes from there into frames without a stop.
        if there == 0 || clients[slot].stream >= 0 || (!clients[slot].isTLS && there > Worker.smallBody) { return }
        let count = min(there, buffers.size - Int(clients[slot].outputEnd))
        buffers.copy(
            from: upstreams[upstream].input, at: Int(upstreams[upstream].inputStart), count: count,
            to: clients[slot].output, at: Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
        consumeResponse(number, upstream, count)
    }

    private mutating func consumeResponse(_ number: Int, _ upstream: Int, _ count: Int) {
        upstreams[upstream].inputStart += Int32(count)
        exchanges[number].responseRemaining -= UInt64(count)
        if exchanges[number].responseRemaining == 0 { exchanges[number].responseReceived = true }
        releaseInput(ofUpstream: upstream)
    }

    // MARK: The body

    private mutating func sendBody(_ number: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        if exchanges[number].responseReceived {
            let isPending = clients[slot].outputCount > 0 || clients[slot].stream >= 0
            if isPending && !flushOrWait(slot, endsResponse: true) { return false }
            complete(number)
            return false
        }
        let upstream = Int(exchanges[number].upstream)
        switch (exchanges[number].responseFraming, exchanges[number].clientFraming) {
        case (.length, _), (.untilClose, .untilClose): return sendPlain(number, upstream, slot)
        default: return sendRecoded(number, upstream, slot)
        }
    }

    /// Sends output and body straight from the upstream's input; with one call where both are there.
    private mutating func sendPlain(_ number: Int, _ upstream: Int, _ slot: Int) -> Bool {
        let isCounted = exchanges[number].responseFraming != .untilClose
        var count = upstreams[upstream].inputCount
        if isCounted { count = Int(min(UInt64(count), exchanges[number].responseRemaining)) }
        if count == 0 {
            if clients[slot].outputCount > 0 && !flushOrWait(slot) { return false }
            return receiveBodyPart(number, upstream)
        }
        let isLast = isCounted && UInt64(count) == exchanges[number].responseRemaining
        if clients[slot].isTLS || clients[slot].outputCount == 0 || clients[slot].stream >= 0 {
            if clients[slot].outputCount > 0 && !flushOrWait(slot) { return false }
            let start = Int(upstreams[upstream].inputStart)
            let transfer = send(slot, upstreams[upstream].input, start, start + count, endsResponse: isLast)
            return took(number, upstream, slot, transfer, isCounted)
        }
        return sendBoth(number, upstream, slot, count, isCounted, isLast)
    }

    private mutating func sendBoth(
        _ number: Int, _ upstream: Int, _ slot: Int, _ count: Int, _ isCounted: Bool, _ isLast: Bool
    ) -> Bool {
        if !clients[slot].canWrite { return waitForClient(slot) }
        let pending = clients[slot].outputCount
        if isLast { prepareRecord(number, sending: pending + count) }
        let start = Int(upstreams[upstream].inputStart)
        var transfer = Socket.send(
            clients[slot].socket,
            buffers.bytes(clients[slot].output, Int(clients[slot].outputStart), Int(clients[slot].outputEnd)),
            buffers.bytes(upstreams[upstream].input, start, start + count))
        note(slot, transfer, of: pending + count)
        if case .moved(let moved) = transfer {
            if moved < pending {
                clients[slot].outputStart += Int32(moved)
                return waitForClient(slot)
            }
            buffers.giveBack(&clients[slot].output)
            clients[slot].outputStart = 0
            clients[slot].outputEnd = 0
            if moved == pending { return true }
            transfer = .moved(moved - pending)
        }
        return took(number, upstream, slot, transfer, isCounted)
    }

    /// Notes how much of the upstream's input the client took. Answers whether to go on.
    private mutating func took(
        _ number: Int, _ upstream: Int, _ slot: Int, _ transfer: Transfer, _ isCounted: Bool
    ) -> Bool {
        switch transfer {
        case .moved(let moved):
            if isCounted {
                consumeResponse(number, upstream, moved)
            } else {
                upstreams[upstream].inputStart += Int32(moved)
                releaseInput(ofUpstream: upstream)
            }
            return true
        case .wouldBlock: return waitForClient(slot)
        case .ended, .failed:
            loseClient(slot)
            return false
        }
    }

    /// Takes the body out of the upstream's framing and puts it into the client's.
    private mutating func sendRecoded(_ number: Int, _ upstream: Int, _ slot: Int) -> Bool {
        if clients[slot].outputCount > 0 && (clients[slot].outputCount > buffers.size / 2 || !hasInput(upstream)) {
            if !flushOrWait(slot) { return false }
        }
        if !hasInput(upstream) { return receiveBodyPart(number, upstream) }
        if !openOutput(slot) {
            fail(number, .memory)
            return false
        }
        if exchanges[number].responseFraming == .untilClose { return chunkInput(number, upstream, slot) }
        let result =
            exchanges[number].scope < 0
            ? recode(number, upstream, slot) : recodeChanged(number, upstream, slot)
        upstreams[upstream].inputStart += Int32(result.consumed)
        clients[slot].outputEnd += Int32(result.written)
        if result.trailers > 0 { streams[Int(clients[slot].stream)].outputTrailers = Int32(result.trailers) }
        if let reason = result.malformed {
            fail(number, reason)
            return false
        }
        releaseInput(ofUpstream: upstream)
        if result.isEnd { exchanges[number].responseReceived = true }
        if result.isEnd || result.consumed > 0 { return true }
        if result.written == 0 && clients[slot].outputCount > 0 { return flushOrWait(slot) }
        compactInput(ofUpstream: upstream)
        return receiveBodyPart(number, upstream)
    }

    private mutating func recode(_ number: Int, _ upstream: Int, _ slot: Int) -> Recoder.Result {
        var decoder = exchanges[number].responseDecoder
        let result = Recoder.recode(
            &decoder, &buffers, from: upstreams[upstream].input, Int(upstreams[upstream].inputStart),
            Int(upstreams[upstream].inputEnd), to: clients[slot].output, Int(clients[slot].outputEnd),
            chunks: exchanges[number].clientFraming == .chunked, trailers: isStream(number), current.chunkLimits,
            current.responseLimits)
        exchanges[number].responseDecoder = decoder
        return result
    }

    private func hasInput(_ upstream: Int) -> Bool { upstreams[upstream].inputCount > 0 }

    /// Makes one chunk of what has come of a body that ends with its connection.
    private mutating func chunkInput(_ number: Int, _ upstream: Int, _ slot: Int) -> Bool {
        let end = Int(clients[slot].outputEnd)
        let room = buffers.size - end - ChunkedEncoder.longestOpening - 2
        if room <= 0 { return flushOrWait(slot) }
        let count = min(upstreams[upstream].inputCount, room)
        var opening = ByteWriter(buffers.mutableBytes(clients[slot].output, end, buffers.size))
        ChunkedEncoder.open(count: count, to: &opening)
        let start = end + opening.count
        buffers.copy(
            from: upstreams[upstream].input, at: Int(upstreams[upstream].inputStart), count: count,
            to: clients[slot].output, at: start)
        var closing = ByteWriter(buffers.mutableBytes(clients[slot].output, start + count, buffers.size))
        ChunkedEncoder.close(to: &closing)
        clients[slot].outputEnd = Int32(start + count + closing.count)
        upstreams[upstream].inputStart += Int32(count)
        releaseInput(ofUpstream: upstream)
        return true
    }

    private mutating func receiveBodyPart(_ number: Int, _ upstream: Int) -> Bool {
        switch receive(fromUpstream: upstream) {
        case .moved:
            timers.arm(exchangeTimer(number), at: now + exchanges[number].bodyTime)
            return true
        case .wouldBlock: return false
        case .ended:
            if exchanges[number].responseFraming != .untilClose {
                fail(number, .upstreamResponseTruncated)
                return false
            }
            return endOfClose(number)
        case .failed:
            fail(number, .upstreamResponseTruncated)
            return false
        }
    }

    /// The upstream closed, and so ended its response.
    private mutating func endOfClose(_ number: Int) -> Bool {
        exchanges[number].responseReceived = true
        let slot = Int(exchanges[number].client)
        if exchanges[number].clientFraming != .chunked { return true }
        if !openOutput(slot) {
            fail(number, .memory)
            return false
        }
        let end = Int(clients[slot].outputEnd)
        var writer = ByteWriter(buffers.mutableBytes(clients[slot].output, end, buffers.size))
        ChunkedEncoder.end(to: &writer)
        if writer.overflowed {
            exchanges[number].responseReceived = false
            return flushOrWait(slot)
        }
        let count = writer.count
        clients[slot].outputEnd += Int32(count)
        return true
    }

    // MARK: Waiting for the client

    /// Flushes the output; where the client does not take all, its time for that runs. A lost client ends here.
    mutating func flushOrWait(_ slot: Int, endsResponse: Bool = false) -> Bool {
        let generation = clients.generation(slot)
        if flush(slot, endsResponse: endsResponse) { return true }
        return clients.holds(slot, generation: generation) ? waitForClient(slot) : false
    }

    /// The client's time to take something runs, since the last time that it did. Answers false, for a caller to
    /// stop with.
    mutating func waitForClient(_ slot: Int) -> Bool {
        if clients[slot].blockedSince == 0 {
            clients[slot].blockedSince = now
            timers.arm(slot, at: now + time(.send))
        }
        return false
    }

    /// Makes sure that the client has an output buffer; false when there is no memory.
    mutating func openOutput(_ slot: Int) -> Bool {
        if clients[slot].output.isSome { return true }
        clients[slot].output = buffers.take()
        clients[slot].outputStart = 0
        clients[slot].outputEnd = 0
        return clients[slot].output.isSome
    }
}
