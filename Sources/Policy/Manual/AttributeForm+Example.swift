extension AttributeForm {
    /// A value of this attribute as the policy writes it: the one in the example of its block, the standard one, or any
    /// that has its form.
    public func example(in block: BlockForm) -> String {
        if let value = AttributeForm.examples["\(block.word).\(word)"] { return value }
        let example = AttributeForm.tree(of: block.example)
        if let value = example.flatMap({ AttributeForm.value(of: word, in: $0.body, $0.source) }) { return value }
        if let standard, !value.isName, value.isWritten(standard) { return standard }
        return value.example
    }

    /// Examples where none can be found: by block and word.
    private static let examples = [
        "policy.workers": "4", "policy.zone": "\"Asia/Tokyo\"", "listen.http": "\"127.0.0.1:8080\"",
        "listen.http_redirect": "\"0.0.0.0:80\"", "network.file": "\"lists/office.networks\"",
        "list.file": "\"lists/bots.txt\"", "limit.then": "reject 429",
        "route.redirect": "\"https://{host}/new{query}\"",
        "route.status": "301", "site.use": "[headers.careful, limit.per_ip]", "route.use": "waf.standard",
        "path.replace": "\"/old\" \"/new\"", "path.prepend": "\"/app\"",
        "deny.reason": "\"they are no business of others\"",
        "secure_headers.content_security": "\"default-src 'self'\"", "secure_headers.permissions": "\"camera=()\"",
    ]

    /// The tree of a piece of a policy; nil when its syntax is wrong.
    fileprivate static func tree(of text: String) -> (source: Source, body: Body)? {
        let log = DiagnosticLog(Source(text: Array(text.utf8), fileName: ""))
        guard let tokens = Lexer.tokens(of: log.source, limit: PolicyBounds.tokens, log),
            let body = Parser.parse(tokens, log), !log.hasErrors
        else { return nil }
        return (log.source, body)
    }

    /// The value of the attribute `word` in a body or in the outermost block of it.
    private static func value(of word: String, in body: Body, _ source: Source) -> String? {
        guard case .statement(let statement) = body.items.first else { return nil }
        var attributes = statement.attributes
        for case .attribute(let attribute) in statement.body?.items ?? [] { attributes.append(attribute) }
        return attributes.first { $0.name.text == word }.map { source.string($0.value.span) }
    }
}

extension ValueForm {
    /// Any value of this form as the policy writes it.
    fileprivate var example: String {
        switch self {
        case .text(let what): "\"\(ValueForm.texts[what] ?? what)\""
        case .number(let range): written(min(max(10, range.lowerBound), range.upperBound))
        case .duration(let range): written(min(max(30_000, range.lowerBound), range.upperBound))
        case .size(let range), .byteRate(let range): written(min(max(64 << 10, range.lowerBound), range.upperBound))
        case .rate(let range): "\(min(max(50, range.lowerBound), range.upperBound))/s"
        case .percent: "5%"
        case .key(let words, _): words.first ?? ""
        case .profile(let kinds): "\(kinds.first ?? "").NAME"
        case .excess: "delay"
        case .replacement: "\"/old\" \"/new\""
        case .version(let words), .word(let words): words.first ?? ""
        case .reference(let word): ValueForm.name(of: word)
        case .block: "203.0.113.0/24"
        case .list(let form): form.example
        case .either(let one, _): one.example
        }
    }

    /// Whether its values are names, as which every word can be read.
    fileprivate var isName: Bool {
        switch self {
        case .reference, .profile: true
        case .list(let element): element.isName
        case .either(let one, let other): one.isName || other.isName
        default: false
        }
    }

    /// Whether a value that is written so has this form.
    func isWritten(_ text: String) -> Bool {
        guard let (source, body) = AttributeForm.tree(of: "x = \(text)"), body.items.count == 1,
            case .attribute(let attribute) = body.items[0]
        else { return false }
        return ValueChecker(source).problems(with: attribute.value, as: self).isEmpty
    }

    /// The name that the block `word` has in its own example.
    private static func name(of word: String) -> String {
        let example = PolicyWords.all.first { $0.word == word }?.example ?? ""
        let parts = example.split(separator: " ")
        return parts.count > 1 ? String(parts[1]) : word
    }

    /// A text for each kind of text.
    private static let texts = [
        "a file name": "tls/fullchain.pem", "a folder": "/var/log/masugata/audit",
        "an address with its port": "0.0.0.0:443", "a host name": "www.example.org",
        "a host with its port": "10.0.0.1:8080", "a path": "/files", "a token": "edge",
        "a URL": "https://www.example.org/", "a field's name": "X-Powered-By", "a file or folder": "crs",
        "a media type": "text/html; charset=utf-8", "a name": "a-name", "a policy": "no-referrer", "a text": "a text",
        "a time zone": "Europe/Berlin", "a value": "a value",
    ]
}
