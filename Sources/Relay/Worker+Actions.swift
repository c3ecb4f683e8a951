internal import Actions
internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Match
internal import Plan
internal import Wire

/// What earlier plans do with responses, for as long as one is waited for.
struct EarlierActions {
    let generation: UInt32
    let actions: ActionTable
}

/// What the policy changes in requests, responses and answers. Exchanges without such a change do not come here, and
/// nothing of this is compiled into their way.
extension Worker {
    // MARK: What is kept of the decision

    /// Keeps the scope whose actions apply to the response.
    mutating func noteScope(_ number: Int, _ scope: Int) {
        exchanges[number].scope = Int32(truncatingIfNeeded: scope)
        exchanges[number].generation = current.number
        exchanges[number].port = request.port ?? 0
    }

    /// Keeps for the record what the rules that applied add to it: the reason that the one gives that decided, and the
    /// names of those that only log and of that one. It stands at the end of the draft, which leaves it room.
    @inline(never)
    mutating func noteRules(_ number: Int, _ decision: Decision) {
        let count = Worker.countNote(decision, current.decisionMemory, current.names)
        Worker.writeNote(decision, current.decisionMemory, current.names, to: &drafts, exchanges[number].draft, count)
        exchanges[number].noteCount = Int32(count)
    }

    /// The bytes of what rules add.
    private static func countNote(
        _ decision: Decision, _ memory: borrowing DecisionMemory, _ names: borrowing NameTable
    ) -> Int {
        // Two counts; a comma before each name but the first.
        var count = 4 + memory.noteCount - 1
        for index in 0..<memory.noteCount { count += names.nameOfRule(memory.note(index)).count }
        if let rule = decision.rule { count += 1 + names.nameOfRule(rule).count + names.reason(ofRule: rule).count }
        return count
    }

    private static func writeNote(
        _ decision: Decision, _ memory: borrowing DecisionMemory, _ names: borrowing NameTable,
        to drafts: inout BufferPool, _ draft: Buffer, _ count: Int
    ) {
        var writer = ByteWriter(drafts.mutableBytes(draft, drafts.size - count, drafts.size))
        if let rule = decision.rule {
            writer.append(counted: names.reason(ofRule: rule), limit: RequestRecord.textLimit)
        } else {
            writer.append(littleEndian: 0 as UInt16)
        }
        writer.append(littleEndian: UInt16(truncatingIfNeeded: count - writer.count - 2))
        for index in 0..<memory.noteCount {
            if index > 0 { writer.append(0x2c) }
            writer.append(names.nameOfRule(memory.note(index)))
        }
        guard let rule = decision.rule else { return }
        if memory.noteCount > 0 { writer.append(0x2c) }
        writer.append(names.nameOfRule(rule))
    }

    /// Completes a draft to which rules add something. Answers its size.
    static func finishDraftWithNote(_ exchange: Exchange, _ drafts: inout BufferPool) -> Int {
        var end = Int(exchange.upstreamEnd)
        var note = drafts.size - Int(exchange.noteCount)
        if exchange.upstreamEnd == exchange.draftEnd {
            // No upstream.
            var writer = ByteWriter(drafts.mutableBytes(exchange.draft, end, drafts.size))
            writer.append(littleEndian: 0 as UInt16)
            end += writer.count
        }
        if exchange.reason != .none && exchange.reason != .ruleDeny {
            // What came after the rules is the reason, in the place of theirs.
            var writer = ByteWriter(drafts.mutableBytes(exchange.draft, end, drafts.size))
            writer.append(counted: exchange.reason.code.bytes, limit: RequestRecord.textLimit)
            end += writer.count
            note += 2 + count(in: drafts.bytes(exchange.draft, note, drafts.size), at: 0)
        }
        let rest = drafts.size - note
        drafts.copy(from: exchange.draft, at: note, count: rest, to: exchange.draft, at: end)
        var writer = ByteWriter(drafts.mutableBytes(exchange.draft, end + rest, drafts.size))
        // No rules of a firewall.
        writer.append(littleEndian: 0 as UInt16)
        return end + rest + writer.count
    }

