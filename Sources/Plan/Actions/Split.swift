/// A division of requests among pools.
public struct Split: Equatable, Sendable {
    /// What a pool gets.
    public struct Share: BitwiseCopyable, Equatable, Sendable {
        /// The number of the pool.
        public var pool: Int

        /// Hundredths of a percent; at least 1. The shares of a split make ``Split/whole``.
        public var portion: UInt32

        /// The share `portion` of `pool`.
        public init(pool: Int, portion: UInt32) {
            self.pool = pool
            self.portion = portion
        }
    }

    /// What decides about the pool: its hash, so that equal values go to the same pool.
    public enum Key: Hashable, Sendable {
        /// The first cookie with this name; without one, the client's address.
        case cookie([UInt8])

        /// The first field line with this name, in lower case; without one, the client's address.
        case header([UInt8])

        /// The client's address.
        case client

        /// Chance, anew for each request.
        case random
    }

    /// A value of the key that decides by itself.
    public struct Forced: Equatable, Sendable {
        /// The whole value of the cookie or field.
        public var value: [UInt8]

        /// The number of the pool that requests with it go to.
        public var pool: Int

        /// Requests with `value` go to `pool`.
        public init(value: [UInt8], pool: Int) {
            self.value = value
            self.pool = pool
        }
    }

    /// What all shares together make.
    public static let whole: UInt32 = 10_000

    /// The pools and what they get, in the order of the policy; two or more.
    public var shares: [Share]

    /// What decides.
    public var key: Key

    /// Values that decide by themselves; none unless the key is a cookie or a header.
    public var forced: [Forced]

    /// A split of these parts.
    public init(shares: [Share], key: Key, forced: [Forced] = []) {
        self.shares = shares
        self.key = key
        self.forced = forced
    }
}
