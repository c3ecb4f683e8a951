internal import Bytes
internal import HTTPModel
internal import Plan
internal import Sys

/// What happens when a time is over.
extension Worker {
    mutating func expireDeadlines() {
        while let owner = timers.next(now: now) {
            if owner < clients.capacity {
                if clients.isTaken(owner) { clientDeadline(owner) }
            } else if owner < clients.capacity + upstreams.capacity {
                let slot = owner - clients.capacity
                if upstreams.isTaken(slot) && upstreams[slot].exchange < 0 { endUpstream(slot) }
            } else {
                let number = owner - clients.capacity - upstreams.capacity
                if exchanges.isTaken(number) { exchangeDeadline(number) }
            }
        }
        if acceptsPaused && !isDraining && now >= acceptAgain { startListening() }
        if isDraining && now >= drainDeadline { endEverything() }
    }

    private mutating func clientDeadline(_ slot: Int) {
        switch clients[slot].phase {
        case .handshake:
            tally.handshakesFailed &+= 1
            endClient(slot)
        case .head: if clients[slot].inputCount > 0 { refuseSlowHead(slot) } else { endClient(slot) }
        case .exchange: exchangeStalled(slot)
        case .multiplexed: multiplexDeadline(slot)
        case .preface, .finishing, .lingering, .tunnel: endClient(slot)
        }
    }

    /// The client takes too long to take the response, or to send its body.
    private mutating func exchangeStalled(_ slot: Int) {
        let number = Int(clients[slot].exchange)
        if clients[slot].blockedSince > 0 {
            if now >= clients[slot].blockedSince + time(.send) && !isStalled(slot) {
                clients[slot].blockedSince = now
            }
            if now >= clients[slot].blockedSince + time(.send) {
                exchanges[number].reason = .deadlineWrite
                abort(number)
                endClient(slot)
                return
            }
            timers.arm(slot, at: clients[slot].blockedSince + time(.send))
        }
        if clients[slot].bodySince == 0 { return }
        let waited = now - clients[slot].bodySince
        let grace = time(.bodyGrace)
        let rate = current.plan.limits[.bodyRate]
        if waited >= grace && clients[slot].bodyReceived &* 1_000_000 < rate &* (waited - grace + 1_000_000) {
            clients[slot].closesAfterExchange = true
            fail(number, .deadlineBody)
        } else if clients[slot].blockedSince == 0 {
            timers.arm(slot, at: now + 1_000_000)
        }
    }

    private mutating func exchangeDeadline(_ number: Int) {
        switch exchanges[number].phase {
        case .begun: break
        case .dialling:
            cancelDial(number)
            fail(number, .upstreamConnectTimeout)
        case .queued:
            if now >= exchanges[number].start + current.pools[Int(exchanges[number].pool)].queueWait {
                fail(number, .poolQueueTimeout)
            } else {
                dequeue(number)
                connect(number)
            }
        case .response, .body: upstreamStalled(number)
        case .tunnel: endTunnel(number)
        }
    }

    /// The upstream takes too long, unless it is the client that everything waits for.
    private mutating func upstreamStalled(_ number: Int) {
        let slot = Int(exchanges[number].client)
        if clients[slot].bodySince > 0 || clients[slot].blockedSince > 0 {
            timers.arm(exchangeTimer(number), at: now + exchanges[number].bodyTime)
        } else {
            fail(number, .upstreamTimeout)
        }
    }

    private mutating func endEverything() {
        for slot in 0..<clients.end where clients.isTaken(slot) {
            loseClient(slot, because: .draining)
        }
    }
}
