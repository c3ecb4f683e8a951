/// Makes a tree of tokens. It asks the table of words only where a statement without braces ends; whether words and
/// values are right is ``FormChecker``'s business.
///
/// After an error it goes on in the next line of the same block, so that one run finds them all.
struct Parser {
    private let tokens: [Token]
    let log: DiagnosticLog
    private var index = 0
    private var depth = 0

    /// The body of the whole policy; nil when blocks are nested too deeply to go on.
    static func parse(_ tokens: [Token], _ log: DiagnosticLog) -> Body? {
        var parser = Parser(tokens: tokens, log: log)
        do throws(TooDeep) {
            return try parser.parsePolicy()
        } catch {
            return nil
        }
    }

    /// Blocks are nested too deeply; a diagnostic was given.
    private struct TooDeep: Error {}

    private init(tokens: [Token], log: DiagnosticLog) {
        self.tokens = tokens
        self.log = log
    }

    var token: Token { tokens[index] }

    var next: Token { tokens[min(index + 1, tokens.count - 1)] }

    mutating func advance() { if index < tokens.count - 1 { index += 1 } }

    func isSign(_ sign: String) -> Bool { token.kind == .sign(sign) }

    // MARK: Bodies

    private mutating func parsePolicy() throws(TooDeep) -> Body {
        var body = Body()
        while token.kind != .end {
            try parseItems(into: &body, of: PolicyWords.policy)
            if isSign("}") {
                log.error(token.span, "this '}' closes nothing", hint: "remove it, or look for a missing '{' above")
                advance()
            }
        }
        return body
    }

    /// Parses items up to a closing brace or the end.
    private mutating func parseItems(into body: inout Body, of form: BlockForm?) throws(TooDeep) {
        while token.kind != .end && !isSign("}") {
            let start = index
            if let item = try parseItem(of: form) { body.items.append(item) }
            // An item that took nothing would be tried for ever.
            if index == start { advance() }
        }
    }

    private mutating func parseItem(of block: BlockForm?) throws(TooDeep) -> Item? {
        switch token.kind {
        case .sign(let sign):
            log.error(token.span, "unexpected '\(sign)'", hint: hint(forUnexpected: sign))
            advance()
            try recover()
            return nil
        case .run where isWord(token):
            if next.kind == .sign("=") {
                let form = block?.attribute(log.source.string(token.span))
                return .attribute(try parseAttribute(of: form, in: block))
            }
            return .statement(try parseStatement(of: block))
        default:
            return try parseElement()
        }
    }

    /// A value alone, or `key = value`.
    private mutating func parseElement() throws(TooDeep) -> Item? {
        guard let key = parseValue() else { return nil }
        if !isSign("=") || token.startsLine { return .element(key) }
        let equals = token.span
        advance()
        return .entry(key: key, value: try parseAssigned(equals, to: log.source.string(key.span)))
    }

    private func hint(forUnexpected sign: String) -> String {
        switch sign {
        case "=": "a setting is written name = value"
        case "{": "a block begins with its word"
        case ",": "commas stand in lists alone"
        default: "a list is written name = [a, b]"
        }
    }

    /// `name = value`; the value is ``Value/Kind/wrong`` when it cannot be read.
    private mutating func parseAttribute(of form: AttributeForm?, in block: BlockForm?) throws(TooDeep) -> Attribute {
        let name = Name(text: log.source.string(token.span), span: token.span)
        advance()
        let equals = token.span
        advance()
        let value = try parseAssigned(equals, to: name.text)
        guard let form, form.value.isSequence else { return Attribute(name: name, value: value) }
        var values = [value]
        while isValue(in: block), let value = parseValue() { values.append(value) }
        if values.count == 1 { return Attribute(name: name, value: value) }
        let span = values[0].span.through(values[values.count - 1].span)
        return Attribute(name: name, value: Value(kind: .list(values), span: span))
    }

    /// What stands after `=`.
    private mutating func parseAssigned(_ equals: SourceSpan, to name: String) throws(TooDeep) -> Value {
        let wrong = Value(kind: .wrong, span: equals)
        if token.startsLine || isSign("}") || token.kind == .end {
            log.error(equals, "a value is missing after '='", hint: "write \(name) = value")
            return wrong
        }
        if isSign("{") {
            log.error(equals, "a block stands without '='", hint: "write \(name) { ... }")
            _ = try parseBraces(of: nil)
            return wrong
        }
        return parseValue() ?? wrong
    }

