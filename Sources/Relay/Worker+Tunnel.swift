internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Sys
internal import TLS

/// After 101: bytes go both ways, each no faster than the other side takes them.
extension Worker {
    /// The upstream agreed to another protocol. Only a client that asked for it may have it, and nothing it sent
    /// before the agreement was passed on.
    mutating func switchProtocol(_ number: Int, _ upstream: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        // A server that agrees before it has the whole request has not read what it agrees to.
        let isWhole = exchanges[number].requestSent && exchanges[number].requestPending == 0
        if !isWhole || !agreesToOffer(number) || !openOutput(slot) {
            fail(number, .upstreamResponseUpgrade)
            return false
        }
        if !writeResponse(slot, framing: .none, connection: .upgrade, minorVersion: 1) {
            fail(number, .upstreamResponseSize)
            return false
        }
        exchanges[number].status = 101
        exchanges[number].responseBegun = true
        exchanges[number].phase = .tunnel
        clients[slot].phase = .tunnel
        clients[slot].closesAfterExchange = true
        tunnels += 1
        buffers.giveBack(&exchanges[number].request)
        timers.disarm(slot)
        timers.arm(exchangeTimer(number), at: now + exchanges[number].bodyTime)
        pumpTunnel(number)
        return false
    }

    /// Whether the server names what it changes to, and that is what the client asked for (RFC 9110 section 7.8). A
    /// request that asks has no body: its buffer still holds its head.
    private func agreesToOffer(_ number: Int) -> Bool {
        guard exchanges[number].wantsUpgrade, let agreed = response.upgrade else { return false }
        if isStream(number) && !answersKey(number) { return false }
        return UpgradeOffer.contains(
            response.value(of: agreed),
            in: buffers.bytes(exchanges[number].request, 0, Int(exchanges[number].requestEnd)))
    }

    /// Whether the server of WebSocket answers the key that a client of HTTP/2 did not send and does not check.
    private func answersKey(_ number: Int) -> Bool {
        guard let answer = response.firstIndex(of: .secWebSocketAccept) else { return false }
        return WebSocketHandshake.isAnswer(
            response.value(of: answer),
            toKeyIn: buffers.bytes(exchanges[number].request, 0, Int(exchanges[number].requestEnd)))
    }

    mutating func pumpTunnel(_ number: Int) {
        let generation = exchanges.generation(number)
        let slot = Int(exchanges[number].client)
        let upstream = Int(exchanges[number].upstream)
        for _ in 0..<Worker.tunnelTurns {
            let down = moveDown(number, slot, upstream)
            if !exchanges.holds(number, generation: generation) { return }
            let up = moveUp(number, slot, upstream)
            if !exchanges.holds(number, generation: generation) { return }
            if !down && !up {
                rest(number, slot, upstream)
                return
            }
            timers.arm(exchangeTimer(number), at: now + exchanges[number].bodyTime)
        }
        resumeLater(slot)
    }

    /// Nothing moves for now: gives the buffers back, and ends the tunnel when both sides have said all.
    private mutating func rest(_ number: Int, _ slot: Int, _ upstream: Int) {
        releaseInput(slot)
        releaseInput(ofUpstream: upstream)
        let isOver = clients[slot].hasEnded && upstreams[upstream].hasEnded
        if isOver && clients[slot].inputCount == 0 && upstreams[upstream].inputCount == 0
            && clients[slot].outputCount == 0 && (clients[slot].stream < 0 || sendEnd(slot))
        {
            endTunnel(number)
        }
    }

    /// The most rounds of one tunnel in a turn of the loop.
    private static var tunnelTurns: Int { 8 }

    /// Ends both sides of a tunnel.
    mutating func endTunnel(_ number: Int) {
        let slot = Int(exchanges[number].client)
        releaseUpstream(of: number, persists: false)
        endExchange(number)
        finish(slot)
    }

    /// From the upstream to the client. Answers whether anything moved.
    private mutating func moveDown(_ number: Int, _ slot: Int, _ upstream: Int) -> Bool {
        if clients[slot].outputCount > 0 {
            let generation = clients.generation(slot)
            if !flush(slot) { return false }
            if !clients.holds(slot, generation: generation) { return false }
        }
        if upstreams[upstream].inputCount == 0 {
            if upstreams[upstream].hasEnded {
                if clients[slot].stream >= 0 { _ = sendEnd(slot) }
                return false
            }
            switch receive(fromUpstream: upstream) {
            case .moved: break
            case .wouldBlock: return false
            case .ended:
                upstreams[upstream].canRead = false
                if clients[slot].stream >= 0 {
                    _ = sendEnd(slot)
                    return false
                }
                if clients[slot].isTLS { _ = tls.shutdown(slot) }
                Socket.finishSending(clients[slot].socket)
                return false
            case .failed:
                endTunnel(number)
                return false
            }
        }
        let start = Int(upstreams[upstream].inputStart)
        let end = Int(upstreams[upstream].inputEnd)
        switch send(slot, upstreams[upstream].input, start, end) {
        case .moved(let count):
            upstreams[upstream].inputStart += Int32(count)
            releaseInput(ofUpstream: upstream)
            return true
        case .wouldBlock: return false
        case .ended, .failed:
            loseClient(slot)
            return false
        }
    }

    /// From the client to the upstream. Answers whether anything moved.
    private mutating func moveUp(_ number: Int, _ slot: Int, _ upstream: Int) -> Bool {
        if clients[slot].inputCount == 0 {
            if clients[slot].hasEnded { return false }
            switch receive(slot) {
            case .moved: break
            case .wouldBlock: return false
            case .ended:
                clients[slot].canRead = false
                Socket.finishSending(upstreams[upstream].socket)
                return false
            case .failed:
                loseClient(slot)
                return false
            }
        }
        if !upstreams[upstream].canWrite { return false }
        let start = Int(clients[slot].inputStart)
        let end = Int(clients[slot].inputEnd)
        switch Socket.send(upstreams[upstream].socket, buffers.bytes(clients[slot].input, start, end)) {
        case .moved(let count):
            clients[slot].inputStart += Int32(count)
            exchanges[number].bytesIn &+= UInt64(count)
            if count < end - start { upstreams[upstream].canWrite = false }
            releaseInput(slot)
            return true
        case .wouldBlock:
            upstreams[upstream].canWrite = false
            return false
        case .ended, .failed:
            endTunnel(number)
            return false
        }
    }
}
