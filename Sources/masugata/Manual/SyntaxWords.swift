import Policy

/// The words of the language by what they are, for editors.
struct SyntaxWords {
    /// The words of blocks.
    let blocks: [String]

    /// The words of settings.
    let settings: [String]

    /// The words that settings take as values.
    let values: [String]

    /// The words of ``PolicyWords``.
    init() {
        let forms = PolicyWords.all.filter { $0.word != PolicyWords.policy.word }
        blocks = SyntaxWords.distinct(forms.map(\.word))
        let attributes = PolicyWords.all.flatMap(\.attributes)
        settings = SyntaxWords.distinct(attributes.map(\.word))
        values = SyntaxWords.distinct(attributes.flatMap { SyntaxWords.words(of: $0.value) })
    }

    private static func words(of form: ValueForm) -> [String] {
        switch form {
        case .word(let words): words
        case .list(let element): words(of: element)
        case .either(let one, let other): words(of: one) + words(of: other)
        default: []
        }
    }

    private static func distinct(_ words: [String]) -> [String] { Array(Set(words)).sorted() }
}
