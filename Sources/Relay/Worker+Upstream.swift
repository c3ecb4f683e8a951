internal import Balancer
internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys
internal import Wire

/// Connections to upstreams: taken from the idle ones, asked of the dialer, waited for, given back.
extension Worker {
    /// Finds a connection for an exchange that has none.
    mutating func connect(_ number: Int) {
        let pool = Int(exchanges[number].pool)
        if pool == Exchange.strayPool {
            fail(number, .upstreamUnavailable)
            return
        }
        guard let server = current.balancer.next(pool: pool, now: now) else {
            enqueue(number)
            return
        }
        exchanges[number].server = UInt16(server)
        let idle = Int(current.idle[server])
        if idle >= 0 {
            unfileIdle(idle)
            tally.upstreamReused &+= 1
            use(idle, for: number)
        } else {
            dialOrWait(number, server)
        }
    }

    /// Has a new connection dialled, or waits where as many as may be are open or asked for.
    private mutating func dialOrWait(_ number: Int, _ server: Int) {
        if dialling >= DialFormat.outstandingLimit || upstreams.count >= upstreams.capacity
            || UInt64(upstreams.count) >= current.plan.limits[.upstreamConnections]
        {
            enqueue(number)
        } else {
            dial(number, server)
        }
    }

    private mutating func use(_ upstream: Int, for number: Int) {
        leaveQueue(number)
        upstreams[upstream].exchange = Int32(number)
        exchanges[number].upstream = Int32(upstream)
        exchanges[number].phase = .response
        timers.arm(exchangeTimer(number), at: now + exchanges[number].responseTime)
        // Of a server that has gone from the plan since, the name was noted when it was dialled.
        if exchanges[number].hasServer { noteUpstream(number) }
        pump(number)
    }

    // MARK: The dialer

    private mutating func dial(_ number: Int, _ server: Int) {
        exchanges[number].phase = .dialling
        noteUpstream(number)
        // The dialer has a deadline of its own; this one is for the dialer's death.
        timers.arm(exchangeTimer(number), at: now + exchanges[number].responseTime)
        let request = DialRequest(action: .connect, id: dialId(number), upstream: UInt16(server))
        if dials.append(request, generation: current.number) {
            dialling += 1
        } else {
            fail(number, .upstreamUnavailable)
        }
    }

    mutating func cancelDial(_ number: Int) {
        dialling = max(dialling - 1, 0)
        _ = dials.append(
            DialRequest(action: .cancel, id: dialId(number), upstream: exchanges[number].server),
            generation: current.number)
    }

    private func dialId(_ number: Int) -> UInt64 { UInt64(exchanges.generation(number)) << 32 | UInt64(number) }

    /// Sends what the dialer is to know, at the end of each turn.
    mutating func sendDials() {
        while dials.count > 0, dialerRaw >= 0 {
            let batch = dials.encode(to: &scratch, scratchBuffer)
            if Channel.sendPlain(dialerRaw, scratch.bytes(scratchBuffer, 0, batch.bytes)) != nil { return }
            dials.removeFirst(batch.requests)
        }
    }

    /// Connections have come, or the word that there will be none.
    mutating func takeConnections() {
        var descriptors = Descriptors()
        while dialerRaw >= 0 {
            let raw = dialerRaw
            var span = scratch.mutableBytes(scratchBuffer, 0, DialFormat.messageLimit)
            switch Channel.receive(raw, into: &span, descriptors: &descriptors, limit: DialFormat.batchLimit) {
            case .nothing: return
            case .ended, .oversized:
                loseDialer()
                return
            case .message(let count): takeAnswers(count, &descriptors)
            }
        }
    }

