/// What stands between the braces of a block, or in the whole policy.
struct Body {
    var items: [Item] = []
}

/// One thing in a body.
enum Item {
    /// `name = value`
    case attribute(Attribute)

    /// `word labels { ... }`, or `word labels  name = value`
    case statement(Statement)

    /// A value alone, as in `network office { 203.0.113.0/24 }`.
    case element(Value)

    /// `key = value`, where the key is no word: `403 = "403.html"`
    case entry(key: Value, value: Value)
}

/// A word of the policy, where it stands.
struct Name {
    let text: String
    let span: SourceSpan
}

/// `name = value`
struct Attribute {
    let name: Name
    let value: Value
}

/// A word with what follows it.
struct Statement {
    let word: Name
    var labels: [Value] = []

    /// What stands after `when`.
    var condition: Expression?

    /// What stands after `=`: `set "X" = "v"`.
    var assigned: Value?

    /// The words and values that follow, when the statement is a sentence.
    var clauses: [Clause] = []

    /// The attributes in its line.
    var attributes: [Attribute] = []

    /// What stands in its braces.
    var body: Body?

    /// The word and the labels.
    var span: SourceSpan

    init(word: Name) {
        self.word = word
        span = word.span
    }
}

/// A word or a value of a sentence, and what it is set to: `header`, `"X" = "v"`, `until = 2027-03-31`.
struct Clause {
    let value: Value
    let assigned: Value?
}
