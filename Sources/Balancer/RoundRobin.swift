internal import Bytes

/// Chooses servers in turn, as often as their weights say, and leaves alone for a while those that failed.
///
/// The turn is the smooth one: with weights 5, 1, 1 the order is a a b a c a a and not five times a in a row. What is
/// known of failures is what the caller reports; nothing is probed. Time is the caller's, in microseconds, so that
/// the same calls always give the same answers. A choice allocates nothing and costs one look at each server of the
/// pool.
public struct RoundRobin: ~Copyable {
    private var servers: Slab<ServerState>
    private let pools: Slab<PoolServers>

    /// How long servers that failed are left alone.
    public let memory: FailureMemory

    /// The largest weight; credits of the largest pools still fit their 32 bits.
    public static let largestWeight = 10_000

    /// A balancer over pools of servers with these weights.
    ///
    /// Servers are numbered pool by pool in the order given, which is the order of the plan's upstreams.
    /// - Parameter weights: for each pool the weights of its servers, each 1 to ``largestWeight``; no pool is empty.
    public init(weights: [[Int]], memory: FailureMemory = FailureMemory()) {
        let count = weights.reduce(0) { $0 + $1.count }
        servers = Slab(capacity: count, repeating: ServerState(weight: 1))
        var pools = Slab(capacity: weights.count, repeating: PoolServers(first: 0, count: 0))
        var number = 0
        for (pool, weights) in weights.enumerated() {
            precondition(!weights.isEmpty && weights.allSatisfy { (1...RoundRobin.largestWeight).contains($0) })
            pools[pool] = PoolServers(first: Int32(number), count: Int32(weights.count))
            for weight in weights {
                servers[number] = ServerState(weight: Int32(weight))
                number += 1
            }
        }
        self.pools = pools
        self.memory = memory
    }

    /// How many servers all pools have together.
    public var count: Int { servers.capacity }

    /// The number of the server of `pool` whose turn it is; nil when none has room and the caller has to wait.
    ///
    /// Servers that failed are passed over until their pause ends. Then one caller gets the server to try it, and
    /// the others only after ``succeeded(_:)``, or when another pause has gone by. When all are paused the turn goes
    /// on as if none were: trying is better than refusing. Servers without room are passed over too; to wait for one
    /// that works is better than to try one that does not.
    public mutating func next(pool: Int, now: UInt64) -> Int? {
        let range = pools[pool]
        if let server = choose(range, passingOver: { $0.isPaused(now) || $0.isFull(now) }) {
            if servers[server].failures > 0 { beginTrial(server, now) }
            return server
        }
        if works(range, now) { return nil }
        return choose(range, passingOver: { $0.isFull(now) })
    }

    /// Server number `server` takes no further connection, as far as is known until `end`.
    public mutating func filled(_ server: Int, until end: UInt64) { servers[server].fullUntil = end }

    /// Server number `server` takes connections again.
    public mutating func emptied(_ server: Int) { servers[server].fullUntil = 0 }

    /// Server number `server` could not be connected to, or did not answer.
    ///
    /// Requests that fail while it is already left alone were sent before that and count as the same failure, so
    /// that the pause grows with time and not with load.
    public mutating func failed(_ server: Int, now: UInt64) {
        if servers[server].failures > 0 && !servers[server].onTrial && servers[server].isPaused(now) { return }
        servers[server].failures = min(servers[server].failures + 1, 64)
        servers[server].onTrial = false
        servers[server].pausedUntil = now + memory.pause(afterFailures: servers[server].failures)
    }

    /// Server number `server` has answered.
    public mutating func succeeded(_ server: Int) {
        servers[server].failures = 0
        servers[server].onTrial = false
        servers[server].pausedUntil = 0
    }

    /// Whether server number `server` would be passed over at `now`.
    public func isPaused(_ server: Int, now: UInt64) -> Bool { servers[server].isPaused(now) }

    /// Whether any of the servers is not paused.
    private func works(_ range: PoolServers, _ now: UInt64) -> Bool {
        for server in Int(range.first)..<Int(range.first + range.count) where !servers[server].isPaused(now) {
            return true
        }
        return false
    }

    private mutating func beginTrial(_ server: Int, _ now: UInt64) {
        servers[server].onTrial = true
        servers[server].pausedUntil = now + memory.pause(afterFailures: servers[server].failures)
    }

    /// Every server that takes part gains its weight; the richest is chosen and pays what all gained.
    private mutating func choose(_ range: PoolServers, passingOver isOut: (ServerState) -> Bool) -> Int? {
        var best: Int?
        var total: Int32 = 0
        for server in Int(range.first)..<Int(range.first + range.count) where !isOut(servers[server]) {
            servers[server].credit += servers[server].weight
            total += servers[server].weight
            if best.map({ servers[$0].credit < servers[server].credit }) ?? true { best = server }
        }
        if let best { servers[best].credit -= total }
        return best
    }
}
