internal import Bytes
internal import HTTP2
internal import HTTPModel
internal import Plan
internal import Sys
internal import Wire

/// Changing from one generation to the next without losing anything that is under way.
extension Worker {
    /// Serves the prepared generation from now on.
    mutating func commit(_ number: UInt32) {
        guard var previous = prepared.take() else { return }
        if previous.number != number {
            prepared = consume previous
            return
        }
        swap(&current, &previous)
        moveConnections(from: previous)
        adoptLimits()
        keepActions(of: previous)
        stopListening(&previous)
        startListening()
        control.report(.committed(generation: number))
        // Generation 0 is the empty one that every worker begins with: nobody else knows of it.
        if previous.number > 0 { retire(previous.number) } else { ProcessMemory.releaseCleanPages() }
    }

    /// Takes nothing new and lets what is under way come to its end, for so long. Who is in the listeners' queues is
    /// still served; who comes later is refused, so that he can go elsewhere.
    mutating func drain(_ milliseconds: UInt32) {
        if isDraining { return }
        isDraining = true
        drainDeadline = now + UInt64(milliseconds) * 1_000
        for slot in 0..<clients.end where isIdle(slot) {
            // The next request may be there already.
            advance(slot)
            if isIdle(slot) { endClient(slot) }
        }
        for slot in 0..<clients.end where clients.isTaken(slot) && clients[slot].phase == .multiplexed {
            resumeLater(slot)
        }
        endListening()
        for slot in 0..<upstreams.end where upstreams.isTaken(slot) && upstreams[slot].exchange < 0 {
            endUpstream(slot)
        }
    }

    private func isIdle(_ slot: Int) -> Bool {
        clients.isTaken(slot) && (clients[slot].phase == .head || clients[slot].phase == .preface)
            && clients[slot].inputCount == 0
    }

    /// Accepts who waits, and closes the listeners.
    private mutating func endListening() {
        for index in 0..<current.listeners.capacity where current.listeners[index].socket >= 0 {
            acceptClients(Token(.listener, slot: index, generation: current.number))
        }
        for index in 0..<current.listeners.capacity where current.listeners[index].socket >= 0 {
            if !acceptsPaused { poller.remove(current.listeners[index].socket) }
            Socket.close(current.listeners[index].socket)
            current.listeners[index].socket = -1
        }
    }

    /// The counters in the order of `Counters.names(of: .proxy)`.
    var counters: [UInt64] {
        [
            tally.accepted, UInt64(clients.count - streams.count), tally.refused, tally.handshakes, tally.handshakesFailed,
            UInt64(handshakes), tally.resumed, tally.requests, tally.malformed, tally.denied, tally.statuses[1],
            tally.statuses[2], tally.statuses[3], tally.statuses[4], tally.statuses[5], tally.bytesIn, tally.bytesOut,
            tally.upstreamConnections, tally.upstreamReused, tally.upstreamFailed, UInt64(idleUpstreams),
            UInt64(exchanges.count), UInt64(tunnels), tally.recordsDropped, UInt64(buffers.available),
            tally.multiplexed, UInt64(multiplexes.count), tally.multiplexedFailed, UInt64(streams.count),
            tally.penalties,
        ]
    }

    // MARK: Listeners

    /// Has requests of HTTP/2 be within the limits of the current plan.
    private mutating func adoptLimits() {
        workspace.adopt(
            fieldSection: current.http2Limits.fieldSection, headLimits: current.headLimits,
            rules: current.requestRules)
    }

    /// Begins to accept on all listeners of the current generation.
    mutating func startListening() {
        if isDraining { return }
        acceptsPaused = false
        let generation = current.number
        for index in 0..<current.listeners.capacity where current.listeners[index].socket >= 0 {
            do throws(Errno) {
                try poller.add(
                    readable: current.listeners[index].socket,
                    token: Token(.listener, slot: index, generation: generation).raw)
            } catch {
                control.report(.notice(text: "worker \(number): a listener cannot be watched: \(error)"))
            }
        }
    }

    /// Leaves new connections in the listeners' queues.
    mutating func pauseListening() {
        acceptsPaused = true
        acceptAgain = now + Worker.acceptPause
        for index in 0..<current.listeners.capacity where current.listeners[index].socket >= 0 {
            poller.remove(current.listeners[index].socket)
        }
    }

    /// Microseconds until listeners that were paused for want of room or descriptors are tried again.
    private static var acceptPause: UInt64 { 100_000 }

    private mutating func stopListening(_ generation: inout Generation) {
        for index in 0..<generation.listeners.capacity where generation.listeners[index].socket >= 0 {
            // The supervisor and the next generation may hold the same socket, so closing alone does not end the
            // poller's interest in it.
            if !acceptsPaused { poller.remove(generation.listeners[index].socket) }
        }
        Worker.closeListeners(&generation)
    }

    // MARK: What is under way

