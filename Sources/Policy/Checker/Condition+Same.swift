import Plan

extension Condition {
    /// Whether this and `other` are the same program, whatever they cost.
    func isSame(as other: Condition) -> Bool { steps == other.steps && comparisons == other.comparisons }
}
