import Pattern

/// Tells which rules a selection of tags or messages means.
struct RuleMatcher: ~Copyable {
    private let patterns: PatternSet
    private var memory: PatternMemory
    private let looksAtTags: Bool

    /// Nil for selections by id, and for patterns that need more than an automaton, which were refused when read.
    init?(_ selection: RuleSelection) {
        let searched: (expression: RegularExpression, areTags: Bool)
        switch selection {
        case .ids: return nil
        case .tag(let expression): searched = (expression, true)
        case .message(let expression): searched = (expression, false)
        }
        guard case .compiled(let pattern) = searched.expression.program else { return nil }
        looksAtTags = searched.areTags
        patterns = PatternSet([pattern])
        memory = PatternMemory(for: patterns)
    }

    /// Whether `rule` is meant.
    mutating func matches(_ rule: Rule) -> Bool {
        if !looksAtTags { return rule.message.map { search($0.source) } ?? false }
        for tag in rule.tags where search(tag.source) { return true }
        return false
    }

    private mutating func search(_ text: [UInt8]) -> Bool { patterns.matches(0, text.span, using: &memory) }
}
