import Bytes
import HTTP1
import HTTPModel
import Testing

@Suite("What is forwarded")
struct ForwardingTests {
    private static let inbound =
        "GET / HTTP/1.1\r\nHost: example.com:8443\r\nX-Forwarded-For: 10.0.0.1\r\nx-forwarded-for: 10.0.0.2\r\n"
        + "X-Forwarded-Proto: http\r\nX-Forwarded-Prefix: /p\r\nForwarded: for=10.0.0.3\r\nVia: 1.0 outer\r\nX-Real-IP: 10.0.0.4\r\n"
        + "True-Client-IP: 10.0.0.5\r\nX-Client-IP: 10.0.0.6\r\nX-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\nX-A: b\r\n\r\n"

    private func lines(_ rules: ForwardingRules, client: String = "192.0.2.1") -> [String] {
        parse(ForwardingTests.inbound, forwarding: rules, client: client).forwarded
            .split(separator: "\r\n").dropFirst(2).map(String.init)
    }

    @Test("by default nothing that a client says of its address or of another path survives")
    func replace() {
        #expect(
            lines(ForwardingRules()) == [
                "X-A: b", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: example.com:8443",
                "Forwarded: for=192.0.2.1;host=\"example.com:8443\";proto=https", "Via: 1.0 outer, 1.1 masugata",
            ])
    }

    @Test("behind a trusted proxy, received values come first")
    func append() {
        var rules = ForwardingRules()
        rules.xForwarded = .append
        rules.forwarded = .append
        rules.sendsXRealIP = true
        #expect(
            lines(rules, client: "2001:db8::1") == [
                "X-Forwarded-Proto: http", "X-Forwarded-Prefix: /p", "X-A: b",
                "X-Forwarded-For: 10.0.0.1, 10.0.0.2, 2001:db8::1", "X-Forwarded-Host: example.com:8443",
                "X-Real-IP: 2001:db8::1",
                "Forwarded: for=10.0.0.3, for=\"[2001:db8::1]\";host=\"example.com:8443\";proto=https",
                "Via: 1.0 outer, 1.1 masugata",
            ])
    }

    @Test("all of it can be left out, and an unknown client is called unknown")
    func remove() {
        var rules = ForwardingRules()
        rules.xForwarded = .remove
        rules.forwarded = .remove
        rules.via = .remove
        #expect(lines(rules) == ["X-A: b"])
        rules.forwarded = .replace
        #expect(lines(rules, client: "") == ["X-A: b", "Forwarded: for=unknown;host=\"example.com:8443\";proto=https"])
        rules.xForwarded = .append
        #expect(lines(rules, client: "").contains("X-Forwarded-For: 10.0.0.1, 10.0.0.2, unknown"))
    }

    @Test("what was forwarded is parsed to the same request and forwarded alike: parse, serialise, parse")
    func identity() {
        var rules = ForwardingRules()
        rules.xForwarded = .remove
        rules.forwarded = .remove
        rules.via = .remove
        for head in [
            RequestParserTests.browser, ForwardingTests.inbound,
            "POST https://[2001:DB8::1]:443/%61/../b%7e?c HTTP/1.1\r\nHost: [2001:db8:0::1]\r\nTransfer-Encoding: chunked\r\n"
                + "Trailer: A\r\nA:\t b \r\nB:c\r\nConnection: close, b\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a:80\r\nContent-Length: 05\r\n\r\n",
        ] {
            let first = parse(head, forwarding: rules)
            #expect(first.outcome == .complete)
            let second = parse(first.forwarded, forwarding: rules)
            #expect(second.outcome == .complete)
            #expect(second.forwarded == first.forwarded)
            #expect(second.path == first.path && second.query == first.query)
            #expect(second.host == first.host && second.port == first.port)
            #expect(second.framing == first.framing)
        }
    }

    @Test("the path that is forwarded is, byte for byte, the path that was decided on")
    func decisionIsForwarded() {
        for raw in [
            "/%61dmin", "//admin", "/x/../admin", "/./admin/%2e", "/adm%69n/a%20b", "/%e3%81%82|", "/a%2e%2e/b",
        ] {
            let parsed = parse("GET \(raw)?q=%61 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(parsed.outcome == .complete, "\(raw)")
            #expect(parsed.forwarded.hasPrefix("GET \(parsed.path)?q=%61 HTTP/1.1\r\n"), "\(raw)")
        }
    }

    @Test("a head that does not fit overflows its writer and never writes past it")
    func overflow() {
        let limits = HeadLimits()
        var head = RequestHead(limits: limits)
        let bytes = latin(RequestParserTests.browser)
        #expect(
            RequestParser.parse(bytes.span, scheme: .http, limits: limits, rules: RequestRules(), into: &head)
                == .complete)
        let whole = serialise(head).utf8.count
        for room in 0...whole {
            var output = [UInt8](repeating: 0xaa, count: room)
            let client = Array("192.0.2.1".utf8)
            let pseudonym = Array("masugata".utf8)
            var writer = ByteWriter(output.mutableSpan)
            RequestSerializer.write(
                head,
                forwarding: ForwardedFields(client: client.span, pseudonym: pseudonym.span, rules: ForwardingRules()),
                framing: .none, to: &writer)
            #expect(writer.overflowed == (room < whole))
        }
    }

    @Test("the redirect goes to the same place by HTTPS")
    func redirect() {
        func redirect(_ text: String, port: UInt16, _ connection: ResponseSerializer.Connection) -> String {
            let limits = HeadLimits()
            var head = RequestHead(limits: limits)
            let outcome = RequestParser.parse(
                latin(text).span, scheme: .http, limits: limits, rules: RequestRules(), into: &head)
            #expect(outcome == .complete)
            var output = [UInt8](repeating: 0, count: 1_000)
            var writer = ByteWriter(output.mutableSpan)
            RedirectResponse.write(to: head, port: port, connection: connection, in: &writer)
            let count = writer.count
            return HTTP1Tests.text(output.span.extracting(0..<count))
        }
        #expect(
            redirect("GET /a//b?c=%0d%0a HTTP/1.1\r\nHost: Example.com:80\r\n\r\n", port: 443, .keepAlive)
                == "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://example.com/a/b?c=%0d%0a\r\nContent-Length: 0\r\n\r\n"
        )
        #expect(
            redirect("OPTIONS * HTTP/1.1\r\nHost: [::1]\r\n\r\n", port: 8_443, .close)
                == "HTTP/1.1 308 Permanent Redirect\r\nLocation: https://[::1]:8443/\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n")
    }
}