    /// Whether another value of a sequence follows in the line.
    private func isValue(in block: BlockForm?) -> Bool {
        if token.startsLine { return false }
        switch token.kind {
        case .text: return true
        case .run: return next.kind != .sign("=") && block?.block(log.source.string(token.span)) == nil
        default: return false
        }
    }

    // MARK: Statements

    private mutating func parseStatement(of form: BlockForm?) throws(TooDeep) -> Statement {
        var statement = Statement(word: Name(text: log.source.string(token.span), span: token.span))
        let own = form?.block(statement.word.text)
        advance()
        if let own, !own.clauses.isEmpty {
            statement.clauses = parseClauses(of: own, in: form)
            return statement
        }
        while isLabel(statement.labels.count, of: own), let label = parseValue() { statement.labels.append(label) }
        statement.span = statement.word.span.through(statement.labels.last?.span ?? statement.word.span)
        if isWord("when"), own?.takesCondition != false || !token.startsLine { parseCondition(of: &statement, own) }
        if isSign("=") && !token.startsLine && (own == nil || own?.assigned != nil) {
            let equals = token.span
            advance()
            statement.assigned = try parseAssigned(equals, to: log.source.string(statement.span))
        }
        if case .absent = own?.brace, own?.assigned == nil, isSign("="), !token.startsLine {
            log.error(token.span, "'\(statement.word.text)' takes no value", hint: own.map { "write \($0.example)" })
            advance()
            if !token.startsLine { _ = parseValue() }
        }
        if isSign("{") {
            let isWithout = if case .absent = own?.brace { true } else { false }
            if isWithout {
                log.error(
                    token.span, "'\(statement.word.text)' has no block", hint: own.map { "write \($0.example)" })
            }
            statement.body = try parseBraces(of: isWithout ? nil : own)
            return statement
        }
        while isAttribute(of: own, in: form) {
            statement.attributes.append(
                try parseAttribute(of: own?.attribute(log.source.string(token.span)), in: form))
        }
        if let own, case .required = own.brace {
            log.isTorn = true
            log.error(
                SourceSpan(start: statement.span.end, end: statement.span.end), "'{' is missing after \(own.word)",
                hint: "write \(own.example)")
        }
        return statement
    }

    private mutating func parseCondition(of statement: inout Statement, _ own: BlockForm?) {
        let span = token.span
        let condition = parseCondition()
        if own?.takesCondition != false {
            statement.condition = condition
        } else {
            log.error(
                span, "'\(statement.word.text)' takes no condition", hint: "conditions stand behind route, and in rules"
            )
        }
    }

    /// Whether the next token is a label of a statement that has `count` of them.
    private func isLabel(_ count: Int, of own: BlockForm?) -> Bool {
        if token.startsLine { return false }
        switch token.kind {
        case .text: break
        case .run:
            if isWord("when") { return false }
            if own?.assigned != nil { return count < own?.label.count.upperBound ?? 0 }
            if isWord(token) && next.kind == .sign("=") { return false }
        default: return false
        }
        // Without braces nothing but the number of labels tells where the next statement of the line begins.
        if let own, case .required = own.brace { return true }
        return own == nil || count < own?.label.count.upperBound ?? 0
    }

    /// Whether the next token begins an attribute of a statement: in its line, and not a word of the block around it;
    /// or, where the block around has none, in one of the next lines.
    private func isAttribute(of own: BlockForm?, in form: BlockForm?) -> Bool {
        if token.kind != .run || !isWord(token) || next.kind != .sign("=") { return false }
        let name = log.source.string(token.span)
        if token.startsLine { return own?.attribute(name) != nil && form?.attributes.isEmpty == true }
        return own?.attribute(name) != nil || form?.attribute(name) == nil
    }

    /// The words and values of a sentence. It ends before a word of the block around it, and in a new line before
    /// everything that is no word of its own.
    private mutating func parseClauses(of own: BlockForm, in form: BlockForm?) -> [Clause] {
        var clauses: [Clause] = []
        while true {
            switch token.kind {
            case .text: if token.startsLine { return clauses }
            case .run:
                let text = log.source.string(token.span)
                let isOwn = own.clauses.contains { $0.word == text }
                if !isOwn && (token.startsLine || form?.words.contains(text) == true) { return clauses }
            default: return clauses
            }
            guard let value = parseValue() else { return clauses }
            var assigned: Value?
            if isSign("=") && !token.startsLine {
                let equals = token.span
                advance()
                if token.startsLine || isSign("}") || token.kind == .end {
                    log.error(
                        equals, "a value is missing after '='", hint: "write \(log.source.string(value.span)) = value")
                    assigned = Value(kind: .wrong, span: equals)
                } else {
                    assigned = parseValue() ?? Value(kind: .wrong, span: equals)
                }
            }
            clauses.append(Clause(value: value, assigned: assigned))
        }
    }

