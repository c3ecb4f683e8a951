extension Parser {
    /// The expression can not be read; a diagnostic was given.
    private struct Unreadable: Error {}

    /// `when` and what follows it.
    mutating func parseCondition() -> Expression {
        let word = token.span
        advance()
        do throws(Unreadable) {
            return try parseDisjunction(depth: 0, after: word)
        } catch {
            while !token.startsLine && token.kind != .end && !isSign("{") && !isSign("}") && next.kind != .sign("=") {
                advance()
            }
            return .wrong
        }
    }

    private mutating func parseDisjunction(depth: Int, after place: SourceSpan) throws(Unreadable) -> Expression {
        var parts = [try parseConjunction(depth: depth, after: place)]
        while isWord("or") || isForeign("|", meaning: "or") {
            let word = token.span
            advance()
            parts.append(try parseConjunction(depth: depth, after: word))
        }
        return parts.count == 1 ? parts[0] : .disjunction(parts)
    }

    private mutating func parseConjunction(depth: Int, after place: SourceSpan) throws(Unreadable) -> Expression {
        var parts = [try parseNegation(depth: depth, after: place)]
        while isWord("and") || isForeign("&", meaning: "and") {
            let word = token.span
            advance()
            parts.append(try parseNegation(depth: depth, after: word))
        }
        return parts.count == 1 ? parts[0] : .conjunction(parts)
    }

    private mutating func parseNegation(depth: Int, after place: SourceSpan) throws(Unreadable) -> Expression {
        var isNegated = false
        var place = place
        while isWord("not") || isForeign("!", meaning: "not") {
            isNegated.toggle()
            place = token.span
            advance()
        }
        let expression = try parsePrimary(depth: depth, after: place)
        return isNegated ? .negation(expression) : expression
    }

    private mutating func parsePrimary(depth: Int, after place: SourceSpan) throws(Unreadable) -> Expression {
        if depth == PolicyBounds.conditionDepth {
            log.error(token.span, "more than \(PolicyBounds.conditionDepth) parentheses within parentheses")
            throw Unreadable()
        }
        if isSign("(") {
            let open = token.span
            advance()
            let expression = try parseDisjunction(depth: depth + 1, after: open)
            try close(open)
            return expression
        }
        if (isWord("any") || isWord("all")) && next.kind == .sign("(") {
            let name = Name(text: log.source.string(token.span), span: token.span)
            advance()
            let open = token.span
            advance()
            let expression = try parseDisjunction(depth: depth + 1, after: open)
            try close(open)
            return .quantified(name, expression)
        }
        return .comparison(try parseComparison(depth: depth, after: place))
    }

    private mutating func close(_ open: SourceSpan) throws(Unreadable) {
        if isSign(")") {
            advance()
        } else {
            log.error(open, "this '(' is not closed", hint: "add a ')' behind the comparison")
            throw Unreadable()
        }
    }

    private mutating func parseComparison(depth: Int, after place: SourceSpan) throws(Unreadable) -> ComparisonTree {
        let term = try parseTerm(depth: depth, after: place)
        guard let comparator = comparator() else { return ComparisonTree(term: term, comparator: nil, value: nil) }
        advance()
        switch token.kind {
        case .text where !token.startsLine, .run where !token.startsLine, .sign("["):
            if token.kind == .run && (isWord("and") || isWord("or")) { break }
            guard let value = parseValue() else { break }
            return ComparisonTree(term: term, comparator: comparator, value: value)
        default: break
        }
        log.error(
            comparator.span, "a value is missing after '\(comparator.text)'",
            hint: "write what it is compared with, such as path starts \"/admin/\"")
        throw Unreadable()
    }

    /// The operator that stands here, if there is one.
    private mutating func comparator() -> Name? {
        switch token.kind {
        case .sign(let sign) where ["==", "!=", "<", "<=", ">", ">="].contains(sign):
            return Name(text: sign, span: token.span)
        case .sign("="):
            log.error(token.span, "'=' compares nothing", hint: "write ==")
            return Name(text: "==", span: token.span)
        case .run:
            let text = log.source.string(token.span)
            if ["and", "or"].contains(text) || token.startsLine || next.kind == .sign("=") { return nil }
            return Literal.isWord(text) ? Name(text: text, span: token.span) : nil
        default: return nil
        }
    }

    private mutating func parseTerm(depth: Int, after place: SourceSpan) throws(Unreadable) -> Term {
        guard !startsStatement, token.kind == .run, Literal.isWord(log.source.string(token.span)), !isWord("and"),
            !isWord("or")
        else {
            let isValue = if case .text = token.kind { true } else { token.kind == .run && !startsStatement }
            log.error(
                isValue ? token.span : place,
                isValue ? "a comparison begins with a field" : "a condition is missing here",
                hint: isValue
                    ? "write path, host, header[\"x\"] or another field first"
                    : "write one such as path starts \"/admin/\"")
            throw Unreadable()
        }
        let name = Name(text: log.source.string(token.span), span: token.span)
        advance()
        if isSign("(") {
            if depth >= PolicyBounds.conditionDepth { throw deep() }
            let open = token.span
            advance()
            let inner = try parseTerm(depth: depth + 1, after: open)
            let end = token.span
            try close(open)
            return .call(name, inner, span: name.span.through(end))
        }
        if isSign("[") && token.span.start == name.span.end {
            let index = parseIndex(of: name)
            guard let index else { throw Unreadable() }
            return .field(name, index: index.name, span: name.span.through(index.end))
        }
        return .field(name, index: nil, span: name.span)
    }

    /// Whether the next line begins here, with a statement: its word and a label.
    private var startsStatement: Bool {
        guard token.startsLine, case .text = next.kind else { return false }
        return true
    }

    private func deep() -> Unreadable {
        log.error(token.span, "more than \(PolicyBounds.conditionDepth) parentheses within parentheses")
        return Unreadable()
    }

    /// Whether a sign of another language stands here, for which a diagnostic is given; of `&&` the first is skipped.
    private mutating func isForeign(_ sign: String, meaning word: String) -> Bool {
        if !isSign(sign) { return false }
        let isTwice = next.kind == .sign(sign)
        let span = isTwice ? token.span.through(next.span) : token.span
        log.error(span, "'\(log.source.string(span))' is not known here", hint: "write \(word)")
        if isTwice { advance() }
        return true
    }
}
