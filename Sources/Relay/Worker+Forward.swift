internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys

/// The request's way to the upstream: its head, then its body as it comes, never faster than the upstream takes it.
extension Worker {
    /// Goes on with both directions of an exchange as far as they go now.
    mutating func pump(_ number: Int) {
        let generation = exchanges.generation(number)
        if exchanges[number].phase == .response {
            // An interim response that the client did not take at once.
            let slot = Int(exchanges[number].client)
            if clients[slot].outputCount > 0 { _ = flushOrWait(slot) }
            if !exchanges.holds(number, generation: generation) { return }
        }
        if exchanges[number].upstream >= 0 && !exchanges[number].responseReceived {
            sendRequest(number)
            if !exchanges.holds(number, generation: generation) { return }
        }
        if exchanges[number].phase == .tunnel {
            pumpTunnel(number)
        } else if exchanges[number].phase == .response || exchanges[number].phase == .body {
            receiveResponse(number)
        }
    }

    /// Whether the exchange came as a stream of HTTP/2.
    func isStream(_ number: Int) -> Bool { clients[Int(exchanges[number].client)].stream >= 0 }

    private mutating func sendRequest(_ number: Int) {
        let generation = exchanges.generation(number)
        let upstream = Int(exchanges[number].upstream)
        for _ in 0..<Worker.share {
            if exchanges[number].requestSent && exchanges[number].requestPending == 0 { return }
            if exchanges[number].requestPending > 0 {
                if !flushRequest(number, upstream) { return }
                continue
            }
            let goesOn =
                switch exchanges[number].requestFraming {
                case .none, .untilClose: finishRequest(number)
                case .length: sendPlainBody(number, upstream)
                case .chunked: isStream(number) ? chunkBody(number) : encodeBody(number)
                }
            if !goesOn || !exchanges.holds(number, generation: generation) { return }
        }
        resumeLater(Int(exchanges[number].client))
    }

    mutating func finishRequest(_ number: Int) -> Bool {
        exchanges[number].requestSent = true
        clients[Int(exchanges[number].client)].bodySince = 0
        return true
    }

    /// Sends what the request's buffer holds. Answers whether all of it went.
    private mutating func flushRequest(_ number: Int, _ upstream: Int) -> Bool {
        if !upstreams[upstream].canWrite { return waitForUpstream(number) }
        let start = Int(exchanges[number].requestStart)
        let end = Int(exchanges[number].requestEnd)
        switch Socket.send(upstreams[upstream].socket, buffers.bytes(exchanges[number].request, start, end)) {
        case .moved(let count):
            exchanges[number].requestStart += Int32(count)
            timers.arm(exchangeTimer(number), at: now + exchanges[number].responseTime)
            if count == end - start { return true }
            upstreams[upstream].canWrite = false
            return waitForUpstream(number)
        case .wouldBlock:
            upstreams[upstream].canWrite = false
            return waitForUpstream(number)
        // A server may refuse a request early and close: its answer is read first.
        case .ended, .failed:
            stopRequest(number)
            return false
        }
    }

    /// Passes a body with Content-Length on, straight from the client's input.
    private mutating func sendPlainBody(_ number: Int, _ upstream: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        if exchanges[number].requestRemaining == 0 { return finishRequest(number) }
        let count = min(clients[slot].inputCount, Int(min(exchanges[number].requestRemaining, UInt64(Int32.max))))
        if count == 0 { return receiveBody(number, slot) }
        if !upstreams[upstream].canWrite { return waitForUpstream(number) }
        exchanges[number].canRepeat = false
        let start = Int(clients[slot].inputStart)
        switch Socket.send(
            upstreams[upstream].socket, buffers.bytes(clients[slot].input, start, start + count))
        {
        case .moved(let moved):
            clients[slot].inputStart += Int32(moved)
            exchanges[number].requestRemaining -= UInt64(moved)
            exchanges[number].bytesIn &+= UInt64(moved)
            timers.arm(exchangeTimer(number), at: now + exchanges[number].responseTime)
            if moved < count { upstreams[upstream].canWrite = false }
            releaseInput(slot)
            return true
        case .wouldBlock:
            upstreams[upstream].canWrite = false
            return waitForUpstream(number)
        case .ended, .failed:
            stopRequest(number)
            return false
        }
    }

