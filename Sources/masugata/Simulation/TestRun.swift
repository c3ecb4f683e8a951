import Plan
import Policy

/// The tests of a policy, run.
struct TestRun {
    /// How many tests there are.
    let count: Int

    /// What was not as expected, as diagnostics at the expectations.
    let failures: [Diagnostic]

    /// Runs the tests of `policy`; `now` is the time of requests that do not say when they come.
    /// - Throws: what in the policy cannot be served.
    init(_ policy: ReadablePolicy, now: Int64) throws(OperatorError) {
        count = policy.tests.count
        var simulation = try Simulation(policy.plan)
        let text = PolicyText(plan: policy.plan)
        var failures: [Diagnostic] = []
        for test in policy.tests {
            for step in test.steps {
                let outcome = simulation.run(step.request, now: now)
                for expectation in step.expectations where !expectation.holds(of: outcome, in: simulation) {
                    let found = OutcomeText(policy: policy, outcome: outcome).summary(simulation)
                    failures.append(
                        policy.diagnostic(
                            at: expectation.position,
                            "test \(PolicyText.quoted(test.name)) expects \(expectation.text(text)), but \(found)",
                            hint: "masugata explain says more of a request"))
                }
            }
        }
        self.failures = failures
    }
}
