import Match
import Plan

extension Expectation {
    /// Whether `outcome` is as expected.
    func holds(of outcome: Outcome, in simulation: borrowing Simulation) -> Bool {
        switch kind {
        case .allow: if case .passed = outcome.end { true } else { false }
        case .deny(let what): Expectation.isDenied(outcome, what)
        case .status(let status): outcome.status == status
        case .route(let pattern): outcome.decision?.route.map { simulation.route($0).pattern == pattern } ?? false
        case .pool(let pool): outcome.end == .passed(pool: pool)
        case .reason(let code): outcome.reason == code
        case .sent(let name, let value):
            outcome.upstream?.values(of: name).contains(String(decoding: value, as: UTF8.self)) ?? false
        case .notSent(let name): outcome.upstream?.values(of: name).isEmpty ?? false
        case .path(let path): outcome.upstream?.path == String(decoding: path, as: UTF8.self)
        case .location(let location):
            if case .redirected(_, let found) = outcome.end {
                found == String(decoding: location, as: UTF8.self)
            } else {
                false
            }
        }
    }

    private static func isDenied(_ outcome: Outcome, _ what: String?) -> Bool {
        guard case .refused(let code, _, let rule) = outcome.end else { return false }
        guard let what else { return true }
        return rule.map { what == $0 || what == "rule.\($0)" } ?? (what == code)
    }

    /// What is expected, for a reader.
    func text(_ policy: PolicyText) -> String {
        switch kind {
        case .allow: "that it is passed on"
        case .deny(let what): "a refusal" + (what.map { " by \(PolicyText.quoted($0))" } ?? "")
        case .status(let status): "status \(status)"
        case .route(let pattern): "the route \(PolicyText.quoted(pattern.description))"
        case .pool(let pool): policy.pool(pool)
        case .reason(let code): "the reason \(code)"
        case .sent(let name, let value): "\(name): \(String(decoding: value, as: UTF8.self)) in what is passed on"
        case .notSent(let name): "no \(name) in what is passed on"
        case .path(let path): "the path \(String(decoding: path, as: UTF8.self)) in what is passed on"
        case .location(let location): "a redirect to \(String(decoding: location, as: UTF8.self))"
        }
    }
}
