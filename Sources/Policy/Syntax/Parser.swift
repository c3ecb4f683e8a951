/// Makes a tree of tokens. It asks the table of words only where a statement without braces ends; whether words and
/// values are right is ``FormChecker``'s business.
///
/// After an error it goes on in the next line of the same block, so that one run finds them all.
struct Parser {
    private let tokens: [Token]
    private let log: DiagnosticLog
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

    private var token: Token { tokens[index] }

    private var next: Token { tokens[min(index + 1, tokens.count - 1)] }

    private mutating func advance() { if index < tokens.count - 1 { index += 1 } }

    private func isSign(_ sign: Character) -> Bool { token.kind == .sign(sign) }

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

    private mutating func parseItem(of form: BlockForm?) throws(TooDeep) -> Item? {
        switch token.kind {
        case .sign(let sign):
            log.error(token.span, "unexpected '\(sign)'", hint: hint(forUnexpected: sign))
            advance()
            try recover()
            return nil
        case .run where isWord(token):
            if next.kind == .sign("=") { return .attribute(try parseAttribute()) }
            return .statement(try parseStatement(of: form))
        default:
            return parseValue().map { .element($0) }
        }
    }

    private func hint(forUnexpected sign: Character) -> String {
        switch sign {
        case "=": "a setting is written name = value"
        case "{": "a block begins with its word"
        case ",": "commas stand in lists alone"
        default: "a list is written name = [a, b]"
        }
    }

    /// `name = value`; the value is ``Value/Kind/wrong`` when it cannot be read.
    private mutating func parseAttribute() throws(TooDeep) -> Attribute {
        let name = Name(text: log.source.string(token.span), span: token.span)
        advance()
        let equals = token.span
        advance()
        let wrong = Attribute(name: name, value: Value(kind: .wrong, span: equals))
        if token.startsLine || isSign("}") || token.kind == .end {
            log.error(equals, "a value is missing after '='", hint: "write \(name.text) = value")
            return wrong
        }
        if isSign("{") {
            log.error(equals, "a block stands without '='", hint: "write \(name.text) { ... }")
            _ = try parseBraces(of: nil)
            return wrong
        }
        guard let value = parseValue() else { return wrong }
        return Attribute(name: name, value: value)
    }

    // MARK: Statements

    private mutating func parseStatement(of form: BlockForm?) throws(TooDeep) -> Statement {
        let word = Name(text: log.source.string(token.span), span: token.span)
        let own = form?.block(word.text)
        advance()
        var labels: [Value] = []
        while isLabel(labels.count, of: own), let label = parseValue() { labels.append(label) }
        let span = word.span.through(labels.last?.span ?? word.span)
        if isSign("{") {
            let body = try parseBraces(of: own)
            return Statement(word: word, labels: labels, attributes: [], body: body, span: span)
        }
        var attributes: [Attribute] = []
        while isAttribute(of: own, in: form) { attributes.append(try parseAttribute()) }
        if let own, own.brace == .required {
            log.isTorn = true
            log.error(
                SourceSpan(start: span.end, end: span.end), "'{' is missing after \(own.word)",
                hint: "write \(own.example)")
        }
        return Statement(word: word, labels: labels, attributes: attributes, body: nil, span: span)
    }

    /// Whether the next token is a label of a statement that has `count` of them.
    private func isLabel(_ count: Int, of own: BlockForm?) -> Bool {
        if token.startsLine { return false }
        switch token.kind {
        case .text: break
        case .run: if isWord(token) && next.kind == .sign("=") { return false }
        default: return false
        }
        // Without braces nothing but the number of labels tells where the next statement of the line begins.
        if let own, own.brace == .optional { return count < own.label.count.upperBound }
        return true
    }

    /// Whether the next token begins an attribute of a statement: in its line, and not a word of the block around it.
    private func isAttribute(of own: BlockForm?, in form: BlockForm?) -> Bool {
        if token.startsLine || token.kind != .run || !isWord(token) || next.kind != .sign("=") { return false }
        let name = log.source.string(token.span)
        return own?.attribute(name) != nil || form?.attribute(name) == nil
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

    private mutating func parseValue() -> Value? {
        let span = token.span
        switch token.kind {
        case .text(let text):
            advance()
            return Value(kind: .text(text), span: span)
        case .run:
            advance()
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
