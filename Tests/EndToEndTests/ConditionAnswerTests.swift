import Foundation
import Policy
import Testing

@Suite("Conditions decide about requests", .appliance)
struct ConditionAnswerTests {
    /// A condition, with a request for which it holds and one for which it does not.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let condition: String
        let holds: Message
        let fails: Message

        var testDescription: String { condition }

        /// The words of the language that its condition has.
        var words: [String] {
            condition.replacing(/"(\\.|[^"\\])*"/, with: " ").matches(of: /[a-z_]+(\.version)?|[<>=!]+/)
                .map { String($0.0) }
        }

        init(_ name: String, _ condition: String, _ holds: Message, _ fails: Message) {
            self.name = name
            self.condition = condition
            self.holds = holds
            self.fails = fails
        }

        /// The rule with the condition, for paths of its own.
        var rule: String { "deny \"\(name)\" when path starts \"/\(name)/\" and (\(condition))" }
    }

    /// A request, but for the beginning of its path.
    struct Message: Sendable {
        var method = "GET"
        var rest = ""
        var fields = ""
        var host = "a.example.test"
        var body = ""
        var scheme = Appliance.Scheme.https
        /// The address that it comes from.
        var source: String?
        /// The highest version of TLS that its client knows.
        var version = "1.3"
    }

    static let examples: [Example] = [
        Example("path", "path ends \".php\"", Message(rest: "x.php"), Message(rest: "x.php/y")),
        Example("decoded", "path ends \"/x/admin\"", Message(rest: "x/%61dm%69n"), Message(rest: "x/administrator")),
        Example("dots", "path == \"/dots/b\"", Message(rest: "a/../b"), Message(rest: "a/b")),
        Example("query", "query[\"sort\"] == \"a b\"", Message(rest: "?x&so%72t=a+b"), Message(rest: "?sort=ab")),
        Example("whole-query", "query contains \"x=%20\"", Message(rest: "?y=1&x=%20"), Message(rest: "?x=+")),
        Example(
            "header", "header[\"X-Tag\"] in [\"one\", \"two\"]", Message(fields: "x-tag: zero\r\nX-TAG: two\r\n"),
            Message(fields: "X-Tag: three\r\n")),
        Example(
            "cookie", "cookie[\"role\"] == \"admin\"", Message(fields: "Cookie: a=b; role=admin\r\n"),
            Message(fields: "Cookie: Role=admin; xrole=admin\r\n")),
        Example("method", "method in [DELETE, \"PURGE\"]", Message(method: "PURGE"), Message(method: "PUT")),
        Example("host", "host == \"b.example.test\"", Message(host: "b.example.test"), Message()),
        Example("scheme", "scheme == http", Message(scheme: .http), Message()),
        Example("port", "port == 8443", Message(host: "a.example.test:8443"), Message()),
        Example("network", "client in near", Message(source: "127.0.4.1"), Message(source: "127.0.5.1")),
        Example(
            "addresses", "client in [127.0.6.1, 127.0.7.0/24]", Message(source: "127.0.7.9"),
            Message(source: "127.0.6.2")),
        Example("tls", "tls.version >= 1.2", Message(), Message(scheme: .http)),
        Example("old-tls", "tls.version < 1.3", Message(version: "1.2"), Message()),
        Example("low-port", "port <= 79", Message(host: "a.example.test:79"), Message(host: "a.example.test:80")),
        Example(
            "agent", "user_agent contains list.bots", Message(fields: "User-Agent: curl/8.1\r\n"),
            Message(fields: "User-Agent: Mozilla\r\n")),
        Example("length", "length > 3", Message(method: "POST", body: "four"), Message(method: "POST", body: "abc")),
        Example("time", Today.time, Message(fields: "X-When: now\r\n"), Message(fields: "X-When: later\r\n")),
        Example("weekday", Today.weekday, Message(fields: "X-When: now\r\n"), Message(fields: "X-When: later\r\n")),
        Example(
            "lower", "lower(header[\"x-tag\"]) starts \"on\"", Message(fields: "X-Tag: ONE\r\n"),
            Message(fields: "X-Tag: TWO\r\n")),
        Example("len", "len(path) > 20", Message(rest: "0123456789abcdef"), Message(rest: "0")),
        Example(
            "count", "count(header[\"x-tag\"]) == 2", Message(fields: "X-Tag: a\r\nX-Tag: b\r\n"),
            Message(fields: "X-Tag: a\r\n")),
        Example(
            "all", "all(header[\"x-tag\"] ends \"z\")", Message(fields: "X-Tag: az\r\nX-Tag: bz\r\n"),
            Message(fields: "X-Tag: az\r\nX-Tag: b\r\n")),
        Example(
            "any", "any(query[\"x\"] != \"1\")", Message(rest: "?x=1&x=2"), Message(rest: "?x=1&x=%31")),
        Example(
            "exists", "exists(cookie[\"s\"])", Message(fields: "Cookie: s=\r\n"), Message(fields: "Cookie: t=s\r\n")),
        Example("matches", "path matches \"/[0-9]{2,4}$\"", Message(rest: "x/123"), Message(rest: "x/12345")),
        Example(
            "logic", "method == GET and not (header[\"x\"] == \"1\" or header[\"y\"] == \"1\")", Message(),
            Message(fields: "Y: 1\r\n")),
    ]

    /// Conditions about the time at which these tests run, by UTC. It takes hours until they are wrong.
    private enum Today {
        private static let now = Int(Date().timeIntervalSince1970)

        /// Holds for "now" in the hours around this one, and would hold for "later" in the others.
        static let time: String = {
            let hours = [18, 6].map { (now / 3_600 + $0) % 24 }.map { $0 < 10 ? "0\($0):00" : "\($0):00" }
            return choice("time in \(hours[0])-\(hours[1])", "time in \(hours[1])-\(hours[0])")
        }()

        /// The same with the days around this one.
        static let weekday: String = {
            // 1970-01-01 was a Thursday.
            let days = (2...8).map { ConditionWords.weekdays[(now / 86_400 + $0) % 7] }
            let near = days[..<3].joined(separator: ", ")
            return choice("weekday in [\(near)]", "weekday in [\(days[3...].joined(separator: ", "))]")
        }()

        private static func choice(_ now: String, _ later: String) -> String {
            "header[\"x-when\"] == \"now\" and \(now) or header[\"x-when\"] == \"later\" and \(later)"
        }
    }

    private static let start = Result {
        return try Appliance(
            """
            network near { 127.0.4.0/24 }
            list bots { "curl"  "wget" }
            pool app { server "127.0.0.1:\(try Origin.shared.port)" }
            site "a.example.test" "b.example.test" {
              route "/*" { to = app }
              rules {
                \(examples.map(\.rule).joined(separator: "\n    "))
              }
            }
            """)
    }

    private func send(_ message: Message, _ name: String, _ appliance: Appliance) throws -> Response {
        let host = String(message.host.prefix { $0 != ":" })
        let client =
            message.scheme == .http
            ? try appliance.client()
            : try Client(tls: appliance.https, name: host, from: message.source, version: message.version)
        let length = message.body.isEmpty ? "" : "Content-Length: \(message.body.utf8.count)\r\n"
        return try client.exchange(
            """
            \(message.method) /\(name)/\(message.rest) HTTP/1.1\r\nHost: \(message.host)\r\n\(length)\
            \(message.fields)\r\n\(message.body)
            """)
    }

    @Test("What it holds for is refused by its rule, what it does not hold for goes on", arguments: examples)
    func condition(_ example: Example) throws {
        let appliance = try Self.start.get()
        let refused = try send(example.holds, example.name, appliance)
        #expect(refused.status == 403)
        let record = try appliance.record(of: refused)
        #expect(record.reason == "rule.\(example.name)" && record.action == "deny" && record.route == "")
        #expect(try send(example.fails, example.name, appliance).status == 200)
    }

    @Test("Every word of the language of conditions has an example here")
    func words() {
        let known =
            ConditionWords.fields.map(\.word) + ConditionWords.functions.map(\.word)
            + ConditionWords.operators.map(\.word) + ["and", "or", "not"]
        let shown = Set(Self.examples.flatMap(\.words))
        #expect(known.filter { !shown.contains($0) } == [])
    }

    @Test("A field that Connection takes away is not seen by conditions, and not by the server")
    func nominated() throws {
        let appliance = try Self.start.get()
        let message = Message(rest: "nominated", fields: "X-Tag: two\r\nConnection: X-Tag\r\n")
        #expect(try send(message, "header", appliance).status == 200)
        #expect(try Origin.shared.field("X-Tag", "/header/nominated") == nil)
    }
}
