import Bytes
import HTTP1
import HTTPModel
import Match
import Plan
import Testing

@Suite("What a condition sees is what is forwarded, byte for byte")
struct ForwardedTests {
    /// Makes requests whose targets, hosts and fields are written in many ways, few of them plain.
    private struct Source {
        var random: SplitMix

        mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

        mutating func join(_ pieces: [String], _ count: ClosedRange<Int>) -> String {
            (0..<number(count)).map { _ in pieces[number(0...pieces.count - 1)] }.joined()
        }

        static let path = [
            "/", "/", "/", ".", "..", "a", "B", "%2e", "%2E", "%61", "%2f", "%2F", "%5c", "\\", ";", "%3b", ";x=1", "%",
            "%4", "%e3%81%82", "%E3%81%82", "%e3", "%c0%af", "|", "//", "%25", "%2525", "%7f", "%0a", "~", "%7e", "+",
        ]
        static let query = ["?", "x", "=", "&", "%20", "+", "%", "%zz", "/", "..", "%61", "[", "%00", "a"]
        static let hosts = [
            "a.example", "A.Example", "a.example.", "a.example:443", "a.example:", "a.example:8443", "192.0.2.1",
            "[2001:db8::1]", "[2001:DB8:0::1]:443", "xn--a", "b_c.example",
        ]
        static let fields = ["X: a", "X:b ", "x:\t c", "X:", "X: \u{e9}", "Connection: x", "Cookie: a=b; c=d", "Y: z"]

        mutating func request() -> [UInt8] {
            let method = ["GET", "POST", "get", "M-SEARCH", "DELETE"][number(0...4)]
            let host = Source.hosts[number(0...Source.hosts.count - 1)]
            var target = "/" + join(Source.path, 0...8)
            if number(0...1) == 0 { target += "?" + join(Source.query, 0...6) }
            if number(0...7) == 0 { target = "https://\(host)\(target)" }
            var text = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n"
            for _ in 0..<number(0...3) { text += Source.fields[number(0...Source.fields.count - 1)] + "\r\n" }
            return (text + "\r\n").unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }

        /// How forms are treated that could be understood differently.
        mutating func rules() -> TargetRules {
            var rules = TargetRules()
            let loose = (0..<11).map { _ in number(0...1) == 0 }
            rules.mergesSlashes = loose[0]
            rules.refusesEmptySegments = !loose[0] && number(0...3) == 0
            rules.allowsEncodedSlash = loose[1]
            rules.allowsEncodedBackslash = loose[2]
            rules.allowsBackslash = loose[3]
            rules.allowsEncodedControls = loose[4]
            rules.allowsInvalidPercent = loose[5]
            rules.allowsParameters = loose[6]
            rules.allowsInvalidUTF8 = loose[7]
            rules.allowsDotSegmentsBeyondRoot = loose[8]
            rules.allowsInvalidPercentInQuery = loose[9]
            rules.characters = loose[10] ? .visible : .browsers
            return rules
        }
    }

    /// A head as a server reads it.
    private struct Received {
        let method: [UInt8]
        let path: [UInt8]
        let query: [UInt8]
        let host: [UInt8]
        let fields: [(name: [UInt8], value: [UInt8])]

        init(_ head: [UInt8]) {
            let lines = head.split(separator: 10).map { Array($0.dropLast()) }.filter { !$0.isEmpty }
            let parts = lines[0].split(separator: 0x20)
            method = Array(parts[0])
            let target = parts[1].split(separator: 0x3f, maxSplits: 1, omittingEmptySubsequences: false)
            path = Array(target[0])
            query = target.count > 1 ? Array(target[1]) : []
            fields = lines.dropFirst().map { line in
                let colon = line.firstIndex(of: 0x3a) ?? 0
                let name = line[..<colon].map { $0 >= 0x41 && $0 <= 0x5a ? $0 + 32 : $0 }
                return (name, Array(line[(colon + 1)...].drop { $0 == 0x20 }))
            }
            let authority = fields.first { $0.name == Array("host".utf8) }?.value ?? []
            // Behind the brackets of an address, a colon begins the port.
            let end = (authority.lastIndex(of: 0x5d) ?? 0)
            host = Array(authority[..<(authority[end...].firstIndex(of: 0x3a) ?? authority.count)])
        }

        func values(_ name: String) -> [[UInt8]] { fields.filter { $0.name == Array(name.utf8) }.map(\.value) }
    }

    /// Rules that log when what a condition sees is what `received` has.
    private static func rules(_ received: Received) -> [Rule] {
        func equal(_ field: RequestField, _ text: [UInt8]) -> Comparison {
            Comparison(Subject(field), .equal, .text(text))
        }
        let name = Array("x".utf8)
        var count = Subject(.header(name))
        count.measure = .count
        let values = received.values("x")
        var comparisons = [
            equal(.path, received.path), equal(.query, received.query), equal(.host, received.host),
            equal(.method, received.method), Comparison(count, .equal, .number(UInt64(values.count))),
        ]
        comparisons += values.map { equal(.header(name), $0) }
        return comparisons.enumerated().map { number, comparison in
            Rule(
                name: "r\(number)", condition: Condition(steps: [.test(0)], comparisons: [comparison]), action: .log)
        }
    }

    private static func forwarded(_ head: borrowing RequestHead) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let client: StaticString = "192.0.2.1"
        let name: StaticString = "masugata"
        var writer = ByteWriter(bytes.mutableSpan)
        RequestSerializer.write(
            head, forwarding: ForwardedFields(client: client.bytes, pseudonym: name.bytes, rules: ForwardingRules()),
            framing: .none, to: &writer)
        let count = writer.overflowed ? 0 : writer.count
        return Array(bytes[..<count])
    }

    @Test("Path, query, host, method and fields of 20,000 requests, under all settings of the target", arguments: 0..<20)
    func property(seed: UInt64) throws {
        var source = Source(random: SplitMix(state: seed))
        var head = RequestHead(limits: HeadLimits())
        var plan = Plan()
        plan.listeners = [
            Listener(name: "l", kind: .http, address: SocketAddress(address: IPAddress(ipv4: 0), port: 80))
        ]
        let route = Route(pattern: PathPattern(.prefix, Array("/".utf8)), action: .proxy(pool: 0))
        plan.sites = [Site(names: [.any], listeners: [0], routes: [route])]
        var accepted = 0
        for _ in 0..<1_000 {
            let request = source.request()
            var rules = RequestRules()
            rules.target = source.rules()
            let outcome = RequestParser.parse(
                request.span, scheme: .https, limits: HeadLimits(), rules: rules, into: &head)
            if outcome != .complete { continue }
            accepted += 1
            let sent = ForwardedTests.forwarded(head)
            plan.sites[0].rules = ForwardedTests.rules(Received(sent))
            let table = try DecisionTable(plan)
            var memory = DecisionMemory(for: table)
            let facts = RequestFacts(listener: 0, client: IPAddress(ipv4: 0))
            _ = table.decide(head, facts, using: &memory)
            if memory.noteCount == plan.sites[0].rules.count { continue }
            let texts = [request, sent].map { String(decoding: $0, as: UTF8.self) }
            Issue.record("seed \(seed): a condition sees of\n\(texts[0])\nsomething else than what is sent:\n\(texts[1])")
            return
        }
        #expect(accepted > 150)
    }
}