    private mutating func takeAnswers(_ count: Int, _ descriptors: inout Descriptors) {
        var answers = InlineArray<64, DialAnswer>(repeating: DialAnswer(outcome: .failed, id: 0, upstream: 0))
        var answerCount = 0
        var generation: UInt32 = 0
        do throws(WireViolation) {
            var reader = MessageReader(scratch.bytes(scratchBuffer, 0, count))
            let head = try DialAnswer.readHead(&reader)
            generation = head.generation
            for index in 0..<head.count { answers[index] = try DialAnswer(reading: &reader) }
            try reader.end()
            answerCount = head.count
        } catch {
            control.report(.notice(text: "worker \(self.number): the dialer broke the rules of its channel"))
            loseDialer()
            return
        }
        var next = 0
        for index in 0..<answerCount {
            var socket: Int32 = -1
            if answers[index].outcome == .connected {
                socket = descriptors.take(next)?.release() ?? -1
                next += 1
            }
            takeAnswer(answers[index], socket, generation)
        }
    }

    private mutating func takeAnswer(_ answer: DialAnswer, _ socket: Int32, _ generation: UInt32) {
        let number = Int(answer.id & 0xffff_ffff)
        let isWanted =
            exchanges.holds(number, generation: UInt32(truncatingIfNeeded: answer.id >> 32))
            && exchanges[number].phase == .dialling
        if isWanted { dialling = max(dialling - 1, 0) }
        if socket >= 0 {
            guard let upstream = addUpstream(socket, answer, generation) else {
                if isWanted { fail(number, .memory) }
                return
            }
            if !isWanted {
                endUpstream(upstream)
                return
            }
            upstreams[upstream].server = exchanges[number].server
            if exchanges[number].hasServer { current.balancer.succeeded(Int(exchanges[number].server)) }
            use(upstream, for: number)
        } else if isWanted {
            dialFailed(number, answer.outcome, generation)
        }
    }

    private mutating func addUpstream(_ socket: Int32, _ answer: DialAnswer, _ generation: UInt32) -> Int? {
        tally.upstreamConnections &+= 1
        let slot = upstreams.take(
            UpstreamConnection(
                socket: socket, server: UpstreamConnection.strayServer, dialledGeneration: generation,
                dialledServer: answer.upstream, dialledBy: dialerNumber))
        guard let slot else {
            Socket.close(socket)
            _ = dials.append(DialRequest(action: .closed, id: 0, upstream: answer.upstream), generation: generation)
            return nil
        }
        do throws(Errno) {
            try poller.add(
                stream: socket, token: Token(.upstream, slot: slot, generation: upstreams.generation(slot)).raw)
        } catch {
            closeUpstream(slot)
            return nil
        }
        return slot
    }

    private mutating func dialFailed(_ number: Int, _ outcome: DialAnswer.Outcome, _ generation: UInt32) {
        if generation != current.number {
            // It says nothing of the current servers: what was asked of a policy is refused once that is retired.
            connect(number)
            return
        }
        if outcome == .exhausted {
            lookElsewhere(number)
            return
        }
        tally.upstreamFailed &+= 1
        if exchanges[number].hasServer { current.balancer.failed(Int(exchanges[number].server), now: now) }
        exchanges[number].attempts += 1
        let isStray = exchanges[number].pool == Exchange.strayPool
        if !isStray && exchanges[number].attempts < current.pools[Int(exchanges[number].pool)].serverCount {
            connect(number)
        } else {
            fail(number, outcome == .timedOut ? .upstreamConnectTimeout : .upstreamConnect)
        }
    }

    /// The server has as many connections as it may: another of the pool may have room. Where none has, or the time for
    /// that is over, the exchange waits.
    private mutating func lookElsewhere(_ number: Int) {
        let pool = Int(exchanges[number].pool)
        if exchanges[number].hasServer {
            current.balancer.filled(Int(exchanges[number].server), until: now + Worker.queueLook)
        }
        if pool != Exchange.strayPool && now >= exchanges[number].start + current.pools[pool].queueWait {
            enqueue(number)
        } else {
            connect(number)
        }
    }

