internal import Sys
internal import Wire

/// A worker, as far as it is known here: its channel and what it has had.
final class Worker {
    let number: UInt16
    let channel: Channel
    /// Messages that the channel had no room for, the oldest first. While there are any, nothing is read.
    private var unread: [[UInt8]] = []
    private var allowances: [UInt64: TokenBucket] = [:]
    /// Whether it has been said that it asks for more than it may have.
    var exceededRate = false

    init(_ number: UInt16, _ channel: consuming Channel) {
        self.number = number
        self.channel = channel
    }

    /// Messages that wait for room.
    var unreadCount: Int { unread.count }

    /// Sends a message, or keeps it until there is room.
    func send(_ message: Span<UInt8>) {
        // A broken channel is noticed by reading.
        if unread.isEmpty && channel.sendPlain(message)?.wouldBlock != true { return }
        var copy: [UInt8] = []
        for index in message.indices { copy.append(message[index]) }
        unread.append(copy)
    }

    /// Sends what waits, as far as there is room. Answers whether all of it went.
    func flush() -> Bool {
        while let first = unread.first {
            if channel.sendPlain(first.span)?.wouldBlock == true { return false }
            unread.removeFirst()
        }
        return true
    }

    /// Takes one signature of the worker's allowance for a key.
    func mayHave(_ generation: UInt32, _ key: UInt16, _ limits: SigningLimits, now: UInt64) -> Bool {
        let name = UInt64(generation) << 16 | UInt64(key)
        return allowances[name, default: TokenBucket(burst: limits.burst, now: now)]
            .take(rate: limits.rate, burst: limits.burst, now: now)
    }

    /// Forgets the allowances for a retired generation.
    func forget(_ generation: UInt32) {
        allowances = allowances.filter { UInt32(truncatingIfNeeded: $0.key >> 16) != generation }
    }
}
