/// A `pool` block: servers that answer the same requests.
public struct Pool: Equatable, Sendable {
    /// How the next server is chosen.
    public enum Balance: UInt8, BitwiseCopyable, Sendable {
        /// One after the other, as often as their weights say.
        case roundRobin = 1
    }

    /// The name in the policy.
    public var name: String

    /// The servers, in the order of the policy.
    public var servers: [Server]

    /// How the next server is chosen.
    public var balance: Balance

    /// The limits of this pool.
    public var limits: PoolLimits

    /// A pool of these parts.
    public init(name: String, servers: [Server], balance: Balance = .roundRobin, limits: PoolLimits = PoolLimits()) {
        self.name = name
        self.servers = servers
        self.balance = balance
        self.limits = limits
    }
}
