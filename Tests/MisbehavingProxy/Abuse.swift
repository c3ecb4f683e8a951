import Bytes
import Glibc
import Sys
import Wire

/// What a worker in strange hands may try.
enum Abuse: String {
    /// Asks for a signature with a key that there is not.
    case unknownKey = "unknown-key"
    /// Sends the key-holder something else than a request.
    case signingGarbage = "signing-garbage"
    /// Asks for a connection to an upstream that is not in the plan.
    case unknownUpstream = "unknown-upstream"
    /// Asks for more connections than may be open.
    case dialingFlood = "dialing-flood"
    /// Claims to have appended more records than the ring holds.
    case ringPositions = "ring-positions"
    /// Leaves a record in the ring that is none.
    case ringGarbage = "ring-garbage"
    /// Says something to the supervisor that it was not asked.
    case control

    /// Abuses a channel, if it is the one that this is about.
    func commit(_ purpose: ChannelPurpose, _ channel: Int32, wakeUp: Int32) {
        switch (self, purpose) {
        case (.unknownKey, .signing): send(signingRequest(key: 999), channel)
        case (.signingGarbage, .signing): send([UInt8](repeating: 0xff, count: 600), channel)
        case (.unknownUpstream, .dialing): send(dialRequests(1...1, upstream: 60_000), channel)
        case (.dialingFlood, .dialing):
            for batch in 0..<40 {
                let first = UInt64(batch * DialFormat.batchLimit)
                send(dialRequests(first...(first + UInt64(DialFormat.batchLimit) - 1), upstream: 0), channel)
            }
        case (.ringPositions, .records): corrupt(channel, appended: .max / 2, wakeUp)
        case (.ringGarbage, .records):
            guard var ring = try? SharedRing(mapping: channel, capacity: RequestRecord.ringCapacity) else { return }
            _ = ring.append([UInt8](repeating: 0xff, count: 100).span)
            wake(wakeUp)
        default: return
        }
    }

    private func send(_ message: [UInt8], _ channel: Int32) {
        Glibc.send(channel, message, message.count, Int32(MSG_NOSIGNAL))
    }

    private func signingRequest(key: UInt16) -> [UInt8] {
        message(256) { writer in
            SigningRequest.begin(&writer, generation: 1, count: 1)
            SigningRequest(id: 1, kind: .certificateVerify, key: key, scheme: 0x0403, contentCount: 32).write(to: &writer)
            for byte in 0..<32 { writer.append(UInt8(byte)) }
        }
    }

    private func dialRequests(_ ids: ClosedRange<UInt64>, upstream: UInt16) -> [UInt8] {
        message(DialFormat.messageLimit) { writer in
            DialRequest.begin(&writer, generation: 1, count: ids.count)
            for id in ids { DialRequest(action: .connect, id: id + 1, upstream: upstream).write(to: &writer) }
        }
    }

    private func message(_ limit: Int, _ write: (inout ByteWriter) -> Void) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var span = bytes.mutableSpan
        var writer = ByteWriter(span._mutatingExtracting(0..<limit))
        write(&writer)
        let count = writer.count
        return Array(bytes[..<count])
    }

    /// The first word of the ring says how much was appended.
    private func corrupt(_ ring: Int32, appended: UInt64, _ wakeUp: Int32) {
        let memory = mmap(nil, 4_096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0)
        memory?.storeBytes(of: appended, as: UInt64.self)
        wake(wakeUp)
    }

    private func wake(_ wakeUp: Int32) {
        var one: UInt64 = 1
        write(wakeUp, &one, 8)
    }
}
