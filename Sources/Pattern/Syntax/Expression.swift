/// What a pattern's text says, as a tree. Letter case and the meaning of `.`, `^` and `$` are already decided.
indirect enum Expression: Sendable {
    /// Matches without a byte.
    case empty

    /// One byte of the set.
    case bytes(ByteSet)

    /// Matches without a byte where it holds.
    case assertion(Assertion)

    /// One after the other.
    case sequence([Expression])

    /// One of these; the earlier is preferred.
    case choice([Expression])

    /// One expression, again and again.
    case repetition(Expression, Repetition)

    /// A group that captures.
    case group(Expression)

    /// `(?>…)` or a possessive repetition, with its place in the text. None is left once ``AtomicGroups`` has decided.
    case atomic(Expression, Range<Int>)
}

/// How often an expression is repeated.
struct Repetition: Sendable {
    let minimum: Int

    /// Nil: without end.
    let maximum: Int?

    /// Whether more is preferred to less.
    let isGreedy: Bool
}
