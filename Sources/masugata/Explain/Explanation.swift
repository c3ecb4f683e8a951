import HTTPModel
import Match
import Plan
import Policy

/// The whole way of a request: every phase, what was asked in it, the line that decided, and what a server receives.
struct Explanation {
    /// What is said of a phase.
    struct Line {
        let phase: String
        let text: String

        /// Where it stands in the policy, if it does.
        let position: SourcePosition?
    }

    let policy: ReadablePolicy
    let request: TestRequest
    let outcome: Outcome

    /// What was asked, in order, and what came of it.
    private(set) var way: [Line] = []
    private(set) var end: [Line] = []

    /// What the client receives of the response that was asked about; nil when none was, or no server is.
    let response: [String]?

    var plan: Plan { policy.plan }
    var text: PolicyText { PolicyText(plan: policy.plan) }

    /// The explanation of what `simulation` made of `request`.
    /// - Parameter response: the field lines that the client receives of a server's response.
    init(
        _ request: TestRequest, _ outcome: Outcome, response: [String]? = nil, of policy: ReadablePolicy,
        _ simulation: borrowing Simulation
    ) {
        self.policy = policy
        self.request = request
        self.outcome = outcome
        self.response = response
        addRequest()
        for step in outcome.steps { add(step, simulation) }
        addEnd(simulation)
    }

    private mutating func add(_ phase: String, _ text: String, _ position: SourcePosition? = nil) {
        way.append(Line(phase: phase, text: text, position: position))
    }

    private mutating func conclude(_ phase: String, _ text: String, _ position: SourcePosition? = nil) {
        end.append(Line(phase: phase, text: text, position: position))
    }

    // MARK: Phases

    private mutating func addRequest() {
        let listener = plan.listeners[request.listener]
        let scheme = listener.kind == .https ? "https" : "http"
        let target = String(decoding: request.target, as: UTF8.self)
        add("request", "\(request.method) \(scheme)://\(request.host)\(target)")
        let tls = request.tlsVersion.map { ", TLS \($0)" } ?? ", without TLS"
        add("client", "\(request.client) on \(listener.address) of listen \(listener.name)\(tls)")
        guard let canonical = outcome.canonical else { return }
        let query = canonical.query.map { ", query \($0)" } ?? ""
        add("canonical", "\(canonical.method), host \(canonical.host), path \(canonical.path)\(query)")
    }

    private mutating func add(_ step: DecisionStep, _ simulation: borrowing Simulation) {
        switch step {
        case .site(let number):
            guard let number else { return add("site", "none of this listener has the host") }
            let site = plan.sites[number]
            add("site", PolicyText.list(site.names.map { PolicyText.quoted($0.description) }), site.position)
        case .serverName(let agrees):
            if !agrees { add("tls", "the host is not the one of the TLS handshake") }
        case .redirectListener: add("listen", "sends everybody to HTTPS")
        case .rule(let number, let holds):
            let rule = simulation.rule(number)
            add("rule", "\(text.head(of: rule)): \(holds ? "yes" : "no")", rule.position)
        case .noRoute: add("route", "none is for the path")
        case .condition(let number, let holds):
            let route = simulation.route(number)
            let condition = route.condition.map(text.condition) ?? ""
            add("route", "\(name(route)) when \(condition): \(holds ? "yes" : "no")", route.position)
        case .methods(let number, let takes):
            let route = simulation.route(number)
            let methods = route.methods.map { "[\($0)]" } ?? "all"
            add(
                "methods", "\(name(route)) takes \(methods): \(takes ? "this one too" : "not this one")", route.position
            )
        case .networks(let number, let contain):
            let route = simulation.route(number)
            let networks = text.networks(route.from ?? [])
            add(
                "from", "\(name(route)) is for \(networks): \(request.client) is \(contain ? "" : "not ")in it",
                route.position)
        case .route(let number):
            let route = simulation.route(number)
            add("route", "\(name(route)) is the most specific one that takes the request", route.position)
        case .split(let pool, let isForced):
            add("split", "\(text.pool(pool)), \(isForced ? "which the value of the key forces" : "by its share")")
        case .maintenance(let passes):
            add("closed", "the client is \(passes ? "one of those who pass" : "none of those who pass")")
        }
    }

    private func name(_ route: Route) -> String { PolicyText.quoted(route.pattern.description) }

    // MARK: The end

    private mutating func addEnd(_ simulation: borrowing Simulation) {
        let summary = OutcomeText(policy: policy, outcome: outcome)
        conclude("result", summary.summary(simulation))
        if let position = summary.position(simulation) {
            conclude("decided by", Explanation.trimmed(policy.line(at: position)))
        }
        if let meaning { conclude("meaning", meaning) }
        for number in outcome.noted {
            let rule = simulation.rule(number)
            conclude("noted", "rule.\(rule.name)", rule.position)
        }
        if let change = change(simulation) { conclude("to pass", change) }
    }

    private static func trimmed(_ line: String) -> String {
        var line = Substring(line)
        while line.first == " " || line.first == "\t" { line.removeFirst() }
        while line.last == " " || line.last == "\t" || line.last == "\r" { line.removeLast() }
        return String(line)
    }

    /// What the reason of a refusal means, as the client's page says it; nil when the policy itself says it.
    private var meaning: String? {
        guard case .refused(let code, _, nil) = outcome.end else { return nil }
        return Reason(code: Array(code.utf8).span).map { "\($0.text)" }
    }

    /// What would have to be different for the request to pass; nil when it passes.
    private func change(_ simulation: borrowing Simulation) -> String? {
        guard case .refused(let code, _, let rule) = outcome.end else { return nil }
        if let rule { return "a request for which the rule \(PolicyText.quoted(rule)) does not apply" }
        guard let decision = outcome.decision, case .refuse(let reason) = decision.action else {
            return Explanation.remedies.first { code.hasPrefix($0.reason) }?.text ?? "a well-formed request"
        }
        switch reason {
        case .siteUnknown:
            let names = plan.sites.filter { $0.listeners.contains(request.listener) }.flatMap(\.names)
            return "a host of a site of this listener: \(names.map(\.description).joined(separator: ", "))"
        case .routeNone:
            let routes = decision.site.map { plan.sites[$0].routes } ?? []
            return "a path of a route: " + routes.map(name).joined(separator: ", ")
        case .routeMethod: return "one of the methods \(decision.allow)"
        case .routeFrom:
            let numbers = decision.route.flatMap { simulation.route($0).from } ?? []
            let blocks = numbers.flatMap { plan.networks[$0].blocks }.prefix(4).map(\.description)
            return "a client in \(text.networks(numbers)), such as \(blocks.joined(separator: ", "))"
        case .routeMaintenance:
            guard let route = decision.route, case .maintenance(let closed) = simulation.route(route).action,
                !closed.except.isEmpty
            else { return "the end of the maintenance" }
            return "a client in \(text.networks(closed.except)), or the end of the maintenance"
        default: return nil
        }
    }

    /// What helps against refusals that no line of the policy decides, by the beginning of the reason.
    private static let remedies = [
        (reason: "request.body.size", text: "a smaller body, or a larger body in the route"),
        (reason: "path.", text: "a path in its plain form; some forms can be allowed in a target block"),
        (reason: "query.", text: "a query in its plain form; some forms can be allowed in a target block"),
    ]
}
