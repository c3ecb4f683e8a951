/// When a process that died is started again: at once the first time, then later and later, until it lived for long.
struct BackOff: Equatable {
    /// Microseconds before the second start in a row.
    static let first: UInt64 = 100_000
    /// The longest wait, microseconds.
    static let longest: UInt64 = 5_000_000
    /// A process that lived for so long, microseconds, was well.
    static let healthy: UInt64 = 30_000_000

    /// Deaths in a row.
    private(set) var deaths = 0

    /// Notes a death after `lived` microseconds; answers how long to wait, microseconds.
    mutating func died(after lived: UInt64) -> UInt64 {
        if lived >= BackOff.healthy { deaths = 0 }
        deaths += 1
        if deaths == 1 { return 0 }
        return min(BackOff.first << UInt64(min(deaths - 2, 16)), BackOff.longest)
    }
}

extension UInt64 {
    /// Microseconds from this time to `now`; 0 when it is still to come.
    func age(at now: UInt64) -> UInt64 { now > self ? now - self : 0 }
}
