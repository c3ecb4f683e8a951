/// A block whose words are known and whose values have the forms they should have; what was wrong is left out, and
/// has its diagnostic.
struct CheckedBlock {
    let form: BlockForm

    /// The word and the labels.
    let span: SourceSpan

    /// The labels that have their form.
    var labels: [Value] = []

    /// The attributes, by word.
    var attributes: [String: Attribute] = [:]

    /// The blocks within, in the order of the text.
    var blocks: [CheckedBlock] = []

    /// The values that stand in it without a word.
    var elements: [Value] = []

    /// What `key = value` stands in it where the key is no word.
    var entries: [(key: Value, value: Value)] = []

    /// Where each key of an entry stands first.
    var entryKeys: [String: SourceSpan] = [:]

    /// Where each block that may stand once stands first.
    var firstBlocks: [String: SourceSpan] = [:]

    /// What stands after `when`.
    var condition: Expression?

    /// What stands after `=`.
    var assigned: Value?

    /// The words and values of a sentence.
    var clauses: [Clause] = []

    /// Whether something that belongs in it was wrong, so that nothing is said about what is missing.
    var isDamaged = false

    func value(_ word: String) -> Value? { attributes[word]?.value }

    func blocks(_ word: String) -> [CheckedBlock] { blocks.filter { $0.form.word == word } }

    /// The name by which other blocks refer to it.
    var name: Name? {
        guard case .name = form.label, let label = labels.first else { return nil }
        switch label.kind {
        case .reference(let parts): return Name(text: parts[0], span: label.span)
        case .text(let text): return Name(text: text, span: label.span)
        default: return nil
        }
    }
}
