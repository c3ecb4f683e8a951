internal import Bytes
internal import CTLS
public import Sys
internal import Wire

/// A worker's side of the signing channel: sends what handshakes wait for, one message for a turn of the loop, and
/// brings the answers and the ticket keys back.
///
/// While there is no channel, requests wait for the next one. Those that had been sent when a channel went are
/// refused, never sent again: one of them may be what ended the key-holder.
public struct RemoteSigner: ~Copyable {
    private var channel: Channel?
    private var outgoing: [UInt8]
    /// Bytes of a message that the channel had no room for.
    private var waiting = 0
    private var incoming: [UInt8]
    /// Requests of this channel that have not been answered.
    private var unanswered = 0

    /// What ``receive(for:)`` came to.
    public enum Event: Equatable, Sendable {
        /// So many answers were delivered.
        case delivered(Int)
        /// The key-holder is gone: what had been asked of it is refused, and the channel is closed.
        case ended
        /// The key-holder broke the channel's rules; treated as gone.
        case violated
    }

    public init() {
        let room = 8 + SigningFormat.batchLimit * (15 + SigningFormat.contentLimit)
        outgoing = [UInt8](repeating: 0, count: room)
        incoming = [UInt8](repeating: 0, count: SigningFormat.messageLimit)
    }

    /// The channel's descriptor, for the poller; nil while there is none.
    public private(set) var raw: Int32?

    /// Takes a new channel, in the place of an earlier one. What waits goes out with the next ``flush(_:)``.
    public mutating func attach(_ channel: consuming Channel, for connections: inout TLSConnections) {
        detach(for: &connections)
        raw = channel.raw
        self.channel = consume channel
    }

    /// Closes the channel. Handshakes that wait for an answer of it are refused.
    public mutating func detach(for connections: inout TLSConnections) {
        channel = nil
        raw = nil
        waiting = 0
        unanswered = 0
        _ = unsafe masugata_tls_refuse_sent(connections.engine)
    }

    /// Sends everything that handshakes wait for, as far as the channel takes it. Call once at the end of each turn
    /// of the loop; what does not fit goes out on a later turn, after an answer has made room.
    public mutating func flush(_ connections: inout TLSConnections) {
        while raw != nil {
            if waiting == 0 { waiting = encode(&connections) }
            if waiting == 0 { return }
            // Broken is noticed by reading: there the end comes in order, after the last answer.
            if !send(outgoing.span.extracting(0..<waiting)) { return }
            waiting = 0
        }
    }

    private borrowing func send(_ message: Span<UInt8>) -> Bool {
        switch channel {
        case .some(let channel): channel.sendPlain(message) == nil
        case .none: false
        }
    }

    /// Delivers the answers and ticket keys that have come; ``TLSConnections/nextReady()`` then names the slots.
    /// Something may be left in the channel: the poller has to report it as long as it is readable, not once.
    public mutating func receive(for connections: inout TLSConnections) -> Event {
        guard let raw else { return .delivered(0) }
        var delivered = 0
        while true {
            var span = incoming.mutableSpan
            switch Channel.receivePlain(raw, into: &span) {
            case .nothing: return .delivered(delivered)
            case .ended:
                detach(for: &connections)
                return .ended
            case .oversized:
                detach(for: &connections)
                return .violated
            case .message(let count):
                do throws(WireViolation) {
                    let answers = try deliver(incoming.span.extracting(0..<count), to: &connections)
                    delivered += answers
                    unanswered -= min(answers, unanswered)
                    // Asking an empty channel once more would be a system call for each handshake.
                    if unanswered == 0 { return .delivered(delivered) }
                } catch {
                    detach(for: &connections)
                    return .violated
                }
            }
        }
    }

    /// One message of requests for one generation. Answers its length, 0 when nothing waits.
    private mutating func encode(_ connections: inout TLSConnections) -> Int {
        var signing = unsafe masugata_tls_signing()
        if unsafe !masugata_tls_next_signing(connections.engine, &signing) { return 0 }
        let generation = unsafe signing.generation
        var writer = ByteWriter(outgoing.mutableSpan)
        SigningRequest.begin(&writer, generation: generation, count: 0)
        var count = 0
        repeat {
            guard let kind = unsafe SigningKind(rawValue: signing.kind) else { break }
            let content = unsafe Span(
                _unsafeElements: UnsafeBufferPointer(start: signing.content, count: Int(signing.count)))
            let request = unsafe SigningRequest(
                id: signing.id, kind: kind, key: signing.key, scheme: signing.scheme, contentCount: signing.count)
            request.write(to: &writer)
            writer.append(content)
            unsafe masugata_tls_signing_sent(connections.engine)
            count += 1
        } while unsafe count < SigningFormat.batchLimit
            && masugata_tls_next_signing(connections.engine, &signing) && signing.generation == generation
        let length = writer.overflowed ? 0 : writer.count
        unanswered += count
        // The count stands behind the magic number and the format.
        outgoing[3] = UInt8(count)
        return length
    }

    private func deliver(
        _ message: Span<UInt8>, to connections: inout TLSConnections
    ) throws(WireViolation) -> Int {
        var reader = MessageReader(message)
        switch try SigningReply(reading: &reader) {
        case .answers(let count):
            for _ in 0..<count {
                let answer = try SigningAnswer(reading: &reader)
                let signature = try reader.run(Int(answer.signatureCount))
                unsafe signature.withUnsafeBufferPointer {
                    // Nobody may wait for it any more: its client has gone.
                    let granted = answer.outcome == .signed
                    _ = unsafe masugata_tls_answer(
                        connections.engine, answer.id, granted ? $0.baseAddress : nil, $0.count)
                }
            }
            try reader.end()
            return count
        case .ticketKeys(_, let count):
            let keys = try reader.run(count * SigningReply.ticketKeySize)
            try reader.end()
            unsafe keys.withUnsafeBufferPointer {
                unsafe masugata_tls_set_ticket_keys(connections.engine, $0.baseAddress, count)
            }
            return 0
        }
    }
}
