internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Match
internal import Plan
internal import Sys
internal import TLS

/// From received bytes to a routed request: scan → parse → canonicalise → site → route.
extension Worker {
    /// Reads until a head is complete, then begins its exchange.
    mutating func readHead(_ slot: Int) {
        while true {
            if clients[slot].inputCount > 0 {
                switch Worker.scan(&clients, slot, buffers, current.headLimits) {
                case .complete(let start, let end):
                    beginExchange(slot, start, end)
                    return
                case .malformed:
                    // The parser says the same, and keeps what can be read for the log.
                    beginExchange(slot, 0, clients[slot].inputCount)
                    return
                case .needMore: awaitHead(slot)
                }
            }
            switch receive(slot) {
            case .moved: break
            case .wouldBlock:
                releaseInput(slot)
                return
            case .ended:
                if clients[slot].inputCount > 0 {
                    beginExchange(slot, 0, clients[slot].inputCount)
                } else {
                    endClient(slot)
                }
                return
            case .failed:
                endClient(slot)
                return
            }
        }
    }

    private static func scan(
        _ clients: inout SlotTable<ClientConnection>, _ slot: Int, _ buffers: borrowing BufferPool,
        _ limits: HeadLimits
    ) -> HeadScanner.Event {
        let client = clients[slot]
        return clients[slot].scanner.scan(
            buffers.bytes(client.input, Int(client.inputStart), Int(client.inputEnd)), limits: limits)
    }

    /// Part of a head is there: its time runs, and the rest needs room.
    private mutating func awaitHead(_ slot: Int) {
        if !clients[slot].headBegun {
            clients[slot].headBegun = true
            timers.arm(slot, at: now + time(.head))
        }
        compactInput(slot)
    }

    /// Moves what is in an input that is used up to its end to its start, so that more finds room.
    mutating func compactInput(_ slot: Int) {
        if Int(clients[slot].inputEnd) < buffers.size || clients[slot].inputStart == 0 { return }
        let count = clients[slot].inputCount
        buffers.copy(
            from: clients[slot].input, at: Int(clients[slot].inputStart), count: count, to: clients[slot].input, at: 0)
        clients[slot].inputStart = 0
        clients[slot].inputEnd = Int32(count)
    }

    /// The time for a head is over: what has come of it goes to the log.
    mutating func refuseSlowHead(_ slot: Int) {
        beginExchange(slot, 0, clients[slot].inputCount, instead: .deadlineHead)
    }

    /// Makes the exchange of the head in `start..<end` of the client's input.
    /// - Parameter reason: why the request is refused whatever the head says.
    private mutating func beginExchange(_ slot: Int, _ start: Int, _ end: Int, instead reason: Reason? = nil) {
        let first = Int(clients[slot].inputStart)
        let outcome = Worker.parse(
            buffers, clients[slot].input, first + start, first + end, clients[slot].isTLS ? .https : .http,
            current.headLimits, current.requestRules, into: &request)
        clients[slot].inputStart += Int32(end)
        clients[slot].scanner = HeadScanner(side: .request)
        clients[slot].headBegun = false
        clients[slot].requests &+= 1
        tally.requests &+= 1
        guard let number = exchanges.take(makeExchange(slot, bytesIn: end)) else {
            tally.refused &+= 1
            endClient(slot)
            return
        }
        clients[slot].exchange = Int32(number)
        clients[slot].phase = .exchange
        timers.disarm(slot)
        if case .complete = outcome, reason == nil {
            route(number, slot)
            return
        }
        clients[slot].closesAfterExchange = true
        draftTexts(number, site: nil, route: nil, malformed: true)
        if case .malformed(let malformation) = outcome {
            tally.malformed &+= 1
            refuse(number, reason ?? malformation)
        } else {
            refuse(number, reason ?? .requestHeadTruncated)
        }
    }

    private static func parse(
        _ buffers: borrowing BufferPool, _ input: Buffer, _ start: Int, _ end: Int, _ scheme: Scheme,
        _ limits: HeadLimits, _ rules: RequestRules, into request: inout RequestHead
    ) -> RequestOutcome {
        RequestParser.parse(
            buffers.bytes(input, start, end), scheme: scheme, limits: limits, rules: rules, into: &request)
    }

    mutating func makeExchange(_ slot: Int, bytesIn: Int) -> Exchange {
        let id = nextId
        nextId &+= UInt64(Worker.idStride)
        var exchange = Exchange(
            client: Int32(slot), method: request.method, minorVersion: request.minorVersion,
            isIdempotent: request.method.isIdempotent, wantsUpgrade: request.upgrade != nil && !request.offersHTTP2,
            wantsJSON: request.prefersJSON, awaitsContinue: request.expectsContinue,
            requestFraming: request.framing, id: id, startWall: wall, start: now)
        exchange.bytesIn = UInt64(bytesIn)
        if case .length(let count) = request.framing { exchange.requestRemaining = count }
        return exchange
    }

    /// Decides what becomes of the request.
    mutating func route(_ number: Int, _ slot: Int) {
        if request.wantsClose || isDraining { clients[slot].closesAfterExchange = true }
        if UInt64(clients[slot].requests) >= current.plan.limits[.requests] {
            clients[slot].closesAfterExchange = true
        }
        if clients[slot].listener == ClientConnection.strayListener {
            draftTexts(number, site: nil, route: nil, malformed: false)
            refuse(number, .siteUnknown)
            return
        }
        let decision = Worker.decide(request, facts(number, slot), current.decisions, &current.decisionMemory)
        draftTexts(number, site: decision.site, route: decision.route, malformed: false)
        if decision.rule != nil || current.decisionMemory.noteCount > 0 { noteRules(number, decision) }
        let scope = scope(of: decision)
        if scope >= 0 && (current.scopes[scope].changesResponses || decision.page != nil) {
            noteScope(number, scope)
        }
        switch decision.action {
        case .forward(let pool): forward(number, UInt16(truncatingIfNeeded: pool), scope)
        case .redirectToHTTPS(let port): redirect(number, port: port)
        case .refuse(let reason):
            refuse(number, reason, AnswerDetail(decision))
        case .redirect(let redirect): answer(number, withRedirect: redirect, scope)
        case .respond(let response): answer(number, withResponse: response, scope)
        }
    }

