/// The compiled policy: everything the appliance was told, as plain values.
///
/// Written by `masugata-config`, handed to every process as a binary image (``encoded()``) and checked again by each
/// of them (``init(decoding:)``). Numbers that name something (a pool, a listener) are indices into the arrays here.
public struct Plan: Equatable, Sendable {
    /// The addresses that are listened on, in the order of the policy.
    public var listeners: [Listener]

    /// The TLS settings that listeners refer to.
    public var tls: [TLSSettings]

    /// The named networks that routes and conditions refer to.
    public var networks: [Network]

    /// The named lists of texts that conditions refer to.
    public var lists: [TextList]

    /// The groups of upstream servers that routes refer to.
    public var pools: [Pool]

    /// The changes of fields that sites and routes refer to.
    public var headers: [HeaderProfile]

    /// The pages by status that sites and routes refer to.
    public var errors: [ErrorPages]

    /// The pages from files that are referred to; each file once.
    public var pages: [Page]

    /// The rates that sites and routes refer to.
    public var rateLimits: [RateLimit]

    /// The firewalls that sites and routes refer to.
    public var firewalls: [Firewall]

    /// The sites that are served.
    public var sites: [Site]

    /// What is done with ambiguous request targets.
    public var target: TargetSettings

    /// The zone of times of day and weekdays.
    public var zone: Zone

    /// The limits of the whole appliance.
    public var limits: Limits

    /// What is told to upstreams about the client.
    public var forwarding: Forwarding

    /// What is logged, and where.
    public var audit: AuditSettings

    /// Proxy processes, 1 to ``PlanBounds/workers``; nil means one for each processor.
    public var workers: Int?

    /// The files that the policy was read from, as they were named: the main one first, then what it includes.
    public var sources: [String]

    /// A plan of these parts; see ``validate()`` for what makes it sound.
    public init(
        listeners: [Listener] = [], tls: [TLSSettings] = [], networks: [Network] = [],
        lists: [TextList] = [], pools: [Pool] = [], headers: [HeaderProfile] = [], errors: [ErrorPages] = [],
        pages: [Page] = [], rateLimits: [RateLimit] = [], firewalls: [Firewall] = [], sites: [Site] = [],
        target: TargetSettings = TargetSettings(), zone: Zone = Zone(), limits: Limits = Limits(),
        forwarding: Forwarding = Forwarding(), audit: AuditSettings = AuditSettings(), workers: Int? = nil,
        sources: [String] = []
    ) {
        self.listeners = listeners
        self.tls = tls
        self.networks = networks
        self.lists = lists
        self.pools = pools
        self.headers = headers
        self.errors = errors
        self.pages = pages
        self.rateLimits = rateLimits
        self.firewalls = firewalls
        self.sites = sites
        self.target = target
        self.zone = zone
        self.limits = limits
        self.forwarding = forwarding
        self.audit = audit
        self.workers = workers
        self.sources = sources
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
