import Policy

/// The words of the language by what they are, for editors.
struct SyntaxWords {
    /// The words of blocks.
    let blocks: [String]

    /// The words of settings.
    let settings: [String]

    /// The words that settings take as values.
    let values: [String]

    /// The words of sentences, such as those of a test.
    let clauses: [String]

    /// The fields and functions of conditions.
    let fields: [String]

    /// The operators of conditions that are words.
    let operators: [String]

    /// The words of the language.
    init() {
        let forms = PolicyWords.all.filter { $0.word != PolicyWords.policy.word }
        blocks = SyntaxWords.distinct(forms.map(\.word))
        let attributes = PolicyWords.all.flatMap(\.attributes)
        settings = SyntaxWords.distinct(attributes.map(\.word))
        values = SyntaxWords.distinct(
            attributes.flatMap { SyntaxWords.words(of: $0.value) } + ConditionWords.weekdays)
        clauses = SyntaxWords.distinct(forms.flatMap(\.clauses).map(\.word))
        fields = SyntaxWords.distinct(ConditionWords.fields.map(\.word) + ConditionWords.functions.map(\.word))
        let words = ConditionWords.operators.map(\.word).filter { $0.first?.isLetter == true }
        operators = SyntaxWords.distinct(words + ["when", "and", "or", "not"])
    }

    /// Whether the word of a block is also one of conditions or sentences.
    func isAlsoElsewhere(_ block: String) -> Bool {
        fields.contains(block) || operators.contains(block) || clauses.contains(block)
    }

    private static func words(of form: ValueForm) -> [String] {
        switch form {
        case .word(let words): words
        case .key(let words, let indexed): words.filter { !$0.contains(".") } + indexed
        case .excess: ["reject", "delay"]
        case .list(let element): words(of: element)
        case .either(let one, let other): words(of: one) + words(of: other)
        default: []
        }
    }

    private static func distinct(_ words: [String]) -> [String] { Array(Set(words)).sorted() }
}
