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

/// A word with what follows it: labels, attributes in its line, and a block.
struct Statement {
    let word: Name
    let labels: [Value]
    let attributes: [Attribute]
    let body: Body?

    /// The word and the labels.
    let span: SourceSpan
}
