internal import Actions
internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Match
internal import Plan
internal import TLS

/// From the plan's values to the tables of a generation. Runs at reload, not on the way of a request.
extension Generation {
    static func makeTLS(
        _ number: UInt32, _ plan: borrowing Plan, _ certificates: [UInt16: CertificateBytes],
        refusesDates: Bool
    ) throws(GenerationFault) -> TLSContext {
        var key: UInt16 = 0
        var problems: [String] = []
        var profiles: [TLSProfile] = []
        for settings in plan.tls {
            var chains: [TLSCertificate] = []
            for files in settings.certificates {
                if let held = certificates[key] {
                    chains.append(TLSCertificate(file: held.name, chain: held.chain, key: key))
                } else {
                    problems.append("\(files.certificate): the certificate was not handed to the worker")
                }
                key += 1
            }
            profiles.append(
                TLSProfile(
                    name: settings.name, certificates: chains,
                    minimum: settings.minimum == .v1_3 ? .tls13 : .tls12,
                    maximum: settings.maximum == .v1_2 ? .tls12 : .tls13,
                    unknownName: settings.unknownName == .refuse ? .refuse : .default,
                    tickets: settings.sessionTickets,
                    ticketLifetime: UInt32(clamping: settings.ticketEpoch / 1_000),
                    applicationProtocols: ["h2", "http/1.1"]))
        }
        // Listeners without HTTP/2 have the same profiles once more.
        let count = profiles.count
        if plan.listeners.contains(where: { $0.kind == .https && !$0.http2 }) {
            for profile in profiles {
                var other = profile
                other.applicationProtocols = ["http/1.1"]
                profiles.append(other)
            }
        }
        do throws(TLSConfigurationError) {
            if !problems.isEmpty { throw TLSConfigurationError(problems) }
            return try TLSContext(
                generation: number, profiles: profiles,
                listeners: plan.listeners.map { listener in
                    listener.kind == .https ? listener.tls.map { listener.http2 ? $0 : count + $0 } : []
                }, refusesDates: refusesDates)
        } catch { throw GenerationFault(error.description) }
    }

    static func makeDecisions(_ plan: Plan) throws(GenerationFault) -> DecisionTable {
        do throws(UnusablePlan) {
            return try DecisionTable(plan)
        } catch { throw GenerationFault(error.description) }
    }

    static func makeListeners(_ plan: borrowing Plan, _ sockets: [Int: Int32]) -> Slab<ListenerState> {
        var listeners = Slab(
            capacity: plan.listeners.count, repeating: ListenerState(socket: -1, kind: .http, redirectPort: 0, http2: false))
        for (index, listener) in plan.listeners.enumerated() {
            listeners[index] = ListenerState(
                socket: sockets[index] ?? -1, kind: listener.kind, redirectPort: listener.redirectPort,
                http2: listener.http2)
        }
        return listeners
    }

    static func makePools(_ plan: borrowing Plan) -> Slab<PoolSettings> {
        var pools = Slab(
            capacity: plan.pools.count,
            repeating: PoolSettings(
                firstServer: 0, serverCount: 0, queue: 0, response: 0, idle: 0, queueWait: 0, body: 0))
        for (index, pool) in plan.pools.enumerated() {
            pools[index] = PoolSettings(
                firstServer: UInt16(plan.firstUpstream(ofPool: index)), serverCount: UInt16(pool.servers.count),
                queue: Int(pool.limits[.queue]), response: pool.limits[.response] * 1_000,
                idle: pool.limits[.idle] * 1_000, queueWait: pool.limits[.queueWait] * 1_000,
                body: pool.limits[.body] * 1_000)
        }
        return pools
    }

    static func makeScopes(_ plan: borrowing Plan, _ actions: ActionTable) -> Slab<ScopeSettings> {
        var scopes = Slab(capacity: plan.routeCount + plan.sites.count, repeating: ScopeSettings())
        for number in 0..<scopes.capacity {
            scopes[number].changesRequests = actions.changesRequests(number)
            scopes[number].changesResponses = actions.changesResponses(number)
        }
        var number = 0
        for site in plan.sites {
            for route in site.routes {
                scopes[number].bodyLimit = route.bodyLimit ?? plan.limits[.body]
                number += 1
            }
        }
        return scopes
    }
}

/// The names of sites, routes, rules and upstreams, as records tell them: one run of bytes, and where each name begins.
struct NameTable: ~Copyable {
    private let text: Slab<UInt8>
    private let starts: Slab<Int32>
    private let routes: Int
    private let rules: Int
    private let upstreams: Int
    private let via: Int

    init(_ plan: borrowing Plan) {
        var names: [String] = plan.sites.map { $0.names.first?.description ?? "" }
        routes = names.count
        for site in plan.sites { names += site.routes.map { $0.pattern.description } }
        rules = names.count
        for site in plan.sites {
            names += site.rules.map { "rule.\($0.name)" }
            for route in site.routes { names += route.rules.map { "rule.\($0.name)" } }
        }
        upstreams = names.count
        names += plan.upstreams.map { $0.host.contains(":") ? "[\($0.host)]:\($0.port)" : "\($0.host):\($0.port)" }
        via = names.count
        names.append(plan.forwarding.via)
        var text = Slab<UInt8>(capacity: names.reduce(0) { $0 + $1.utf8.count }, repeating: 0)
        var starts = Slab<Int32>(capacity: names.count + 1, repeating: 0)
        var end = 0
        for (index, name) in names.enumerated() {
            starts[index] = Int32(end)
            for byte in name.utf8 {
                text[end] = byte
                end += 1
            }
        }
        starts[names.count] = Int32(end)
        self.text = text
        self.starts = starts
    }

    @_lifetime(borrow self)
    func site(_ number: Int) -> Span<UInt8> { text.span(Int(starts[number]), Int(starts[number + 1])) }

    @_lifetime(borrow self)
    func route(_ number: Int) -> Span<UInt8> {
        text.span(Int(starts[routes + number]), Int(starts[routes + number + 1]))
    }

    /// The reason that the rule with the plan-wide number `number` gives: `rule.` and its name.
    @_lifetime(borrow self)
    func reason(ofRule number: Int) -> Span<UInt8> {
        text.span(Int(starts[rules + number]), Int(starts[rules + number + 1]))
    }

    /// The name of the rule with the plan-wide number `number`.
    @_lifetime(borrow self)
    func nameOfRule(_ number: Int) -> Span<UInt8> {
        text.span(Int(starts[rules + number]) + "rule.".utf8.count, Int(starts[rules + number + 1]))
    }

    @_lifetime(borrow self)
    func upstream(_ number: Int) -> Span<UInt8> {
        text.span(Int(starts[upstreams + number]), Int(starts[upstreams + number + 1]))
    }

    @_lifetime(borrow self)
    func pseudonym() -> Span<UInt8> { text.span(Int(starts[via]), Int(starts[via + 1])) }
}
