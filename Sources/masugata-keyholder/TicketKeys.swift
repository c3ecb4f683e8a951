internal import Bytes
internal import Crypto
internal import Wire

/// The session ticket keys: one for each epoch, derived from a master that never leaves this process.
struct TicketKeys: ~Copyable {
    private let master = SecretBytes.random(32)
    private let length: UInt64

    /// Counts up, by one when its time is over, by two when all earlier tickets are to be worthless.
    private(set) var epoch: UInt64 = 1

    /// When the epoch ends, microseconds on the monotonic clock.
    private(set) var end: UInt64

    /// - Parameter length: of an epoch, microseconds.
    init(length: UInt64, now: UInt64) {
        self.length = length
        end = now + length
    }

    /// Begins the next epoch when it is time. Answers whether it did.
    mutating func advance(now: UInt64) -> Bool {
        if now < end { return false }
        epoch += 1
        end = now + length
        return true
    }

    /// Makes every key that was handed out worthless: workers accept the current and the previous epoch, so both go.
    mutating func revoke(now: UInt64) {
        epoch += 2
        end = now + length
    }

    /// Writes the message that hands the current and the previous key to a worker.
    @_lifetime(writer: copy writer)
    borrowing func write(to writer: inout ByteWriter) {
        SigningReply.beginTicketKeys(&writer, epoch: epoch, count: 2)
        for number in [epoch, epoch - 1] {
            var key = SecretBytes(count: SigningReply.ticketKeySize)
            derive(number, into: &key)
            writer.append(key.span)
        }
    }

    private borrowing func derive(_ number: UInt64, into key: inout SecretBytes) {
        var info = InlineArray<23, UInt8>(repeating: 0)
        let label: StaticString = "session ticket "
        for index in label.bytes.indices { info[index] = label.bytes[index] }
        for index in 0..<8 { info[15 + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index)) }
        let none = InlineArray<0, UInt8>(repeating: 0)
        key.withMutableSpan {
            HKDF.sha256(secret: master.span, salt: none.span, info: info.span, into: &$0)
        }
    }
}
