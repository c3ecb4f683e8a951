import KeyTestSupport
import Policy
import Testing

/// What a site of the policy does with requests, and how that shows.
struct ActionExample: Sendable, CustomTestStringConvertible {
    /// Its host is this with `.example.test`.
    let name: String
    /// The words that it is about, as ``known`` has them.
    let words: [String]
    /// What stands in its site.
    let site: String
    let check: @Sendable (ActionProbe) throws -> Void

    var testDescription: String { "\(name): \(words.joined(separator: ", "))" }

    init(_ name: String, _ words: String..., site: String, check: @escaping @Sendable (ActionProbe) throws -> Void) {
        self.name = name
        self.words = words
        self.site = site
        self.check = check
    }

    /// The site, as it stands in the policy.
    var text: String { "site \"\(name).example.test\" {\n\(site)\n}" }

    /// The words of actions, each behind the block that it stands in: `maintenance/retry_after`; where its values are
    /// words, one of each with a value: `secure_headers/frame=deny`.
    static let known: Set<String> = {
        var words: Set<String> = []
        func add(_ form: BlockForm) {
            for attribute in form.attributes {
                let word = "\(form.word)/\(attribute.word)"
                let values = values(attribute.value)
                words.formUnion(values.isEmpty ? [word] : values.map { "\(word)=\($0)" })
            }
            for block in form.blocks where block.word != "test" && block.word != "except" {
                words.insert("\(form.word)/\(block.word)")
                add(block)
            }
        }
        for form in PolicyWords.all where ["site", "headers", "errors"].contains(form.word) { add(form) }
        return words
    }()

    /// The words that a value can be.
    static func values(_ form: ValueForm) -> [String] {
        switch form {
        case .word(let words): words
        case .key(let words, let indexed): words + indexed
        case .either(let one, let other): values(one) + values(other)
        default: []
        }
    }
}

/// Asks a site of an ``ActionExample``.
struct ActionProbe {
    let appliance: Appliance
    let origin: Origin
    let next: Origin
    let host: String

    /// The response to a request.
    func ask(
        _ target: String, _ fields: String = "", method: String = "GET", body: String? = nil, from source: String? = nil,
        scheme: Appliance.Scheme = .https
    ) throws -> Response {
        let client =
            scheme == .http
            ? try Client(port: appliance.http, from: source)
            : try Client(tls: appliance.https, name: host, from: source)
        let length = body.map { "Content-Length: \($0.utf8.count)\r\n" } ?? ""
        return try client.exchange(
            "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n\(length)\(fields)\r\n\(body ?? "")")
    }

    /// The response to a request that the server answers so; `fields` each end their line.
    func ask(_ target: String, answered fields: String, status: String = "200 OK") throws -> Response {
        try origin.answer(target, "HTTP/1.1 \(status)\r\n\(fields)Content-Length: 2\r\n\r\nok")
        return try ask(target)
    }

    /// The record of the refusal.
    func record(of response: Response) throws -> AuditRecord { try appliance.record(of: response) }

    /// The record of the request of `path`.
    func record(_ path: String) throws -> AuditRecord {
        try appliance.record(path) { $0.path == path && $0.host == host }
    }

    /// Which of the two servers answers a request.
    func isNext(_ target: String, _ fields: String = "", from source: String? = nil) throws -> Bool {
        #expect(try ask(target, fields, from: source).status == 200)
        return try record(target).upstream == "127.0.0.1:\(next.port)"
    }
}
