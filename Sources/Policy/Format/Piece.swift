/// A piece of a policy as the canonical form writes it: a token other than a comma, or a comment.
struct Piece {
    enum Kind: Equatable {
        case token(Token.Kind)
        case comment
    }

    /// What begins with a piece.
    enum Role: Equatable {
        /// `name = value`
        case setting

        /// A word with what follows it.
        case statement

        /// A value that stands in a block without a word.
        case value

        /// A setting of the statement in whose line it stands.
        case part

        /// A value of a list.
        case element

        /// A part of a sentence, such as the field of a request.
        case clause
    }

    let kind: Kind

    /// What is written.
    let text: String

    /// The bytes in the source.
    let span: SourceSpan

    /// What begins here, if anything does.
    let role: Role?

    /// How many lines of the source end between the piece before and this one.
    let lineEnds: Int

    /// Whether it stands right behind the piece before it in the source, as the name of a field of a request does.
    let isAttached: Bool

    /// Whether a comma follows.
    var hasComma = false

    /// Whether a line begins here.
    var startsLine = false

    /// Blanks before it that put it into a column with those of neighbouring lines.
    var padding = 0

    /// For an opening or closing sign, the number of its other half.
    var partner: Int?

    /// Whether it is a bracket around the name of a field: `header["x"]`.
    var isIndex = false

    var beginsItem: Bool { role == .setting || role == .statement || role == .value }

    var isComment: Bool { kind == .comment }

    /// Whether it joins two comparisons of a condition.
    var isJunction: Bool { isRun && (text == "and" || text == "or") }

    var isRun: Bool { kind == .token(.run) }

    var opens: Bool { isSign("{") || isSign("[") }

    var closes: Bool { isSign("}") || isSign("]") }

    func isSign(_ sign: String) -> Bool { kind == .token(.sign(sign)) }
}
