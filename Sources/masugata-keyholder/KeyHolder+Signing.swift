internal import Bytes
internal import Sys
internal import Wire

extension KeyHolder {
    /// One turn for a worker: at most one message of requests.
    mutating func serve(_ number: UInt16, _ readiness: Readiness) {
        guard let worker = workers[number] else { return }
        if worker.unreadCount > 0 {
            if worker.flush() { watch(.readable, worker) }
            return
        }
        var span = incoming.mutableSpan
        switch Channel.receivePlain(worker.channel.raw, into: &span) {
        case .nothing: return
        case .ended: remove(worker)
        case .oversized: end(worker, "a message is longer than \(SigningFormat.messageLimit) bytes")
        case .message(let count):
            do throws(WireViolation) {
                try sign(count, for: worker)
            } catch {
                end(worker, "a message is malformed (\(error.name))")
            }
        }
    }

    /// Answers each request of the message in ``incoming``, until one is not to be answered.
    private mutating func sign(_ messageCount: Int, for worker: Worker) throws(WireViolation) {
        let now = Clock.monotonic()
        let message = incoming
        var signature = InlineArray<512, UInt8>(repeating: 0)
        var reader = MessageReader(message.span.extracting(0..<messageCount))
        let (generation, count) = try SigningRequest.readHead(&reader)
        for _ in 0..<count {
            let request = try SigningRequest(reading: &reader)
            let content = try reader.run(Int(request.contentCount))
            var target = signature.mutableSpan
            let (outcome, length) = signer.sign(
                request, content, generation: generation, for: worker, now: now, into: &target)
            if Signer.isViolation(outcome) {
                end(worker, KeyHolder.describe(request, generation, outcome))
                return
            }
            if outcome == .rateExceeded { noteRate(worker, request.key) }
            let answer = SigningAnswer(id: request.id, outcome: outcome, signatureCount: UInt16(length))
            send(answer, signature.span.extracting(0..<length), to: worker)
        }
        try reader.end()
        if worker.unreadCount > signer.limits.unreadMessages { end(worker, "it does not read its answers") }
    }

    /// One message for one answer: several would only make the first of them wait.
    private mutating func send(_ answer: SigningAnswer, _ signature: Span<UInt8>, to worker: Worker) {
        var message = InlineArray<640, UInt8>(repeating: 0)
        var writer = ByteWriter(message.mutableSpan)
        SigningAnswer.begin(&writer, count: 1)
        answer.write(to: &writer)
        writer.append(signature)
        let count = writer.count
        send(message.span.extracting(0..<count), to: worker)
    }

    /// Ends a worker that did what an honest one never does, and says so.
    private mutating func end(_ worker: Worker, _ text: String) {
        port.report(.violation(peer: worker.number, purpose: .signing, text: text))
        if workers[worker.number] === worker { remove(worker) }
    }

    /// Says once for each worker that it asks for more than it may have.
    private mutating func noteRate(_ worker: Worker, _ key: UInt16) {
        if worker.exceededRate { return }
        worker.exceededRate = true
        let limits = signer.limits
        port.report(
            .notice(
                text: "worker \(worker.number) asks for more than \(limits.rate) signatures a second of key \(key)"))
    }

    private static func describe(_ request: SigningRequest, _ generation: UInt32, _ outcome: SigningOutcome) -> String {
        let kind = request.kind == .certificateVerify ? "TLS 1.3" : "TLS 1.2"
        let scheme = String(request.scheme, radix: 16)
        let what = "a \(kind) signature with key \(request.key) of generation \(generation), scheme 0x\(scheme)"
        return switch outcome {
        case .badKey: "asked for \(what): there is no such key"
        case .badScheme: "asked for \(what): that scheme does not go with the key and version"
        default: "asked for \(what): \(request.contentCount) bytes that no TLS server signs"
        }
    }
}
