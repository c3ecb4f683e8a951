import Actions
import Bytes
import HTTP1
import HTTPModel
import Match
import Plan

/// Sends requests through the code that serves, without a network: the parser of the proxy, its decisions and its
/// changes of what is passed on.
struct Simulation: ~Copyable {
    let plan: Plan
    let decisions: DecisionTable
    let actions: ActionTable
    let limits: HeadLimits
    let rules: RequestRules
    let forwarding: ForwardingRules

    /// Bytes of the largest head that is written: what is added is bounded like the head itself.
    let size: Int

    /// The request, and what is written for it.
    var head: RequestHead
    var actionMemory: ActionMemory
    private var memory: DecisionMemory

    /// A simulation of a sound plan.
    /// - Throws: what in it cannot be served.
    init(_ plan: Plan) throws(OperatorError) {
        do throws(UnusablePlan) {
            self.init(plan, try DecisionTable(plan))
        } catch {
            throw OperatorError(error.description)
        }
    }

    private init(_ plan: Plan, _ decisions: consuming DecisionTable) {
        self.plan = plan
        limits = HeadLimits(ofRequests: plan.limits)
        var rules = RequestRules()
        rules.target = TargetRules(plan.target)
        self.rules = rules
        var forwarding = ForwardingRules()
        if plan.forwarding.received == .append {
            forwarding.xForwarded = .append
            forwarding.forwarded = .append
        }
        self.forwarding = forwarding
        head = RequestHead(limits: limits)
        size = 4 * limits.head
        actionMemory = ActionMemory(size: size)
        actions = ActionTable(plan, decisions)
        memory = DecisionMemory(for: decisions)
        self.decisions = decisions
    }

    /// What becomes of `request`, which comes at `now` (seconds since 1970-01-01 00:00 UTC) unless it says when.
    mutating func run(_ request: TestRequest, now: Int64) -> Outcome {
        let listener = plan.listeners[request.listener]
        let bytes = request.bytes
        let parsed = RequestParser.parse(
            bytes.span, scheme: listener.kind == .https ? .https : .http, limits: limits, rules: rules, into: &head)
        if case .malformed(let reason) = parsed {
            return Outcome(end: .refused(code: "\(reason.code)", status: reason.status, rule: nil))
        }
        let time = UInt64(max(0, request.time ?? now)) * 1_000_000
        let facts = RequestFacts(
            listener: request.listener, client: request.client, tlsVersion: request.tlsVersion, time: time)
        let (decision, steps) = decisions.explain(head, facts, using: &memory)
        var outcome = Outcome(canonical: canonical, steps: steps, decision: decision, end: .answered(status: 0))
        outcome.noted = (0..<memory.noteCount).map { memory.note($0) }
        finish(&outcome, decision, client: request.client)
        return outcome
    }

    private var canonical: Outcome.Canonical {
        Outcome.Canonical(
            method: String(copying: head.methodBytes), host: String(copying: head.host),
            path: String(copying: head.path), query: head.hasQuery ? String(copying: head.query) : nil)
    }

    /// The name of the rule with a plan-wide number.
    func rule(_ number: Int) -> Rule {
        let place = decisions.place(ofRule: number)
        guard let route = place.route else { return plan.sites[place.site].rules[place.index] }
        return self.route(route).rules[place.index]
    }

    /// The route with a plan-wide number.
    func route(_ number: Int) -> Route {
        var number = number
        for site in plan.sites {
            if number < site.routes.count { return site.routes[number] }
            number -= site.routes.count
        }
        preconditionFailure("no route has this number")
    }

    /// Bytes that a request declares for its body, if more than its route takes.
    func isBodyTooLarge(route: Int?) -> Bool {
        guard let route, case .length(let count) = head.framing else { return false }
        return count > self.route(route).bodyLimit ?? plan.limits[.body]
    }
}

extension String {
    /// The text in `bytes`; what is no UTF-8 becomes replacement characters.
    init(copying bytes: Span<UInt8>) {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        self.init(decoding: copy, as: UTF8.self)
    }
}
