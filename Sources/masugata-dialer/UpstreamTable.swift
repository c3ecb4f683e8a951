internal import Plan

/// The upstreams of one generation, by their numbers.
final class UpstreamTable {
    /// One upstream.
    struct Upstream {
        var endpoint: Endpoint
        /// Connections to it that all workers may have together.
        var limit: Int
        /// Microseconds in which a connection must stand.
        var timeout: UInt64
    }

    let generation: UInt32
    let upstreams: [Upstream]

    /// Connections that were asked for under this generation and are not closed.
    var open = 0

    /// Whether nothing new may be asked for under it.
    var isRetired = false

    /// The names that its servers have.
    var names: [ResolvedName] {
        var seen: Set<String> = []
        return upstreams.compactMap { $0.endpoint.name }.filter { seen.insert($0.host).inserted }
    }

    /// The table of a plan. `endpoint` finds a server that is known, or makes it known.
    init(generation: UInt32, plan: Plan, endpoint: (Endpoint.Key) -> Endpoint) {
        self.generation = generation
        upstreams = plan.upstreams.map { upstream in
            let pool = plan.pools[upstream.pool]
            return Upstream(
                endpoint: endpoint(Endpoint.Key(pool: pool.name, host: upstream.host, port: upstream.port)),
                limit: Int(clamping: pool.limits[.connections]), timeout: pool.limits[.connect] * 1000)
        }
    }
}
