import Bytes
import Plan

/// What a term looks at.
struct Looked {
    var subject: Subject

    /// Whether it is `exists(...)`.
    var isExistence = false
}

extension PlanBuilder {
    /// What `term` looks at; nil when something in it is wrong.
    func subject(of term: Term) -> Looked? {
        switch term {
        case .field(let name, let index, _): return field(name, index).map { Looked(subject: Subject($0)) }
        case .call(let name, let inner, _): return call(name, inner)
        }
    }

    private func call(_ name: Name, _ inner: Term) -> Looked? {
        guard ConditionWords.functions.contains(where: { $0.word == name.text }) else {
            log.error(
                name.span, "unknown function '\(name.text)'",
                hint: (PlanBuilder.usualFunction(of: name.text)
                    ?? Suggestion.nearest(to: name.text, among: ConditionWords.functions.map(\.word)))
                    .map { "did you mean '\($0)'?" }
                    ?? "functions are \(ConditionWords.functions.map(\.word).joined(separator: ", "))")
            return nil
        }
        guard var looked = subject(of: inner) else { return nil }
        if looked.isExistence || looked.subject.measure != .value {
            log.error(name.span, "'\(name.text)' takes a field", hint: "write \(name.text)(header[\"x\"])")
            return nil
        }
        let field = looked.subject.field
        switch name.text {
        case "lower" where field.type == .bytes: looked.subject.isLowercased = true
        case "len" where field.type == .bytes: looked.subject = Subject(field, .length)
        case "count" where field.isMultiple && !looked.subject.isLowercased: looked.subject = Subject(field, .count)
        case "exists" where !looked.subject.isLowercased: looked.isExistence = true
        default:
            let wanted = name.text == "count" ? "what may occur several times" : "bytes"
            log.error(
                inner.span, "'\(name.text)' takes \(name.text == "exists" ? "a field" : wanted)",
                hint: name.text == "count" ? "such as header[\"x\"], query[\"x\"] or cookie[\"x\"]" : nil)
            return nil
        }
        return looked
    }

    private func field(_ name: Name, _ index: Value?) -> RequestField? {
        guard let form = ConditionWords.fields.first(where: { $0.word == name.text }) else {
            let nearest = Suggestion.nearest(to: name.text, among: ConditionWords.fields.map(\.word))
            log.error(
                name.span, "unknown field '\(name.text)'",
                hint: (PlanBuilder.usualField(of: name.text) ?? nearest).map { "did you mean '\($0)'?" }
                    ?? "fields are \(ConditionWords.fields.map(\.word).joined(separator: ", "))")
            return nil
        }
        switch form.index {
        case .none where index != nil:
            log.error(index?.span ?? name.span, "'\(name.text)' takes no name in brackets", hint: "write \(name.text)")
            return nil
        case .required where index == nil:
            log.error(name.span, "'\(name.text)' takes a name in brackets", hint: "write \(name.text)[\"name\"]")
            return nil
        default: return field(name.text, index?.text ?? "", index?.span ?? name.span, hasIndex: index != nil)
        }
    }

    private func field(_ word: String, _ index: String, _ span: SourceSpan, hasIndex: Bool) -> RequestField? {
        switch word {
        case "path": return .path
        case "query" where hasIndex:
            if isName(index, span, of: "parameter", isToken: false) { return .queryParameter(Array(index.utf8)) }
        case "query": return .query
        case "header":
            if index.lowercased() == "host" {
                log.error(span, "the host is a field of its own, in its one canonical form", hint: "write host")
            } else if isName(index, span, of: "header", isToken: true) {
                return .header(Array(index.lowercased().utf8))
            }
        case "cookie":
            if isName(index, span, of: "cookie", isToken: true) { return .cookie(Array(index.utf8)) }
        case "user_agent": return .header(Array("user-agent".utf8))
        case "method": return .method
        case "host": return .host
        case "scheme": return .scheme
        case "port": return .port
        case "client": return .client
        case "tls.version": return .tlsVersion
        case "length": return .length
        case "time": return .time
        default: return .weekday
        }
        return nil
    }

    /// Whether `text` can be the name of a header, a cookie or a parameter; reports it when not.
    func isName(_ text: String, _ span: SourceSpan, of kind: String, isToken: Bool) -> Bool {
        let isSound = isToken ? PlanText.isToken(text) : !text.isEmpty && text.utf8.count <= PlanBounds.name
        if !isSound {
            log.error(
                span, "'\(text)' is not the name of a \(kind)",
                hint: isToken
                    ? "a name has up to \(PlanBounds.name) letters, digits and some signs, but no blanks"
                    : "a name has 1 to \(PlanBounds.name) bytes")
        }
        return isSound
    }

    /// The function that other languages call `word`.
    private static func usualFunction(of word: String) -> String? {
        switch word.lowercased() {
        case "length", "lenght", "size", "strlen": "len"
        case "tolower", "to_lower", "lowercase", "lcase", "downcase": "lower"
        case "has", "present", "defined", "isset": "exists"
        case "some": "any"
        case "every", "each": "all"
        default: nil
        }
    }

    /// The field that other languages call `word`.
    private static func usualField(of word: String) -> String? {
        switch word.lowercased() {
        case "uri", "url", "request_uri", "uri.path", "http.request.uri.path", "url.path": "path"
        case "src", "ip", "ip.src", "remote_addr", "address", "from": "client"
        case "args", "arg", "param", "parameter", "get": "query"
        case "http_user_agent", "useragent", "agent": "user_agent"
        case "hdr", "headers", "field": "header"
        case "cookies", "cook": "cookie"
        case "content_length", "body": "length"
        case "server_name", "domain", "authority": "host"
        case "day", "wday": "weekday"
        case "hour", "clock": "time"
        case "verb": "method"
        default: nil
        }
    }
}
