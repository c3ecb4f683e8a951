internal import Actions
internal import Balancer
internal import Bytes
internal import HTTP1
internal import HTTP2
internal import HTTPModel
internal import Match
internal import Plan
internal import Sys
internal import TLS

/// One generation of the plan in the shape in which requests ask of it. Built once, aside, and never changed but for
/// what it counts.
struct Generation: ~Copyable {
    let number: UInt32
    let plan: Plan
    let decisions: DecisionTable
    let actions: ActionTable
    let tls: TLSContext
    let pools: Slab<PoolSettings>
    /// By the number of a route; then by that of a site, for what is decided without a route.
    let scopes: Slab<ScopeSettings>
    let routeCount: Int
    /// The texts of the names that stand in records, and where each begins.
    let names: NameTable
    let headLimits: HeadLimits
    let responseLimits: HeadLimits
    let chunkLimits: ChunkLimits
    let http2Limits: HTTP2Limits
    let requestRules: RequestRules
    let forwardingRules: ForwardingRules

    /// What decisions write.
    var decisionMemory: DecisionMemory
    /// Their sockets go with a drain, or with the generation.
    var listeners: Slab<ListenerState>
    var balancer: RoundRobin
    var queues: Slab<PoolQueue>
    /// Idle connections of each server: the head of the list, or -1.
    var idle: Slab<Int32>

    /// - Parameters:
    ///   - refusesDates: whether certificates that are not valid now are refused.
    ///   - bufferSize: the size of the worker's buffers.
    /// - Throws: what of the plan or the certificates cannot be served.
    init(
        number: UInt32, plan: Plan, certificates: [UInt16: CertificateBytes], sockets: [Int: Int32],
        refusesDates: Bool, bufferSize: Int
    ) throws(GenerationFault) {
        let tls = try Generation.makeTLS(number, plan, certificates, refusesDates: refusesDates)
        let decisions = try Generation.makeDecisions(plan)
        self.number = number
        self.tls = tls
        decisionMemory = DecisionMemory(for: decisions)
        actions = ActionTable(plan, decisions)
        self.decisions = decisions
        names = NameTable(plan)
        listeners = Generation.makeListeners(plan, sockets)
        pools = Generation.makePools(plan)
        scopes = Generation.makeScopes(plan, actions)
        routeCount = plan.routeCount
        headLimits = HeadLimits(ofRequests: plan.limits)
        responseLimits = HeadLimits(ofResponses: plan.limits)
        http2Limits = HTTP2Limits(plan.limits, bufferSize: bufferSize)
        var chunks = ChunkLimits()
        chunks.chunkExtension = Int(plan.limits[.chunkExtension])
        chunks.trailer = Int(plan.limits[.trailer])
        chunkLimits = chunks
        var rules = RequestRules()
        rules.target = TargetRules(plan.target)
        requestRules = rules
        var forwarding = ForwardingRules()
        if plan.forwarding.received == .append {
            forwarding.xForwarded = .append
            forwarding.forwarded = .append
        }
        forwardingRules = forwarding
        balancer = RoundRobin(weights: plan.pools.map { $0.servers.map(\.weight) })
        queues = Slab(capacity: plan.pools.count, repeating: PoolQueue())
        idle = Slab(capacity: plan.upstreams.count, repeating: -1)
        self.plan = plan
    }

    /// The time limit `name`, in microseconds.
    func time(_ name: LimitName) -> UInt64 { plan.limits[name] &* 1_000 }
}

/// A listener as the worker sees it.
struct ListenerState: BitwiseCopyable {
    var socket: Int32
    var kind: Listener.Kind
    var redirectPort: UInt16
    /// Whether clients may know beforehand that HTTP/2 is spoken.
    var http2: Bool
}

/// A pool's limits in microseconds and counts, and where its servers begin.
struct PoolSettings: BitwiseCopyable {
    var firstServer: UInt16
    var serverCount: UInt16
    var queue: Int
    var response: UInt64
    var idle: UInt64
    var queueWait: UInt64
    var body: UInt64
}

/// What is done with the requests of a route beyond where they go. Most have neither kind of change, and cost nothing
/// for what others have.
struct ScopeSettings: BitwiseCopyable {
    var bodyLimit: UInt64 = 0
    var changesRequests = false
    var changesResponses = false
}

/// The exchanges that wait for a connection of a pool, first come first.
struct PoolQueue: BitwiseCopyable {
    var first: Int32 = -1
    var last: Int32 = -1
    /// The places held: by those that wait, and by those that wait no longer but have no connection yet.
    var count = 0
}

/// A certificate chain that came with the orders for a generation.
struct CertificateBytes {
    var name: String
    var chain: [UInt8]
}