    /// The dialer is gone; the next one is told again what is wanted.
    mutating func loseDialer() {
        dialer = nil
        dialerRaw = -1
        dialerNumber &+= 1
        dials.removeAll()
        dialling = 0
    }

    /// Asks a new dialer for everything that is still waited for.
    mutating func redial() {
        for number in 0..<exchanges.end where exchanges.isTaken(number) && exchanges[number].phase == .dialling {
            if exchanges[number].hasServer { dial(number, Int(exchanges[number].server)) } else { connect(number) }
        }
    }

    // MARK: Bytes

    /// Something happened on an upstream's socket.
    mutating func upstreamEvent(_ slot: Int, _ readiness: Readiness) {
        if readiness.contains(.writable) { upstreams[slot].canWrite = true }
        if !readiness.isDisjoint(with: [.readable, .peerFinished, .broken, .hangUp]) {
            upstreams[slot].canRead = true
            if !readiness.isDisjoint(with: [.peerFinished, .hangUp]) { upstreams[slot].peerFinished = true }
            if upstreams[slot].exchange < 0 {
                // An idle connection has nothing to say: the server closed it, or speaks out of turn.
                endUpstream(slot)
                return
            }
        }
        if upstreams[slot].exchange >= 0 { pump(Int(upstreams[slot].exchange)) }
    }

    mutating func receive(fromUpstream slot: Int) -> Transfer {
        if !upstreams[slot].canRead { return .wouldBlock }
        if !upstreams[slot].input.isSome {
            upstreams[slot].input = buffers.take()
            if !upstreams[slot].input.isSome { return .failed(0) }
        }
        // A buffer that is used up to its end has no room, and no room would look like the end of the connection.
        if upstreams[slot].inputCount == 0 {
            upstreams[slot].inputStart = 0
            upstreams[slot].inputEnd = 0
        }
        let end = Int(upstreams[slot].inputEnd)
        let socket = upstreams[slot].socket
        var target = buffers.mutableBytes(upstreams[slot].input, end, buffers.size)
        let transfer = Socket.receive(socket, into: &target)
        switch transfer {
        case .moved(let count):
            upstreams[slot].inputEnd += Int32(count)
            // A short read has emptied the socket, unless the end is behind it.
            if count < buffers.size - end && !upstreams[slot].peerFinished { upstreams[slot].canRead = false }
        case .wouldBlock:
            upstreams[slot].canRead = false
            releaseInput(ofUpstream: slot)
        case .ended:
            upstreams[slot].peerFinished = true
            upstreams[slot].hasEnded = true
        case .failed: break
        }
        return transfer
    }

    mutating func releaseInput(ofUpstream slot: Int) {
        if upstreams[slot].inputCount > 0 { return }
        buffers.giveBack(&upstreams[slot].input)
        upstreams[slot].inputStart = 0
        upstreams[slot].inputEnd = 0
    }

    mutating func compactInput(ofUpstream slot: Int) {
        if Int(upstreams[slot].inputEnd) < buffers.size || upstreams[slot].inputStart == 0 { return }
        let count = upstreams[slot].inputCount
        buffers.copy(
            from: upstreams[slot].input, at: Int(upstreams[slot].inputStart), count: count, to: upstreams[slot].input,
            at: 0)
        upstreams[slot].inputStart = 0
        upstreams[slot].inputEnd = Int32(count)
    }

    // MARK: The end

