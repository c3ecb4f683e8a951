/// How many signatures somebody may still have.
struct TokenBucket {
    /// Millionths of a token, so that a microsecond adds a whole number.
    private var level: UInt64
    private var filled: UInt64

    private static let token: UInt64 = 1_000_000

    /// A full bucket at `now` (microseconds).
    init(burst: UInt64, now: UInt64) {
        level = burst &* TokenBucket.token
        filled = now
    }

    /// Takes one token, if one is there at `now` (microseconds).
    mutating func take(rate: UInt64, burst: UInt64, now: UInt64) -> Bool {
        let elapsed = min(now > filled ? now - filled : 0, 3_600_000_000)
        filled = max(filled, now)
        level = min(level &+ elapsed &* rate, burst &* TokenBucket.token)
        if level < TokenBucket.token { return false }
        level -= TokenBucket.token
        return true
    }
}
