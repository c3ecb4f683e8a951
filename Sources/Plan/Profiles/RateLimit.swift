/// A `limit` block: how often something may come.
public struct RateLimit: Equatable, Sendable {
    /// What is counted by.
    public enum Key: Hashable, Sendable {
        /// The client's address.
        case client

        /// The client's address block: 32 bits of IPv4, 64 of IPv6, which is what one household or host has.
        case clientPrefix

        /// The first field line with this name, in lower case; requests without one are counted together.
        case header([UInt8])

        /// The first cookie with this name; requests without one are counted together.
        case cookie([UInt8])
    }

    /// What is done with what comes too often.
    public enum Excess: Equatable, Sendable {
        /// It is refused with this status, 400 to 599.
        case reject(status: UInt16)

        /// It waits until it does not come too often.
        case delay
    }

    /// The name in the policy.
    public var name: String

    /// What is counted by.
    public var key: Key

    /// How many requests there may be in ``period``; within ``PlanBounds/rate``.
    public var count: UInt64

    /// Milliseconds, see ``count``.
    public var period: UInt64

    /// How many may come at once; within ``PlanBounds/rate``.
    public var burst: UInt64

    /// What is done with others.
    public var excess: Excess

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A limit of these parts.
    public init(
        name: String, key: Key, count: UInt64, period: UInt64, burst: UInt64,
        excess: Excess = .reject(status: 429), position: SourcePosition = SourcePosition()
    ) {
        self.name = name
        self.key = key
        self.count = count
        self.period = period
        self.burst = burst
        self.excess = excess
        self.position = position
    }
}
