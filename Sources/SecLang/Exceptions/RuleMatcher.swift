import Pattern

/// Tells which rules a selection means.
struct RuleMatcher: ~Copyable {
    private let selection: RuleSelection
    private let patterns: PatternSet
    private var memory: PatternMemory

    init(_ selection: RuleSelection) {
        self.selection = selection
        switch selection {
        case .ids: patterns = PatternSet([])
        case .tag(let expression), .message(let expression):
            // A selection's pattern that needs more than an automaton was refused when it was read.
            if case .compiled(let pattern) = expression.program {
                patterns = PatternSet([pattern])
            } else {
                patterns = PatternSet([])
            }
        }
        memory = PatternMemory(for: patterns)
    }

    /// Whether `rule` is meant.
    mutating func matches(_ rule: Rule) -> Bool {
        switch selection {
        case .ids(let ranges): return ranges.contains { $0.contains(rule.id) }
        case .tag:
            for tag in rule.tags where search(tag.source) { return true }
            return false
        case .message: return rule.message.map { search($0.source) } ?? false
        }
    }

    private mutating func search(_ text: [UInt8]) -> Bool {
        patterns.count > 0 && patterns.matches(0, text.span, using: &memory)
    }
}
