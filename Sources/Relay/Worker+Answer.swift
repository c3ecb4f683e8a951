internal import Actions
internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys

/// How exchanges end: answered here, completed, failed, given up.
extension Worker {
    /// Answers a request that is not let through.
    mutating func refuse(_ number: Int, _ reason: Reason, _ detail: AnswerDetail = AnswerDetail()) {
        tally.denied &+= 1
        exchanges[number].allowed = false
        answer(number, reason, detail)
    }

    /// Ends an exchange that went wrong: with an error page while nothing of the response has been sent, else by
    /// ending the connection, so that nobody takes the part for the whole.
    mutating func fail(_ number: Int, _ reason: Reason) {
        leaveQueue(number)
        releaseUpstream(of: number, persists: false)
        if !exchanges[number].responseBegun || withdrawResponse(number) {
            answer(number, reason)
            return
        }
        exchanges[number].reason = reason
        let slot = Int(exchanges[number].client)
        cutOff(number)
        endExchange(number)
        endClient(slot)
    }

    /// Has the connection reset where its end in order would end a response that is not complete (RFC 9112 section 8).
    /// Other framings show by themselves that something is missing, and what has been sent still arrives.
    private mutating func cutOff(_ number: Int) {
        if !exchanges[number].responseBegun || exchanges[number].clientFraming != .untilClose { return }
        clients[Int(exchanges[number].client)].endsByReset = true
    }

    /// Takes back a response of which nothing has left yet; false when some of it has. After a write that did not go
    /// through, TLS holds a part of it.
    private mutating func withdrawResponse(_ number: Int) -> Bool {
        let slot = Int(exchanges[number].client)
        if exchanges[number].bytesOut > 0 || !clients[slot].canWrite || clients[slot].blockedSince > 0 { return false }
        clients[slot].outputStart = 0
        clients[slot].outputEnd = 0
        exchanges[number].responseBegun = false
        return true
    }

