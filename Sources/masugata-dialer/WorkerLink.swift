internal import Bytes
internal import Sys
internal import Wire

/// The dialing channel of one worker, and what the dialer owes it and counts for it.
final class WorkerLink {
    /// An upstream of a generation of the plan.
    struct Place: Hashable {
        var generation: UInt32
        var upstream: UInt16
    }

    /// Where a request without an answer stands.
    enum Progress: Equatable {
        /// The connect with this number is under way.
        case connecting(Int)
        /// Its answer waits to be sent.
        case answered
    }

    /// An answer that waits to be sent, with the descriptor that goes along (-1: none), which this owns.
    private struct Answer {
        var answer: DialAnswer
        var generation: UInt32
        var connection: Int32
    }

    /// The worker's number.
    let worker: UInt16

    /// Requests without an answer sent.
    var outstanding: [UInt64: Progress] = [:]

    /// Connections in the worker's hands.
    var open: [Place: Int] = [:]

    /// Answers sent, less the cancellations that came too late for theirs: how many more may come too late.
    var lateCancellationsLeft = 0

    private let channel: Channel
    private var answers: [Answer] = []
    private var inFlight = 0

    /// Takes the dialer's end of the channel.
    init(worker: UInt16, channel: consuming Channel) {
        self.worker = worker
        self.channel = channel
    }

    deinit {
        for answer in answers where answer.connection >= 0 { Socket.close(answer.connection) }
    }

    /// For the poller.
    var raw: Int32 { channel.raw }

    /// Whether answers wait to be sent.
    var hasAnswers: Bool { !answers.isEmpty }

    /// The connections among the answers that wait.
    var waitingConnections: [Place] {
        answers.lazy.filter { $0.connection >= 0 }.map {
            Place(generation: $0.generation, upstream: $0.answer.upstream)
        }
    }

    /// Queues an answer; ``send()`` sends it, together with others.
    func queue(_ answer: DialAnswer, generation: UInt32, connection: consuming Descriptor? = nil) {
        var number: Int32 = -1
        if let connection = consume connection { number = connection.release() }
        answers.append(Answer(answer: answer, generation: generation, connection: number))
    }

    /// Sends what the worker can take now. Answers false when the worker is gone.
    func send() -> Bool {
        while let message = nextMessage() {
            do throws(Errno) {
                try channel.send(message.bytes.span, descriptors: message.descriptors)
            } catch {
                return error.wouldBlock
            }
            sent(message.count)
        }
        return true
    }

    private struct Message {
        var bytes: [UInt8]
        var descriptors: [Int32]
        var count: Int
    }

    /// The answers that fit into one message: those of one generation, and no more descriptors than may be in flight.
    private func nextMessage() -> Message? {
        guard let generation = answers.first?.generation else { return nil }
        var descriptors: [Int32] = []
        var count = 0
        for answer in answers.prefix(DialFormat.batchLimit) {
            if answer.generation != generation { break }
            if answer.connection >= 0 {
                if inFlight + descriptors.count == DialerLimits.descriptorsInFlight && !hasLanded() { break }
                descriptors.append(answer.connection)
            }
            count += 1
        }
        if count == 0 { return nil }
        return Message(bytes: encoded(count, generation), descriptors: descriptors, count: count)
    }

    /// Whether nothing is in flight any more. The kernel is asked only when the answer matters.
    private func hasLanded() -> Bool {
        if inFlight == 0 || !hasReceivedEverything(channel.raw) { return false }
        inFlight = 0
        return true
    }

    private func encoded(_ count: Int, _ generation: UInt32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: DialFormat.messageLimit)
        var room = bytes.mutableSpan
        var writer = ByteWriter(room._mutatingExtracting(0..<DialFormat.messageLimit))
        DialAnswer.begin(&writer, generation: generation, count: count)
        for answer in answers.prefix(count) { answer.answer.write(to: &writer) }
        let length = writer.count
        bytes.removeLast(bytes.count - length)
        return bytes
    }

    /// The worker owns what was sent; this process's copies are closed.
    private func sent(_ count: Int) {
        for answer in answers.prefix(count) {
            outstanding[answer.answer.id] = nil
            lateCancellationsLeft = min(lateCancellationsLeft + 1, DialFormat.outstandingLimit)
            if answer.connection < 0 { continue }
            Socket.close(answer.connection)
            inFlight += 1
            let place = Place(generation: answer.generation, upstream: answer.answer.upstream)
            open[place, default: 0] += 1
        }
        answers.removeFirst(count)
    }
}