    private mutating func parseBraces(of form: BlockForm?) throws(TooDeep) -> Body {
        let brace = token.span
        if depth == PolicyBounds.depth {
            log.error(brace, "more than \(PolicyBounds.depth) blocks within blocks")
            throw TooDeep()
        }
        depth += 1
        defer { depth -= 1 }
        advance()
        var body = Body()
        try parseItems(into: &body, of: form)
        if isSign("}") {
            advance()
        } else {
            log.isTorn = true
            log.error(brace, "this '{' is not closed", hint: "add a '}' at the end of the block")
        }
        return body
    }

    // MARK: Values

    mutating func parseValue() -> Value? {
        let span = token.span
        switch token.kind {
        case .text(let text):
            advance()
            return Value(kind: .text(text), span: span)
        case .run:
            let text = log.source.string(span)
            advance()
            if isSign("[") && token.span.start == span.end && Literal.isWord(text) {
                guard let index = parseIndex(of: Name(text: text, span: span)) else {
                    return Value(kind: .wrong, span: span)
                }
                return Value(
                    kind: .indexed(text.split(separator: ".").map(String.init), index.name.text ?? ""),
                    span: span.through(index.end))
            }
            return Value(kind: literal(span), span: span)
        case .sign("["):
            return parseList()
        case .sign(let sign):
            log.error(span, "a value is missing before '\(sign)'")
            return nil
        case .end:
            return nil
        }
    }

    /// `["x"]` behind a word: the text, and its closing bracket.
    mutating func parseIndex(of name: Name) -> (name: Value, end: SourceSpan)? {
        let open = token.span
        advance()
        guard case .text(let text) = token.kind, next.kind == .sign("]") else {
            log.error(
                name.span.through(open), "'\(name.text)' takes one text in brackets",
                hint: "write \(name.text)[\"name\"]")
            while token.kind != .end && !token.startsLine && !isSign("]") && !isSign("{") && !isSign("}") { advance() }
            if isSign("]") { advance() }
            return nil
        }
        let index = Value(kind: .text(text), span: token.span)
        advance()
        let end = token.span
        advance()
        return (index, end)
    }

    /// `[a, b]` or `[a b]`, over as many lines as it takes.
    private mutating func parseList() -> Value {
        let start = token.span
        var values: [Value] = []
        var wantsValue = false
        var isWrong = false
        advance()
        while true {
            switch token.kind {
            case .sign("]"):
                let span = start.through(token.span)
                advance()
                return Value(kind: isWrong ? .wrong : .list(values), span: span)
            case .sign(",") where !wantsValue && !values.isEmpty:
                wantsValue = true
                advance()
            case .sign("["):
                log.error(token.span, "a list holds no lists")
                skipList()
                isWrong = true
                wantsValue = false
            case .text, .run:
                if endsUnclosedList() { fallthrough }
                if let value = parseValue() { values.append(value) }
                wantsValue = false
            default:
                if isSign(",") {
                    log.error(token.span, "a value is missing before ','")
                    advance()
                } else {
                    log.error(start, "this '[' is not closed", hint: "add a ']' at the end of the list")
                    return Value(kind: .wrong, span: start)
                }
            }
        }
    }

    /// Skips a list within a list.
    private mutating func skipList() {
        var open = 0
        repeat {
            if isSign("[") { open += 1 }
            if isSign("]") { open -= 1 }
            advance()
        } while open > 0 && !isSign("{") && !isSign("}") && token.kind != .end
    }

    /// Whether what follows is the next setting, so that the bracket of this list was forgotten.
    private func endsUnclosedList() -> Bool { isWord(token) && (next.kind == .sign("=") || next.kind == .sign("{")) }

    private func literal(_ span: SourceSpan) -> Value.Kind {
        do throws(Literal.Problem) {
            return try Literal.value(of: log.source.string(span))
        } catch {
            log.error(span, error.message, hint: error.hint)
            return .wrong
        }
    }

    /// Whether `word` stands here.
    func isWord(_ word: String) -> Bool { token.kind == .run && log.source.string(token.span) == word }

    private func isWord(_ token: Token) -> Bool {
        token.kind == .run && Literal.isWord(log.source.string(token.span))
    }

    /// Skips to the next line of this block, or to its end.
    private mutating func recover() throws(TooDeep) {
        while token.kind != .end && !token.startsLine && !isSign("}") {
            if isSign("{") { _ = try parseBraces(of: nil) } else { advance() }
        }
    }
}
