import HTTPModel
import Plan
import Policy
import Testing

@testable import Match

@Suite("Policies as they are compiled, and as they are meant")
struct PolicyOracleTests {
    /// Forty seeds of twenty-five policies, each of which is asked about a hundred requests: 100,000 decisions.
    @Test("100,000 decisions are those of an interpreter of the policy's text", arguments: 0..<40)
    func oracle(seed: UInt64) throws {
        var generator = PolicyGenerator(seed: seed)
        var verdicts: Set<String> = []
        for _ in 0..<25 {
            let (policy, plan) = try sound(&generator)
            let oracle = PolicyOracle(policy: policy)
            var decider = try Decider(plan)
            let names = ruleNames(decider.table, plan)
            for _ in 0..<100 {
                let request = generator.request()
                var sample = generator.written(request)
                sample.listener = try #require(listener(of: request, plan))
                sample.client = IPAddress(ipv4: request.client)
                let expected = oracle.answer(request)
                let found = answer(try decider.decide(sample), decider.notes, decider.table, plan, names)
                verdicts.insert(String("\(expected.verdict)".prefix { $0 != "(" }))
                if agree(found, expected) { continue }
                Issue.record("seed \(seed): \(expected) expected, \(found) found for \(sample.text) of\n\(policy.text)")
                return
            }
        }
        // Nothing of what can become of a request is missing.
        #expect(verdicts == ["forward", "forwardToEither", "refuse", "redirect", "respond", "redirectToHTTPS"])
    }

    /// The next policy that the compiler takes: what can never apply it refuses.
    private func sound(_ generator: inout PolicyGenerator) throws -> (PolicyModel, Plan) {
        var errors: [String] = []
        for _ in 0..<20 {
            let policy = generator.policy()
            let compilation = compile(Array(policy.text.utf8), fileName: "generated.policy")
            if let plan = compilation.plan { return (policy, plan) }
            errors = compilation.diagnostics.filter { $0.severity == .error }.map(\.description)
        }
        throw Unsound(errors: errors)
    }

    private struct Unsound: Error {
        let errors: [String]
    }

    private func listener(of request: RequestModel, _ plan: Plan) -> Int? {
        plan.listeners.firstIndex { $0.name == request.listen && ($0.kind == .redirect) == request.isRedirected }
    }

    /// The names of the rules by their plan-wide numbers.
    private func ruleNames(_ table: borrowing DecisionTable, _ plan: Plan) -> [String] {
        var names: [String] = []
        for number in 0..<table.ruleCount {
            let place = table.place(ofRule: number)
            let site = plan.sites[place.site]
            let first = plan.sites[..<place.site].reduce(0) { $0 + $1.routes.count }
            names.append((place.route.map { site.routes[$0 - first].rules } ?? site.rules)[place.index].name)
        }
        return names
    }

    /// The decision in the words of the oracle.
    private func answer(
        _ decision: Decision, _ notes: [Int], _ table: borrowing DecisionTable, _ plan: Plan, _ names: [String]
    ) -> PolicyOracle.Answer {
        let first = plan.sites[..<(decision.site ?? 0)].reduce(0) { $0 + $1.routes.count }
        return PolicyOracle.Answer(
            verdict: verdict(decision, table), site: decision.site, route: decision.route.map { $0 - first },
            rule: decision.rule.map { names[$0] }, noted: notes.map { names[$0] })
    }

    private func verdict(_ decision: Decision, _ table: borrowing DecisionTable) -> PolicyOracle.Verdict {
        switch decision.action {
        case .forward(let pool): return .forward(pool: pool)
        case .refuse(let reason):
            let allow = "\(decision.allow)".split(separator: ", ").map(String.init)
            return .refuse(
                code: "\(reason.code)", status: Int(decision.status), allow: Set(allow),
                retryAfter: Int(decision.retryAfter))
        case .redirect(let number):
            let redirect = table.redirects[number]
            guard case .text(let target) = redirect.target.first else { return .redirect(to: "", status: 0) }
            return .redirect(to: String(decoding: target, as: UTF8.self), status: Int(redirect.status))
        case .respond(let number):
            let response = table.responses[number]
            return .respond(body: String(decoding: response.body, as: UTF8.self), status: Int(response.status))
        case .redirectToHTTPS(let port): return port == 8443 ? .redirectToHTTPS : .forward(pool: -1)
        }
    }

    private func agree(_ found: PolicyOracle.Answer, _ expected: PolicyOracle.Answer) -> Bool {
        guard case .forwardToEither(let one, let other) = expected.verdict else { return found == expected }
        var found = found
        guard case .forward(let pool) = found.verdict, pool == one || pool == other else { return false }
        found.verdict = expected.verdict
        return found == expected
    }
}