    /// The exchange needs its connection no longer: it serves the next in the queue, waits for one, or is closed.
    mutating func releaseUpstream(of number: Int, persists: Bool) {
        let slot = Int(exchanges[number].upstream)
        if slot < 0 { return }
        exchanges[number].upstream = -1
        upstreams[slot].exchange = -1
        let server = upstreams[slot].server
        let isClean = upstreams[slot].inputCount == 0 && !upstreams[slot].peerFinished
        if !persists || !isClean || isDraining || server == UpstreamConnection.strayServer {
            let pool = Int(exchanges[number].pool)
            closeUpstream(slot)
            wakeQueue(ofPool: pool)
            return
        }
        upstreams[slot].isReused = true
        let pool = Int(exchanges[number].pool)
        let waiting = Int(current.queues[pool].first)
        if waiting >= 0 {
            exchanges[waiting].server = server
            use(slot, for: waiting)
        } else if current.pools[pool].idle == 0 {
            closeUpstream(slot)
        } else {
            idleUpstreams += 1
            fileIdle(slot)
            timers.arm(upstreamTimer(slot), at: now + current.pools[pool].idle)
        }
    }

    mutating func fileIdle(_ slot: Int) {
        let server = Int(upstreams[slot].server)
        let head = current.idle[server]
        current.balancer.emptied(server)
        upstreams[slot].nextIdle = head
        upstreams[slot].previousIdle = -1
        if head >= 0 { upstreams[Int(head)].previousIdle = Int32(slot) }
        current.idle[server] = Int32(slot)
    }

    private mutating func unfileIdle(_ slot: Int) {
        let next = upstreams[slot].nextIdle
        let previous = upstreams[slot].previousIdle
        if previous >= 0 {
            upstreams[Int(previous)].nextIdle = next
        } else {
            current.idle[Int(upstreams[slot].server)] = next
        }
        if next >= 0 { upstreams[Int(next)].previousIdle = previous }
        upstreams[slot].nextIdle = -1
        upstreams[slot].previousIdle = -1
        timers.disarm(upstreamTimer(slot))
        idleUpstreams -= 1
    }

    /// Ends a connection that no exchange uses.
    mutating func endUpstream(_ slot: Int) {
        if upstreams[slot].server != UpstreamConnection.strayServer { unfileIdle(slot) }
        closeUpstream(slot)
    }

    /// Frees a connection that is in no list, and tells the dialer that it counts no longer. A dialer that was started
    /// since has not counted it, and would take the word for an attack.
    mutating func closeUpstream(_ slot: Int) {
        buffers.giveBack(&upstreams[slot].input)
        Socket.close(upstreams[slot].socket)
        timers.disarm(upstreamTimer(slot))
        if upstreams[slot].server != UpstreamConnection.strayServer {
            current.balancer.emptied(Int(upstreams[slot].server))
        }
        if upstreams[slot].dialledBy == dialerNumber {
            _ = dials.append(
                DialRequest(action: .closed, id: 0, upstream: upstreams[slot].dialledServer),
                generation: upstreams[slot].dialledGeneration)
        }
        upstreams.giveBack(slot)
    }

    /// The upstream closed before its response was there. A connection that had been idle may just have been closed
    /// by a server that never saw the request: an idempotent one is sent again, once, on another (RFC 9110 9.2.2).
    mutating func loseUpstream(_ number: Int) {
        let slot = Int(exchanges[number].upstream)
        let untouched = upstreams[slot].inputCount == 0
        let repeats =
            upstreams[slot].isReused && untouched && exchanges[number].canRepeat && exchanges[number].isIdempotent
        if !repeats {
            if exchanges[number].hasServer { current.balancer.failed(Int(exchanges[number].server), now: now) }
            fail(number, untouched ? .upstreamClosed : .upstreamResponseTruncated)
            return
        }
        exchanges[number].upstream = -1
        upstreams[slot].exchange = -1
        closeUpstream(slot)
        exchanges[number].requestStart = 0
        exchanges[number].requestSent = false
        exchanges[number].requestBroken = false
        if exchanges[number].hasServer {
            dialOrWait(number, Int(exchanges[number].server))
        } else {
            connect(number)
        }
    }

    func exchangeTimer(_ number: Int) -> Int { clients.capacity + upstreams.capacity + number }

    func upstreamTimer(_ slot: Int) -> Int { clients.capacity + slot }
}