    private static func decide(
        _ request: borrowing RequestHead, _ facts: RequestFacts, _ decisions: borrowing DecisionTable,
        _ memory: inout DecisionMemory
    ) -> Decision {
        decisions.decide(request, facts, using: &memory)
    }

    private func facts(_ number: Int, _ slot: Int) -> RequestFacts {
        let version = clients[slot].tlsVersion
        return RequestFacts(
            listener: Int(clients[slot].listener), client: clients[slot].address,
            tlsVersion: version == 13 ? .v1_3 : version == 12 ? .v1_2 : nil, namesAgree: namesMatch(slot), time: wall,
            chance: exchanges[number].id)
    }

    /// The number of the scope of what `decision` found; -1 when no site was found.
    private func scope(of decision: Decision) -> Int {
        if let route = decision.route { return route }
        return decision.site.map { current.routeCount + $0 } ?? -1
    }

    /// Whether the request's host is the one that the client named in its TLS handshake, if it named one
    /// (RFC 9110 section 7.4).
    private func namesMatch(_ slot: Int) -> Bool {
        if !clients[slot].isTLS { return true }
        let stream = clients[slot].stream
        let name = tls.serverName(stream < 0 ? slot : Int(streams[Int(stream)].connection))
        return name.count == 0 || ASCII.equal(request.host, name)
    }

    /// Writes the head for the upstream and asks for a connection.
    private mutating func forward(_ number: Int, _ poolNumber: UInt16, _ scope: Int) {
        let settings = current.scopes[scope]
        exchanges[number].bodyLimit = settings.bodyLimit
        if exchanges[number].requestRemaining > settings.bodyLimit {
            refuse(number, .requestBodySize)
            return
        }
        if current.plan.audit.onFull == .deny && records.isFull(limit: current.plan.limits[.logBacklog]) {
            refuse(number, .auditFull)
            return
        }
        if isCrowded {
            refuse(number, .memory)
            return
        }
        exchanges[number].request = buffers.take()
        if !exchanges[number].request.isSome {
            refuse(number, .memory)
            return
        }
        if !(settings.changesRequests ? writeChangedRequest(number, scope) : writeRequest(number)) { return }
        let pool = current.pools[Int(poolNumber)]
        exchanges[number].pool = poolNumber
        exchanges[number].responseTime = pool.response
        exchanges[number].bodyTime = pool.body
        takeSmallBody(number)
        releaseInput(Int(exchanges[number].client))
        connect(number)
    }

    /// Writes the head for the upstream as it is; refuses the request where it does not fit.
    private mutating func writeRequest(_ number: Int) -> Bool {
        let count = Worker.writeRequest(
            request, current.names, current.forwardingRules, address: clients[Int(exchanges[number].client)].address,
            upgrades: exchanges[number].wantsUpgrade, &scratch, scratchBuffer, to: &buffers,
            exchanges[number].request)
        guard let count else {
            refuse(number, .requestHeadSize)
            return false
        }
        exchanges[number].requestEnd = Int32(count)
        return true
    }

    /// Whether as many requests are in progress, or buffers in use, as the plan allows.
    private var isCrowded: Bool {
        UInt64(exchanges.count) > current.plan.limits[.exchanges]
            || UInt64(buffers.capacity - buffers.available) >= current.plan.limits[.buffers]
    }

    /// Puts a small body that is there already behind the head: one send instead of two, and it can be repeated.
    private mutating func takeSmallBody(_ number: Int) {
        let slot = Int(exchanges[number].client)
        let remaining = exchanges[number].requestRemaining
        let end = Int(exchanges[number].requestEnd)
        guard case .length = exchanges[number].requestFraming, remaining > 0,
            remaining <= UInt64(min(Worker.smallBody, buffers.size - end)), clients[slot].inputCount >= Int(remaining)
        else { return }
        buffers.copy(
            from: clients[slot].input, at: Int(clients[slot].inputStart), count: Int(remaining),
            to: exchanges[number].request, at: end)
        clients[slot].inputStart += Int32(remaining)
        exchanges[number].requestEnd += Int32(remaining)
        exchanges[number].bytesIn &+= remaining
        exchanges[number].requestRemaining = 0
    }

    /// The largest body that is copied behind its head: up to here a copy costs less than a second run of bytes.
    static var smallBody: Int { 4_096 }

    private static func writeRequest(
        _ request: borrowing RequestHead, _ names: borrowing NameTable, _ rules: ForwardingRules, address: IPAddress,
        upgrades: Bool,
        _ scratch: inout BufferPool, _ scratchBuffer: Buffer, to buffers: inout BufferPool, _ target: Buffer
    ) -> Int? {
        var text = ByteWriter(scratch.mutableBytes(scratchBuffer, 0, 64))
        text.append(address: address)
        let count = text.count
        var writer = ByteWriter(buffers.mutableBytes(target, 0, buffers.size))
        RequestSerializer.write(
            request,
            forwarding: ForwardedFields(
                client: scratch.bytes(scratchBuffer, 0, count), pseudonym: names.pseudonym(), rules: rules),
            framing: request.framing, upgrades: upgrades, to: &writer)
        return writer.overflowed ? nil : writer.count
    }
}
