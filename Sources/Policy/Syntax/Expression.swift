/// What stands after `when`, as it was written; types are ``ConditionChecker``'s business.
indirect enum Expression {
    /// All of these, with `and` between them.
    case conjunction([Expression])

    /// One of these, with `or` between them.
    case disjunction([Expression])

    /// `not` and this.
    case negation(Expression)

    /// `any(...)` or `all(...)`.
    case quantified(Name, Expression)

    /// A comparison, or a term alone.
    case comparison(ComparisonTree)

    /// Something that a diagnostic was given for.
    case wrong
}

/// `path starts "/x"`
struct ComparisonTree {
    let term: Term

    /// The operator; nil when the term stands alone.
    let comparator: Name?

    /// What stands behind the operator.
    let value: Value?

    /// The whole.
    var span: SourceSpan { term.span.through(value?.span ?? comparator?.span ?? term.span) }
}

/// What is looked at: a field, or a function of one.
indirect enum Term {
    /// `path`, `header["x"]`
    case field(Name, index: Value?, span: SourceSpan)

    /// `lower(path)`
    case call(Name, Term, span: SourceSpan)

    var span: SourceSpan {
        switch self {
        case .field(_, _, let span), .call(_, _, let span): span
        }
    }
}
