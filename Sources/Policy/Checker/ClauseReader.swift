/// Goes through the words and values of a sentence.
struct ClauseReader {
    private let clauses: [Clause]
    private var index = 0

    init(_ clauses: [Clause]) { self.clauses = clauses }

    /// What comes next, if anything does.
    var next: Clause? { index < clauses.count ? clauses[index] : nil }

    /// The word that comes next, if it is one.
    var nextWord: String? {
        guard let next, case .reference(let parts) = next.value.kind else { return nil }
        return parts.joined(separator: ".")
    }

    /// Takes what comes next.
    mutating func take() -> Clause? {
        defer { index += 1 }
        return next
    }

    /// Takes what comes next when it is a text.
    mutating func takeText() -> (text: String, clause: Clause)? {
        guard let next, case .text(let text) = next.value.kind else { return nil }
        index += 1
        return (text, next)
    }
}
