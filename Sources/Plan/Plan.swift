/// The compiled policy: everything the appliance was told, as plain values.
///
/// Written by `masugata-config`, handed to every process as a binary image (``encoded()``) and checked again by each
/// of them (``init(decoding:)``). Numbers that name something (a pool, a listener) are indices into the arrays here.
public struct Plan: Equatable, Sendable {
    /// The addresses that are listened on, in the order of the policy.
    public var listeners: [Listener]

    /// The TLS settings that listeners refer to.
    public var tls: [TLSSettings]

    /// The named networks that routes refer to.
    public var networks: [Network]

    /// The groups of upstream servers that routes refer to.
    public var pools: [Pool]

    /// The sites that are served.
    public var sites: [Site]

    /// The limits of the whole appliance.
    public var limits: Limits

    /// What is told to upstreams about the client.
    public var forwarding: Forwarding

    /// What is logged, and where.
    public var audit: AuditSettings

    /// Proxy processes, 1 to ``PlanBounds/workers``; nil means one for each processor.
    public var workers: Int?

    /// A plan of these parts; see ``validate()`` for what makes it sound.
    public init(
        listeners: [Listener] = [], tls: [TLSSettings] = [], networks: [Network] = [], pools: [Pool] = [],
        sites: [Site] = [], limits: Limits = Limits(), forwarding: Forwarding = Forwarding(),
        audit: AuditSettings = AuditSettings(), workers: Int? = nil
    ) {
        self.listeners = listeners
        self.tls = tls
        self.networks = networks
        self.pools = pools
        self.sites = sites
        self.limits = limits
        self.forwarding = forwarding
        self.audit = audit
        self.workers = workers
    }

    /// Every server of every pool; the index is the plan-wide upstream number the proxy gives the dialer.
    ///
    /// Servers of one pool have consecutive numbers: pool by pool, server by server in the order of the policy.
    public var upstreams: [Upstream] {
        var all: [Upstream] = []
        for (pool, settings) in pools.enumerated() {
            for (server, endpoint) in settings.servers.enumerated() {
                all.append(Upstream(pool: pool, server: server, host: endpoint.host, port: endpoint.port))
            }
        }
        return all
    }

    /// The plan-wide upstream number of the first server of `pool`.
    public func firstUpstream(ofPool pool: Int) -> Int {
        pools[..<pool].reduce(0) { $0 + $1.servers.count }
    }

    /// The plan-wide number of the first route of `site`; the routes of one site have consecutive numbers.
    public func firstRoute(ofSite site: Int) -> Int {
        sites[..<site].reduce(0) { $0 + $1.routes.count }
    }

    /// How many routes all sites have together.
    public var routeCount: Int { sites.reduce(0) { $0 + $1.routes.count } }
}
