import Bytes
import DaemonTestSupport
import Sys
import Testing
import Wire

/// A worker's end of a dialing channel, which does whatever it is told, right or wrong.
final class DialingWorker {
    let number: UInt16
    private let channel: Channel
    private var poller: Poller

    /// What came back for a request.
    struct Answer: ~Copyable {
        var answer: DialAnswer
        var connection: Descriptor?
    }

    /// Connects a new worker with the dialer.
    init(_ number: UInt16, _ dialer: Supervised) throws {
        self.number = number
        let pair = try Channel.pair()
        channel = Channel(try pair.near.duplicate())
        poller = try Poller(capacity: 1)
        try poller.add(readable: channel.raw, token: 0)
        try dialer.order(.attach(purpose: .dialing, peer: number), [pair.far.raw])
        try dialer.ping()
    }

    /// Sends requests in one message.
    func send(_ requests: [DialRequest], generation: UInt32 = 1) throws {
        var bytes = [UInt8](repeating: 0, count: DialFormat.messageLimit + 4_096)
        var writer = ByteWriter(bytes.mutableSpan)
        DialRequest.begin(&writer, generation: generation, count: requests.count)
        for request in requests { request.write(to: &writer) }
        let count = writer.count
        try send(bytes: Array(bytes[..<count]))
    }

    /// Sends any bytes.
    func send(bytes: [UInt8]) throws { try channel.send(bytes.span) }

    func connect(_ id: UInt64, upstream: UInt16 = 0, generation: UInt32 = 1) throws {
        try send([DialRequest(action: .connect, id: id, upstream: upstream)], generation: generation)
    }

    func closed(upstream: UInt16 = 0) throws {
        try send([DialRequest(action: .closed, id: 0, upstream: upstream)])
    }

    /// The answers of the next message, and the connections that came along, the number of which is checked.
    func receive(wait: Bool = true) throws -> (answers: [DialAnswer], connections: [Int32])? {
        var buffer = [UInt8](repeating: 0, count: DialFormat.messageLimit)
        var descriptors = Descriptors()
        while true {
            var span = buffer.mutableSpan
            let received = Channel.receive(channel.raw, into: &span, descriptors: &descriptors, limit: 64)
            switch received {
            case .message(let count):
                var reader = MessageReader(buffer.span.extracting(0..<count))
                let (_, answerCount) = try DialAnswer.readHead(&reader)
                var answers: [DialAnswer] = []
                for _ in 0..<answerCount { answers.append(try DialAnswer(reading: &reader)) }
                try reader.end()
                var connections: [Int32] = []
                for index in 0..<descriptors.count {
                    if let descriptor = descriptors.take(index) { connections.append(descriptor.release()) }
                }
                #expect(connections.count == answers.filter { $0.outcome == .connected }.count)
                return (answers, connections)
            case .nothing:
                if !wait { return nil }
                if poller.wait(milliseconds: 20_000) == 0 { throw Supervised.Unexpected(text: "no answer") }
            case .ended, .oversized: throw Supervised.Unexpected(text: "cut off")
            }
        }
    }

    /// The next answer alone.
    func outcome() throws -> DialAnswer.Outcome? {
        guard let (answers, connections) = try receive() else { return nil }
        for connection in connections { Socket.close(connection) }
        return answers.first?.outcome
    }

    /// Whether the dialer has closed the channel.
    func isCutOff() -> Bool {
        do {
            while try receive() != nil {}
            return false
        } catch {
            return (error as? Supervised.Unexpected)?.text == "cut off"
        }
    }
}
