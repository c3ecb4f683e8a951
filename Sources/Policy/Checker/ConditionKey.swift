import Plan

/// A condition as the key of a table: the same for programs that do the same, whatever they cost.
struct ConditionKey: Hashable {
    private let steps: [Condition.Step]
    private let comparisons: [Comparison]

    init(_ condition: Condition) {
        steps = condition.steps
        comparisons = condition.comparisons
    }
}
