import Bytes
import Glibc
import Sys
import Wire

@testable import masugata_keyholder

func writeTicketKeys(_ keys: borrowing TicketKeys, to bytes: inout [UInt8]) {
    var writer = ByteWriter(bytes.mutableSpan)
    keys.write(to: &writer)
}

/// A test in a worker's place.
final class WorkerEnd {
    let channel: Int32

    init(_ channel: Int32) { self.channel = channel }

    deinit { close(channel) }

    /// One request in a message of its own.
    static func message(
        id: UInt64 = 1, generation: UInt32 = 1, key: UInt16 = 0, kind: SigningKind = .certificateVerify,
        scheme: UInt16 = 0x0403, content: [UInt8] = [UInt8](repeating: 1, count: 32)
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1024)
        var writer = ByteWriter(bytes.mutableSpan)
        SigningRequest.begin(&writer, generation: generation, count: 1)
        SigningRequest(id: id, kind: kind, key: key, scheme: scheme, contentCount: UInt16(content.count))
            .write(to: &writer)
        writer.append(content.span)
        let count = writer.count
        return Array(bytes.prefix(count))
    }

    func send(_ bytes: [UInt8]) { _ = trySend(bytes) }

    /// Sends a message if there is room.
    func trySend(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { Glibc.send(channel, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } >= 0
    }

    /// The next message; nil when the channel has been closed.
    func receive() -> [UInt8]? {
        var entry = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 20_000) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = bytes.withUnsafeMutableBytes { recv(channel, $0.baseAddress, $0.count, 0) }
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    /// The epoch of the next message, which must carry ticket keys.
    func receiveTicketKeys() -> UInt64? {
        guard let bytes = receive() else { return nil }
        var reader = MessageReader(bytes.span)
        guard case .ticketKeys(let epoch, 2) = try? SigningReply(reading: &reader) else { return nil }
        return epoch
    }

    /// The outcome in the next message, which must carry one answer.
    func receiveAnswer() -> (id: UInt64, outcome: SigningOutcome)? {
        guard let bytes = receive() else { return nil }
        var reader = MessageReader(bytes.span)
        guard case .answers(1) = try? SigningReply(reading: &reader),
            let answer = try? SigningAnswer(reading: &reader), reader.remaining == Int(answer.signatureCount)
        else { return nil }
        return (answer.id, answer.outcome)
    }
}
