import Match
import Plan
import Testing

@Suite("Conditions as they are evaluated, and as they are meant")
struct ConditionOracleTests {
    /// Forty seeds of fifty plans, each of ten conditions that are asked for five requests: 100,000 answers.
    @Test("100,000 answers are those of an interpreter of the plan", arguments: 0..<40)
    func oracle(seed: UInt64) throws {
        var generator = Generator(random: SplitMix(state: seed))
        var held = 0
        for _ in 0..<50 {
            let plan = generator.plan(rules: 10)
            var decider = try Decider(plan)
            for _ in 0..<5 {
                let request = generator.request()
                let steps = try decider.explain(request).steps
                let oracle = Oracle(plan: plan, request: request)
                for (number, rule) in plan.sites[0].rules.enumerated() {
                    let expected = oracle.holds(rule.condition!)
                    held += expected ? 1 : 0
                    if steps.contains(.rule(number, holds: expected)) { continue }
                    Issue.record("\(expected) expected of \(rule.condition!) for \(request)")
                    return
                }
            }
        }
        // Neither answer is rare.
        #expect(held > 500 && held < 2_000)
    }

    @Test("The rules that hold are noted, up to the limit", arguments: 0..<4)
    func notes(seed: UInt64) throws {
        var generator = Generator(random: SplitMix(state: seed &+ 1_000))
        let plan = generator.plan(rules: 60)
        var decider = try Decider(plan)
        for _ in 0..<20 {
            let request = generator.request()
            let decision = try decider.decide(request)
            let oracle = Oracle(plan: plan, request: request)
            let expected = plan.sites[0].rules.indices.filter { oracle.holds(plan.sites[0].rules[$0].condition!) }
            let notes = decider.notes
            #expect(notes == Array(expected.prefix(DecisionMemory.noteLimit)))
            #expect(decision.action == .forward(pool: 0) && decision.rule == nil)
        }
    }
}