    /// The actions of the plan that the exchange's scope is of; nil when that plan is forgotten.
    private func actions(of exchange: Exchange) -> ActionTable? {
        if exchange.generation == current.number { return current.actions }
        return earlierActions.first { $0.generation == exchange.generation }?.actions
    }

    /// Keeps the actions of the plan that is replaced while a response is waited for that they apply to; forgets those
    /// of earlier ones for which there is none any more.
    mutating func keepActions(of previous: borrowing Generation) {
        earlierActions.append(EarlierActions(generation: previous.number, actions: previous.actions))
        var needed: Set<UInt32> = []
        for number in 0..<exchanges.end where exchanges.isTaken(number) && exchanges[number].scope >= 0 {
            needed.insert(exchanges[number].generation)
        }
        earlierActions.removeAll { !needed.contains($0.generation) }
    }

    // MARK: The request

    /// Writes the head for the upstream with what the policy changes in it; refuses the request where that does not
    /// come to a valid one.
    @inline(never)
    mutating func writeChangedRequest(_ number: Int, _ scope: Int) -> Bool {
        do throws(Reason) {
            try current.actions.rewritePath(
                of: request, scope, rules: current.requestRules.target, using: &actionMemory)
        } catch {
            refuse(number, error)
            return false
        }
        let count = Worker.writeRequest(
            request, scope, current.actions, current.names, current.forwardingRules,
            address: clients[Int(exchanges[number].client)].address,
            upgrades: exchanges[number].wantsUpgrade, actionMemory, &scratch, scratchBuffer, to: &buffers,
            exchanges[number].request)
        guard let count else {
            refuse(number, .requestHeadSize)
            return false
        }
        exchanges[number].requestEnd = Int32(count)
        return true
    }

    private static func writeRequest(
        _ request: borrowing RequestHead, _ scope: Int, _ actions: ActionTable, _ names: borrowing NameTable,
        _ rules: ForwardingRules, address: IPAddress,
        upgrades: Bool, _ memory: borrowing ActionMemory, _ scratch: inout BufferPool, _ scratchBuffer: Buffer,
        to buffers: inout BufferPool, _ target: Buffer
    ) -> Int? {
        var text = ByteWriter(scratch.mutableBytes(scratchBuffer, 0, 64))
        text.append(address: address)
        let count = text.count
        var writer = ByteWriter(buffers.mutableBytes(target, 0, buffers.size))
        actions.writeRequest(
            request, scope,
            forwarding: ForwardedFields(
                client: scratch.bytes(scratchBuffer, 0, count), pseudonym: names.pseudonym(), rules: rules),
            upgrades: upgrades, path: memory, to: &writer)
        return writer.overflowed ? nil : writer.count
    }

    // MARK: The response

    /// Changes what the response says of hosts, paths and cookies; false when it has become too large.
    @inline(never)
    mutating func rewriteResponse(_ number: Int) -> Bool {
        let exchange = exchanges[number]
        guard let actions = actions(of: exchange) else { return true }
        let scheme: Scheme = clients[Int(exchange.client)].isTLS ? .https : .http
        return Worker.rewrite(&response, actions, exchange, scheme, drafts, &actionMemory)
    }

    private static func rewrite(
        _ response: inout ResponseHead, _ actions: ActionTable, _ exchange: Exchange, _ scheme: Scheme,
        _ drafts: borrowing BufferPool, _ memory: inout ActionMemory
    ) -> Bool {
        let texts = drafts.bytes(exchange.draft, RequestRecord.fixedSize, Int(exchange.draftEnd))
        // The host is the fourth of the counted texts.
        var start = 0
        for _ in 0..<3 { start += 2 + count(in: texts, at: start) }
        let host = texts.extracting(start + 2..<start + 2 + count(in: texts, at: start))
        return actions.rewriteResponse(
            &response, Int(exchange.scope), client: ClientView(host: host, port: exchange.port, scheme: scheme),
            using: &memory)
    }

    private static func count(in texts: Span<UInt8>, at start: Int) -> Int {
        Int(texts[start]) | Int(texts[start + 1]) << 8
    }

