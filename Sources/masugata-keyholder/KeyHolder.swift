internal import Bytes
internal import Crypto
internal import Sys
internal import Wire

/// The loop: orders from the supervisor, requests from the workers, one of each kind of work at a turn, so that
/// neither a reload nor a busy worker keeps the others waiting.
struct KeyHolder: ~Copyable {
    var port: ControlPort
    var poller: Poller
    var signer: Signer
    var tickets: TicketKeys
    var workers: [UInt16: Worker] = [:]
    var incoming: [UInt8]

    /// The control channel's token; a worker's is its number.
    static let controlToken = UInt64.max

    init(port: consuming ControlPort, limits: SigningLimits) throws(Errno) {
        let poller = try Poller()
        try poller.add(readable: port.raw, token: KeyHolder.controlToken)
        self.poller = poller
        self.port = port
        signer = Signer(limits: limits)
        tickets = TicketKeys(length: limits.ticketEpoch, now: Clock.monotonic())
        incoming = [UInt8](repeating: 0, count: SigningFormat.messageLimit)
    }

    /// Serves until the supervisor says to end, or is gone.
    mutating func run() {
        while true {
            let count = poller.wait(milliseconds: millisecondsUntilEpochEnds())
            for index in 0..<count {
                let token = poller.token(index)
                if token != KeyHolder.controlToken {
                    serve(UInt16(truncatingIfNeeded: token), poller.readiness(index))
                } else if !obeyNext() {
                    return
                }
            }
            if tickets.advance(now: Clock.monotonic()) { sendTicketKeys() }
        }
    }

    private func millisecondsUntilEpochEnds() -> Int32 {
        let now = Clock.monotonic()
        return tickets.end > now ? Int32(clamping: (tickets.end - now) / 1_000 + 1) : 0
    }

    /// Hands the current and the previous ticket keys to one worker.
    mutating func sendTicketKeys(to worker: Worker) {
        var message = InlineArray<172, UInt8>(repeating: 0)
        var writer = ByteWriter(message.mutableSpan)
        tickets.write(to: &writer)
        let count = writer.count
        send(message.span.extracting(0..<count), to: worker)
        var span = message.mutableSpan
        Memory.erase(&span)
    }

    /// The epoch has changed: every worker gets the new keys.
    mutating func sendTicketKeys() {
        signer.tally.ticketEpochs = tickets.epoch
        for worker in workers.values { sendTicketKeys(to: worker) }
    }

    /// Sends a message, and waits for room if there is none.
    mutating func send(_ message: Span<UInt8>, to worker: Worker) {
        let waited = worker.unreadCount > 0
        worker.send(message)
        if !waited && worker.unreadCount > 0 { watch(.writable, worker) }
    }

    /// Which event of a worker's channel is waited for: its requests, or room for what it has not read.
    mutating func watch(_ readiness: Readiness, _ worker: Worker) {
        poller.remove(worker.channel.raw)
        do throws(Errno) {
            if readiness == .writable {
                try poller.add(writable: worker.channel.raw, token: UInt64(worker.number))
            } else {
                try poller.add(readable: worker.channel.raw, token: UInt64(worker.number))
            }
        } catch {
            remove(worker)
            port.report(.notice(text: "worker \(worker.number) cannot be served: \(error)"))
        }
    }

    /// Ends a worker's channel. The ticket keys that it had become worthless: it may have been ended because it was
    /// taken over, or may have crashed for that reason.
    mutating func remove(_ worker: Worker) {
        poller.remove(worker.channel.raw)
        workers[worker.number] = nil
        signer.tally.workersEnded += 1
        tickets.revoke(now: Clock.monotonic())
        sendTicketKeys()
    }
}