    private mutating func answer(_ number: Int, _ reason: Reason, _ detail: AnswerDetail = AnswerDetail()) {
        let slot = Int(exchanges[number].client)
        exchanges[number].reason = reason
        exchanges[number].status = detail.status == 0 ? reason.status : detail.status
        if exchanges[number].requestFraming.hasBody || exchanges[number].requestBroken || isDraining {
            clients[slot].closesAfterExchange = true
        }
        if !openOutput(slot) {
            endExchange(number)
            endClient(slot)
            return
        }
        date.update(wall / 1_000_000)
        let connection: ResponseSerializer.Connection = clients[slot].closesAfterExchange ? .close : .keepAlive
        let count =
            exchanges[number].scope >= 0
            ? writeChangedPage(number, reason, detail, connection)
            : Worker.writePage(
                reason, exchanges[number], connection, detail, date, &scratch, scratchBuffer, to: &buffers,
                clients[slot].output, Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
        finishAnswer(number)
    }

    /// Sends the client of a redirect listener to the same place by https.
    mutating func redirect(_ number: Int, port: UInt16) {
        let slot = Int(exchanges[number].client)
        if !request.hasHost {
            refuse(number, .requestHostMissing)
            return
        }
        exchanges[number].status = 308
        if exchanges[number].requestFraming.hasBody { clients[slot].closesAfterExchange = true }
        guard openOutput(slot) else {
            endExchange(number)
            endClient(slot)
            return
        }
        let count = Worker.writeRedirect(
            request, port, clients[slot].closesAfterExchange ? .close : .keepAlive, to: &buffers,
            clients[slot].output, Int(clients[slot].outputEnd))
        clients[slot].outputEnd += Int32(count)
        finishAnswer(number)
    }

    private static func writeRedirect(
        _ request: borrowing RequestHead, _ port: UInt16, _ connection: ResponseSerializer.Connection,
        to buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        RedirectResponse.write(to: request, port: port, connection: connection, in: &writer)
        return writer.overflowed ? 0 : writer.count
    }

    /// The answer is in the output, whole.
    mutating func finishAnswer(_ number: Int) {
        exchanges[number].responseBegun = true
        exchanges[number].responseReceived = true
        exchanges[number].phase = .body
        timers.disarm(exchangeTimer(number))
        receiveResponse(number)
    }

    /// Writes the page of a refusal or failure, with `actions` as `list` says where there are some. Answers how many
    /// bytes it has.
    static func writePage(
        _ reason: Reason, _ exchange: Exchange, _ connection: ResponseSerializer.Connection, _ detail: AnswerDetail,
        _ date: HTTPDate, _ scratch: inout BufferPool, _ scratchBuffer: Buffer, to buffers: inout BufferPool,
        _ output: Buffer, _ start: Int, _ actions: ActionTable? = nil, _ list: FieldEditList = FieldEditList()
    ) -> Int {
        let ends = detail.writeTexts(exchange.id, to: &scratch, scratchBuffer)
        var page = ErrorPage(reason: reason, reference: scratch.bytes(scratchBuffer, 0, ends.reference))
        page.status = exchange.status
        page.allow = scratch.bytes(scratchBuffer, ends.reference, ends.allow)
        page.isJSON = exchange.wantsJSON
        page.omitsBody = exchange.method == .head
        page.connection = connection
        page.clientMinorVersion = exchange.minorVersion
        page.retryAfter = detail.retryAfter(status: exchange.status)
        page.date = date.bytes
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        if let actions {
            page.write(changing: actions.edits, list, to: &writer)
        } else {
            page.write(to: &writer)
        }
        return writer.overflowed ? 0 : writer.count
    }

    // MARK: The end

    /// The response has been sent, whole.
    mutating func complete(_ number: Int) {
        let slot = Int(exchanges[number].client)
        // What is left of the request would be taken for the start of the next one.
        let persists =
            exchanges[number].upstreamPersists && exchanges[number].requestSent
            && exchanges[number].requestPending == 0 && !exchanges[number].requestBroken
        // What is left of the body would be taken for the next request.
        if exchanges[number].requestFraming.hasBody && !exchanges[number].requestSent {
            clients[slot].closesAfterExchange = true
        }
        releaseUpstream(of: number, persists: persists)
        endExchange(number)
        if clients[slot].stream >= 0 {
            endStream(slot)
            return
        }
        if clients[slot].closesAfterExchange || isDraining {
            finish(slot)
            return
        }
        clients[slot].phase = .head
        clients[slot].headBegun = false
        timers.arm(slot, at: now + time(.idle))
        if clients[slot].inputCount > 0 || clients[slot].canRead {
            resumeLater(slot)
        } else {
            releaseInput(slot)
        }
    }

    /// The client is gone: whatever the exchange was doing ends.
    mutating func abort(_ number: Int) {
        switch exchanges[number].phase {
        case .dialling: cancelDial(number)
        case .begun, .queued, .response, .body, .tunnel: break
        }
        leaveQueue(number)
        releaseUpstream(of: number, persists: false)
        cutOff(number)
        endExchange(number)
    }

    /// Writes the record and frees the exchange. Its upstream connection has been released.
    mutating func endExchange(_ number: Int) {
        let slot = Int(exchanges[number].client)
        if exchanges[number].phase == .tunnel { tunnels -= 1 }
        tally.count(status: exchanges[number].status)
        record(number)
        buffers.giveBack(&exchanges[number].request)
        drafts.giveBack(&exchanges[number].draft)
        timers.disarm(exchangeTimer(number))
        clients[slot].exchange = -1
        clients[slot].bodySince = 0
        clients[slot].blockedSince = 0
        exchanges.giveBack(number)
    }
}

extension ByteWriter {
    /// Appends a reference id as sixteen hexadecimal digits.
    mutating func append(reference id: UInt64) {
        for shift in 0..<16 {
            append(ASCII.hexadecimalDigit(UInt8(truncatingIfNeeded: id >> UInt64(60 - 4 * shift) & 15)))
        }
    }
}