    /// The upstream takes nothing now, so the client's time for its body does not run. Answers false, for a caller
    /// to stop with.
    private mutating func waitForUpstream(_ number: Int) -> Bool {
        clients[Int(exchanges[number].client)].bodySince = 0
        return false
    }

    /// Decodes chunks of the client's input and encodes them afresh into the request's buffer.
    private mutating func encodeBody(_ number: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        if clients[slot].inputCount == 0 { return receiveBody(number, slot) }
        exchanges[number].canRepeat = false
        exchanges[number].requestStart = 0
        exchanges[number].requestEnd = 0
        var decoder = exchanges[number].requestDecoder
        let result = Recoder.recode(
            &decoder, &buffers, from: clients[slot].input, Int(clients[slot].inputStart), Int(clients[slot].inputEnd),
            to: exchanges[number].request, 0, chunks: true, current.chunkLimits, current.headLimits)
        exchanges[number].requestDecoder = decoder
        clients[slot].inputStart += Int32(result.consumed)
        exchanges[number].bytesIn &+= UInt64(result.consumed)
        exchanges[number].bodyCount &+= UInt64(result.decoded)
        exchanges[number].requestEnd = Int32(result.written)
        if let reason = result.malformed {
            clients[slot].closesAfterExchange = true
            tally.malformed &+= 1
            fail(number, reason)
            return false
        }
        if exchanges[number].bodyCount > exchanges[number].bodyLimit {
            fail(number, .requestBodySize)
            return false
        }
        if result.isEnd { return finishRequest(number) }
        if result.written > 0 || result.consumed > 0 {
            releaseInput(slot)
            return true
        }
        return makeRoom(slot) && receiveBody(number, slot)
    }

    /// Moves a part of a chunk's frame that is not complete to the start of the input, so that the rest finds room.
    private mutating func makeRoom(_ slot: Int) -> Bool {
        let count = clients[slot].inputCount
        if clients[slot].inputStart > 0 {
            buffers.copy(
                from: clients[slot].input, at: Int(clients[slot].inputStart), count: count, to: clients[slot].input,
                at: 0)
            clients[slot].inputStart = 0
            clients[slot].inputEnd = Int32(count)
        }
        return count < buffers.size
    }

    /// Receives more of the body; asks for it first where the client waits to be asked. Answers whether some came.
    mutating func receiveBody(_ number: Int, _ slot: Int) -> Bool {
        if exchanges[number].awaitsContinue {
            exchanges[number].awaitsContinue = false
            // Within the final response it would be taken for a part of it.
            if !exchanges[number].responseBegun && !sendContinue(slot) { return false }
        }
        switch receive(slot) {
        case .moved(let count):
            clients[slot].bodyReceived &+= UInt64(count)
            return true
        case .wouldBlock:
            if clients[slot].bodySince == 0 {
                clients[slot].bodySince = now
                clients[slot].bodyReceived = 0
                timers.arm(slot, at: now + time(.bodyGrace))
            }
            releaseInput(slot)
        case .ended:
            clients[slot].closesAfterExchange = true
            fail(number, .requestBodyTruncated)
        case .failed: loseClient(slot)
        }
        return false
    }

    private mutating func sendContinue(_ slot: Int) -> Bool {
        if !openOutput(slot) { return true }
        let end = Int(clients[slot].outputEnd)
        var writer = ByteWriter(buffers.mutableBytes(clients[slot].output, end, buffers.size))
        writer.append(ResponseSerializer.continueResponse)
        let count = writer.count
        clients[slot].outputEnd += Int32(count)
        let generation = clients.generation(slot)
        _ = flush(slot)
        return clients.holds(slot, generation: generation)
    }

    /// The upstream takes no more of the request. What it answers still counts; the client's connection cannot be
    /// used again, because the rest of the request's body would be taken for the next request.
    private mutating func stopRequest(_ number: Int) {
        exchanges[number].requestStart = exchanges[number].requestEnd
        let slot = Int(exchanges[number].client)
        if exchanges[number].requestFraming.hasBody && !exchanges[number].canRepeat {
            clients[slot].closesAfterExchange = true
        }
        clients[slot].bodySince = 0
        exchanges[number].requestSent = true
        exchanges[number].requestBroken = true
        upstreams[Int(exchanges[number].upstream)].canRead = true
    }
}
