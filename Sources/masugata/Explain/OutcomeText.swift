import HTTPModel
import Match
import Plan

/// What became of a request, for people.
struct OutcomeText {
    let policy: ReadablePolicy
    let outcome: Outcome

    private var text: PolicyText { PolicyText(plan: policy.plan) }

    /// The end in half a sentence.
    func summary(_ simulation: borrowing Simulation) -> String {
        switch outcome.end {
        case .refused(let code, let status, let rule):
            let by = rule.map { "by the rule \(PolicyText.quoted($0))" } ?? "for the reason \(code)"
            return "it is refused with \(status) \(by)\(place(simulation))"
        case .answered(let status): return "it is answered here with \(status)\(place(simulation))"
        case .redirected(let status, let location):
            return "it is sent to \(location) with \(status)\(place(simulation))"
        case .passed(let pool): return "it is passed to \(text.pool(pool))\(place(simulation))"
        }
    }

    /// Where the line is that decided.
    private func place(_ simulation: borrowing Simulation) -> String {
        position(simulation).map { ", \(text.place($0))" } ?? ""
    }

    /// The line that decided: of the rule, the route, or the site.
    func position(_ simulation: borrowing Simulation) -> SourcePosition? {
        guard let decision = outcome.decision else { return nil }
        if let rule = decision.rule { return simulation.rule(rule).position }
        if let route = decision.route { return simulation.route(route).position }
        return decision.site.map { policy.plan.sites[$0].position }
    }
}