    /// Gives everything that names a number of the previous plan the number in the current one.
    private mutating func moveConnections(from previous: borrowing Generation) {
        let map = NumberMap(from: previous.plan, to: current.plan)
        for slot in 0..<clients.end where clients.isTaken(slot) {
            let old = clients[slot].listener
            let listener = old == ClientConnection.strayListener ? -1 : map.listeners[Int(old)]
            clients[slot].listener = listener >= 0 ? UInt16(listener) : ClientConnection.strayListener
            if listener >= 0 { continue }
            // Without its listener a connection ends after the exchange under way.
            clients[slot].closesAfterExchange = true
            if clients[slot].phase == .multiplexed {
                multiplexes[slot].wantsShutdown = true
                resumeLater(slot)
            }
            if clients[slot].phase == .head && clients[slot].inputCount == 0 { endClient(slot) }
        }
        for slot in 0..<upstreams.end where upstreams.isTaken(slot) {
            moveUpstream(slot, map)
        }
        for slot in 0..<exchanges.end where exchanges.isTaken(slot) { moveExchange(slot, map) }
    }

    private mutating func moveUpstream(_ slot: Int, _ map: NumberMap) {
        let old = upstreams[slot].server
        let server = old == UpstreamConnection.strayServer ? -1 : map.servers[Int(old)]
        upstreams[slot].server = server >= 0 ? UInt16(server) : UpstreamConnection.strayServer
        if upstreams[slot].exchange >= 0 { return }
        upstreams[slot].nextIdle = -1
        upstreams[slot].previousIdle = -1
        if server >= 0 {
            fileIdle(slot)
        } else {
            idleUpstreams -= 1
            closeUpstream(slot)
        }
    }

    private mutating func moveExchange(_ slot: Int, _ map: NumberMap) {
        let phase = exchanges[slot].phase
        let oldPool = exchanges[slot].pool
        let oldServer = exchanges[slot].server
        let pool = oldPool == Exchange.strayPool ? -1 : map.pools[Int(oldPool)]
        let server = exchanges[slot].hasServer ? map.servers[Int(oldServer)] : -1
        // The queues of the new generation are empty.
        exchanges[slot].holdsPlace = false
        exchanges[slot].pool = pool >= 0 ? UInt16(pool) : Exchange.strayPool
        exchanges[slot].server = server >= 0 ? UInt16(server) : UpstreamConnection.strayServer
        // A connection that is being made is waited for, even to a server that has gone from the plan.
        if phase == .queued {
            exchanges[slot].nextQueued = -1
            exchanges[slot].previousQueued = -1
            exchanges[slot].phase = .begun
            connect(slot)
        }
    }

    // MARK: Keys

    /// Reports a generation as released once no handshake needs its keys.
    private mutating func retire(_ number: UInt32) {
        var count = 0
        for slot in 0..<clients.end where clients.isTaken(slot) {
            if clients[slot].phase == .handshake && clients[slot].generation == number { count += 1 }
        }
        if count == 0 {
            control.report(.released(generation: number))
        } else {
            retiring.append(RetiringGeneration(number: number, handshakes: count))
        }
    }

    /// Counts a handshake of `generation` as over.
    mutating func handshakeEnded(_ generation: UInt32) {
        handshakes -= 1
        if retiring.isEmpty { return }
        for index in retiring.indices where retiring[index].number == generation {
            retiring[index].handshakes -= 1
            if retiring[index].handshakes == 0 {
                retiring.remove(at: index)
                control.report(.released(generation: generation))
            }
            return
        }
    }
}

/// Where the numbers of one plan went in the next; -1 where nothing corresponds.
private struct NumberMap {
    var listeners: [Int]
    var pools: [Int]
    var servers: [Int]

    /// Listeners correspond by address and kind, pools by name, servers by their pool and endpoint.
    init(from old: borrowing Plan, to new: borrowing Plan) {
        var listenerNumbers: [String: Int] = [:]
        for (index, listener) in new.listeners.enumerated() { listenerNumbers["\(listener.address)"] = index }
        let kinds = new.listeners.map(\.kind)
        listeners = old.listeners.map { listener in
            guard let index = listenerNumbers["\(listener.address)"], kinds[index] == listener.kind else { return -1 }
            return index
        }
        var poolNumbers: [String: Int] = [:]
        for (index, pool) in new.pools.enumerated() { poolNumbers[pool.name] = index }
        pools = old.pools.map { poolNumbers[$0.name] ?? -1 }
        var serverNumbers: [String: Int] = [:]
        for (index, upstream) in new.upstreams.enumerated() {
            serverNumbers["\(upstream.pool) \(upstream.host) \(upstream.port)"] = index
        }
        let pools = pools
        servers = old.upstreams.map { serverNumbers["\(pools[$0.pool]) \($0.host) \($0.port)"] ?? -1 }
    }
}