    /// Writes the response's head with the changes of its fields. Nil when it does not fit.
    @inline(never)
    mutating func serialiseChanged(
        _ slot: Int, _ framing: MessageFraming, _ connection: ResponseSerializer.Connection, _ minorVersion: UInt8
    ) -> Int? {
        let exchange = exchanges[Int(clients[slot].exchange)]
        guard let actions = actions(of: exchange) else { return nil }
        let list = actions.responseEdits(Int(exchange.scope), scheme: clients[slot].isTLS ? .https : .http)
        return Worker.serialise(
            response, current.names, actions, list, framing, connection, minorVersion, to: &buffers,
            clients[slot].output, Int(clients[slot].outputEnd))
    }

    private static func serialise(
        _ response: borrowing ResponseHead, _ names: borrowing NameTable, _ actions: ActionTable,
        _ list: FieldEditList, _ framing: MessageFraming, _ connection: ResponseSerializer.Connection,
        _ minorVersion: UInt8, to buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int? {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        ResponseSerializer.write(
            response, framing: framing, connection: connection, clientMinorVersion: minorVersion,
            pseudonym: names.pseudonym(), changing: actions.edits, list, to: &writer)
        return writer.overflowed ? nil : writer.count
    }

    /// Takes a body out of the upstream's framing and puts it into the client's, without the trailer fields that the
    /// policy removes.
    @inline(never)
    mutating func recodeChanged(_ number: Int, _ upstream: Int, _ slot: Int) -> Recoder.Result {
        let exchange = exchanges[number]
        var filter: Recoder.TrailerFilter?
        if let actions = actions(of: exchange) {
            let scheme: Scheme = clients[slot].isTLS ? .https : .http
            filter = Recoder.TrailerFilter(
                actions: actions, list: actions.responseEdits(Int(exchange.scope), scheme: scheme))
        }
        var decoder = exchange.responseDecoder
        let result = Recoder.recode(
            &decoder, &buffers, from: upstreams[upstream].input, Int(upstreams[upstream].inputStart),
            Int(upstreams[upstream].inputEnd), to: clients[slot].output, Int(clients[slot].outputEnd),
            chunks: exchange.clientFraming == .chunked, trailers: isStream(number), current.chunkLimits,
            current.responseLimits, filter: filter)
        exchanges[number].responseDecoder = decoder
        return result
    }

    // MARK: Answers

    /// Answers a request with a redirect of the policy.
    @inline(never)
    mutating func answer(_ number: Int, withRedirect redirect: Int, _ scope: Int) {
        if current.actions.needsHost(forRedirect: redirect) && !request.hasHost {
            refuse(number, .requestHostMissing)
            return
        }
        guard prepareAnswer(number, status: current.actions.status(ofRedirect: redirect)) else { return }
        let slot = Int(exchanges[number].client)
        let count = Worker.writeRedirect(
            redirect, request, current.actions, context(number, scope), date, &actionMemory, to: &buffers,
            clients[slot].output, Int(clients[slot].outputEnd))
        guard let count else {
            refuse(number, .requestTargetSize)
            return
        }
        clients[slot].outputEnd += Int32(count)
        finishAnswer(number)
    }

    /// Answers a request with a fixed answer of the policy.
    @inline(never)
    mutating func answer(_ number: Int, withResponse response: Int, _ scope: Int) {
        guard prepareAnswer(number, status: current.actions.status(ofResponse: response)) else { return }
        let slot = Int(exchanges[number].client)
        let count = Worker.writeResponse(
            response, current.actions, context(number, scope), date, to: &buffers, clients[slot].output,
            Int(clients[slot].outputEnd))
        guard let count else {
            fail(number, .internalFault)
            return
        }
        clients[slot].outputEnd += Int32(count)
        finishAnswer(number)
    }

    /// Makes room for an answer; without room the connection ends, and the answer is false.
    private mutating func prepareAnswer(_ number: Int, status: UInt16) -> Bool {
        let slot = Int(exchanges[number].client)
        exchanges[number].status = status
        // What is left of a body would be taken for the next request.
        if exchanges[number].requestFraming.hasBody || isDraining { clients[slot].closesAfterExchange = true }
        date.update(wall / 1_000_000)
        if openOutput(slot) { return true }
        endExchange(number)
        endClient(slot)
        return false
    }

    /// To whom an answer goes.
    private struct Context: BitwiseCopyable {
        var scope: Int
        var scheme: Scheme
        var omitsBody: Bool
        var connection: ResponseSerializer.Connection
        var minorVersion: UInt8
    }

    private func context(_ number: Int, _ scope: Int) -> Context {
        let slot = Int(exchanges[number].client)
        return Context(
            scope: scope, scheme: clients[slot].isTLS ? .https : .http, omitsBody: exchanges[number].method == .head,
            connection: clients[slot].closesAfterExchange ? .close : .keepAlive,
            minorVersion: exchanges[number].minorVersion)
    }

    @_lifetime(copy date)
    private static func context(_ context: Context, _ date: Span<UInt8>) -> AnswerContext {
        AnswerContext(
            scope: context.scope, date: date, scheme: context.scheme, omitsBody: context.omitsBody,
            connection: context.connection, clientMinorVersion: context.minorVersion)
    }

    private static func writeRedirect(
        _ redirect: Int, _ request: borrowing RequestHead, _ actions: ActionTable, _ context: Context,
        _ date: HTTPDate, _ memory: inout ActionMemory, to buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int? {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        actions.writeRedirect(
            redirect, for: request, Worker.context(context, date.bytes), using: &memory, to: &writer)
        return writer.overflowed ? nil : writer.count
    }

    private static func writeResponse(
        _ response: Int, _ actions: ActionTable, _ context: Context, _ date: HTTPDate, to buffers: inout BufferPool,
        _ output: Buffer, _ start: Int
    ) -> Int? {
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        actions.writeResponse(response, Worker.context(context, date.bytes), to: &writer)
        return writer.overflowed ? nil : writer.count
    }

    /// Writes the page of a refusal or failure: that of the policy, or else the appliance's own with the fields that
    /// the policy adds. Answers how many bytes it has.
    @inline(never)
    mutating func writeChangedPage(
        _ number: Int, _ reason: Reason, _ detail: AnswerDetail, _ connection: ResponseSerializer.Connection
    ) -> Int {
        let exchange = exchanges[number]
        let slot = Int(exchange.client)
        let scope = Int(exchange.scope)
        let output = clients[slot].output
        let start = Int(clients[slot].outputEnd)
        guard let actions = actions(of: exchange) else {
            return Worker.writePage(
                reason, exchange, connection, detail, date, &scratch, scratchBuffer, to: &buffers, output, start)
        }
        let page = detail.page >= 0 ? Int(detail.page) : actions.page(for: exchange.status, scope)
        if let page {
            let count = Worker.writePage(
                page, exchange, detail, actions, context(number, scope), date, &scratch, scratchBuffer,
                &actionMemory, to: &buffers, output, start)
            if let count { return count }
        }
        let scheme: Scheme = clients[slot].isTLS ? .https : .http
        return Worker.writePage(
            reason, exchange, connection, detail, date, &scratch, scratchBuffer, to: &buffers, output, start, actions,
            actions.responseEdits(scope, scheme: scheme))
    }

    private static func writePage(
        _ page: Int, _ exchange: Exchange, _ detail: AnswerDetail, _ actions: ActionTable, _ context: Context,
        _ date: HTTPDate, _ scratch: inout BufferPool, _ scratchBuffer: Buffer, _ memory: inout ActionMemory,
        to buffers: inout BufferPool, _ output: Buffer, _ start: Int
    ) -> Int? {
        let ends = detail.writeTexts(exchange.id, to: &scratch, scratchBuffer)
        var writer = ByteWriter(buffers.mutableBytes(output, start, buffers.size))
        actions.writePage(
            page, status: exchange.status, reference: scratch.bytes(scratchBuffer, 0, ends.reference),
            allow: scratch.bytes(scratchBuffer, ends.reference, ends.allow),
            retryAfter: detail.retryAfter(status: exchange.status), Worker.context(context, date.bytes),
            using: &memory, to: &writer)
        return writer.overflowed ? nil : writer.count
    }
}
