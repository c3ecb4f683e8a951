import HTTP1
import HTTPModel
import Testing

@Suite("Requests that are valid")
struct RequestParserTests {
    static let browser =
        "GET /wiki/Main%20Page?action=edit HTTP/1.1\r\nHost: Wiki.Example.co.jp\r\n"
        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        + "Accept-Language: ja,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
        + "Referer: https://wiki.example.co.jp/\r\nConnection: keep-alive\r\nCookie: session=0123456789abcdef\r\n"
        + "\r\n"

    @Test("a browser's request is read and forwarded with its fields in order")
    func browserRequest() {
        let parsed = parse(RequestParserTests.browser)
        #expect(parsed.outcome == .complete)
        #expect(parsed.method == "GET")
        #expect(parsed.host == "wiki.example.co.jp")
        #expect(parsed.path == "/wiki/Main%20Page")
        #expect(parsed.query == "action=edit")
        #expect(parsed.framing == .none)
        #expect(!parsed.wantsClose)
        #expect(parsed.hopByHop == ["Connection: keep-alive"])
        #expect(
            parsed.forwarded
                == "GET /wiki/Main%20Page?action=edit HTTP/1.1\r\nHost: wiki.example.co.jp\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
                + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                + "Accept-Language: ja,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
                + "Referer: https://wiki.example.co.jp/\r\nCookie: session=0123456789abcdef\r\n"
                + "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: wiki.example.co.jp\r\n"
                + "Forwarded: for=192.0.2.1;host=wiki.example.co.jp;proto=https\r\nVia: 1.1 masugata\r\n\r\n")
    }

    @Test("fields are trimmed, keep their letter case and order, and may be empty")
    func fields() {
        let parsed = parse(
            "GET / HTTP/1.1\r\nHOST:\texample.com \t\r\nX-Empty:\r\nx-SPACE:  \r\nX-Tab: a\tb\r\nX-High: \u{e9}\u{ff}\r\n"
                + "Accept: a\r\nAccept: b\r\n\r\n")
        #expect(parsed.outcome == .complete)
        #expect(
            parsed.fields == [
                "HOST: example.com", "X-Empty: ", "x-SPACE: ", "X-Tab: a\tb", "X-High: \u{e9}\u{ff}", "Accept: a",
                "Accept: b",
            ])
        #expect(
            parsed.forwarded.contains(
                "\r\nX-Empty: \r\nx-SPACE: \r\nX-Tab: a\tb\r\nX-High: \u{e9}\u{ff}\r\nAccept: a\r\nAccept: b\r\n"))
    }

    @Test(
        "targets of every served form give host, path and query",
        arguments: [
            ("GET /", "example.com", "/", nil), ("GET /?", "example.com", "/", ""),
            ("GET /a?b=c&d=[e]|%zz", "example.com", "/a", "b=c&d=[e]|%zz"),
            ("GET /a?b?c/d", "example.com", "/a", "b?c/d"), ("OPTIONS *", "example.com", "*", nil),
            ("OPTIONS https://example.com", "example.com", "*", nil),
            ("OPTIONS https://example.com/", "example.com", "/", nil),
            ("GET https://EXAMPLE.com:443/x/../y?z", "example.com", "/y", "z"),
            ("GET HTTPS://example.com", "example.com", "/", nil),
            ("GET https://example.com?q", "example.com", "/", "q"),
            ("GET //evil.example/a", "example.com", "/evil.example/a", nil),
        ] as [(String, String, String, String?)])
    func targets(line: String, host: String, path: String, query: String?) {
        let parsed = parse(line + " HTTP/1.1\r\nHost: example.com\r\n\r\n")
        #expect(parsed.outcome == .complete)
        #expect(parsed.host == host)
        #expect(parsed.path == path)
        #expect(parsed.query == query)
        let target = path + (query.map { "?" + $0 } ?? "")
        #expect(
            parsed.forwarded.hasPrefix(line.prefix { $0 != " " } + " " + target + " HTTP/1.1\r\nHost: example.com\r\n"))
    }

    @Test("an HTTP/1.0 request needs no host, takes it from the target, and is forwarded as HTTP/1.1")
    func oldVersion() {
        let nameless = parse("GET / HTTP/1.0\r\n\r\n")
        #expect(nameless.outcome == .complete)
        #expect(nameless.host == "")
        #expect(nameless.forwarded.hasPrefix("GET / HTTP/1.1\r\nHost: \r\n"))
        #expect(nameless.forwarded.contains("Forwarded: for=192.0.2.1;proto=https\r\nVia: 1.0 masugata\r\n"))
        #expect(parse("GET https://a.example:8443/ HTTP/1.0\r\n\r\n").host == "a.example")
        #expect(parse("GET https://a.example:8443/ HTTP/1.0\r\n\r\n").port == 8_443)
    }

    @Test(
        "persistence follows RFC 9112 section 9.3",
        arguments: [
            ("1.1", "", false), ("1.1", "close", true), ("1.1", "keep-alive", false), ("1.1", "Close", true),
            ("1.1", "keep-alive, close", true), ("1.1", "foo, CLOSE ,bar", true), ("1.1", ",,", false),
            ("1.0", "", true), ("1.0", "keep-alive", false), ("1.0", "Keep-Alive", false), ("1.0", "close", true),
            ("1.0", "keep-alive, close", true), ("1.1", "closed", false),
        ])
    func persistence(version: String, connection: String, closes: Bool) {
        let field = connection.isEmpty ? "" : "Connection: \(connection)\r\n"
        let parsed = parse("GET / HTTP/\(version)\r\nHost: a\r\n\(field)\r\n")
        #expect(parsed.outcome == .complete)
        #expect(parsed.wantsClose == closes)
    }

    @Test("fields for one connection, and those Connection names, are not forwarded")
    func hopByHop() {
        let parsed = parse(
            "GET / HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nConnection: x-ONE, close\r\nX-Two: 2\r\nConnection: X-Three\r\n"
                + "X-One: again\r\nX-Three: 3\r\nKeep-Alive: 5\r\nProxy-Connection: close\r\nTE: trailers\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: a\r\nProxy: evil\r\nProxy-Authorization: b\r\nPragma: c\r\n"
                + "Accept: d\r\nConnection: accept\r\n\r\n")
        #expect(parsed.outcome == .complete)
        #expect(parsed.fields == ["Host: a", "X-Two: 2", "Pragma: c"])
        #expect(parsed.upgrade == nil)
        let kept = parsed.forwarded.split(separator: "\r\n").filter { !$0.hasPrefix("X-Forwarded") }
        #expect(
            kept == [
                "GET / HTTP/1.1", "Host: a", "X-Two: 2", "Pragma: c", "Forwarded: for=192.0.2.1;host=a;proto=https",
                "Via: 1.1 masugata",
            ])
    }

    @Test("fields whose name holds an underscore are dropped, kept or refused")
    func underscores() {
        let head = "GET / HTTP/1.1\r\nHost: a\r\nX_Real_IP: 10.0.0.1\r\nX-Forwarded-A_b: c\r\nX-A: b_c\r\n\r\n"
        #expect(parse(head).fields == ["Host: a", "X-A: b_c"])
        #expect(parse(head).droppedFields == 2)
        #expect(!parse(head).forwarded.contains("10.0.0.1"))
        var rules = RequestRules()
        rules.underscores = .keep
        #expect(parse(head, rules: rules).fields.count == 4)
        rules.underscores = .refuse
        #expect(reason(head, rules: rules) == .requestFieldUnderscore)
    }

    @Test("the body's framing is read and written afresh")
    func framing() {
        let length = parse("POST / HTTP/1.1\r\nHost: a\r\ncontent-length:  007\r\n\r\n")
        #expect(length.framing == .length(7))
        #expect(length.forwarded.contains("\r\nContent-Length: 7\r\n"))
        #expect(!length.forwarded.contains("007"))
        let zero = parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(zero.framing == .length(0))
        #expect(zero.forwarded.contains("\r\nContent-Length: 0\r\n"))
        let chunked = parse("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\nTrailer: X\r\n\r\n")
        #expect(chunked.framing == .chunked)
        #expect(chunked.forwarded.contains("\r\nTransfer-Encoding: chunked\r\n"))
        #expect(chunked.forwarded.contains("\r\nTrailer: X\r\n"))
        #expect(!length.forwarded.contains("Trailer"))
        let greatest = parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n")
        #expect(greatest.framing == .length(UInt64(Int64.max)))
    }

    @Test("an expectation is read, and forwarded only where the rules say so")
    func expectation() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n"
        #expect(parse(head).expectsContinue)
        #expect(!parse(head).forwarded.contains("Expect"))
        var rules = ForwardingRules()
        rules.forwardsExpect = true
        #expect(parse(head, forwarding: rules).forwarded.contains("\r\nExpect: 100-Continue\r\n"))
        #expect(!parse("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n").expectsContinue)
        let old = parse("POST / HTTP/1.0\r\nExpect: anything\r\nContent-Length: 3\r\n\r\n")
        #expect(old.outcome == .complete)
        #expect(!old.expectsContinue)
    }

    @Test("an upgrade counts when Connection names it and there is no body")
    func upgrade() {
        let fields = "Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: a\r\n\r\n"
        let parsed = parse("GET /chat HTTP/1.1\r\nHost: a\r\n" + fields)
        #expect(parsed.upgrade == "WebSocket")
        #expect(parsed.upgradesToWebSocket)
        #expect(parsed.forwarded.hasSuffix("\r\nConnection: upgrade\r\nUpgrade: WebSocket\r\n\r\n"))
        #expect(parsed.forwarded.contains("\r\nSec-WebSocket-Key: a\r\n"))
        #expect(parse("GET /chat HTTP/1.0\r\nHost: a\r\n" + fields).upgrade == nil)
        #expect(parse("GET /chat HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n" + fields).upgrade == nil)
        #expect(parse("GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n").upgrade == nil)
        let other = parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: chat/2, websocket\r\n\r\n")
        #expect(other.upgrade == "chat/2, websocket")
        #expect(!other.upgradesToWebSocket)
    }

    @Test(
        "an upgrade to HTTP in another form or to TLS, or to what is no protocol, does not count",
        arguments: [
            "h2c", "H2C", "h2c, websocket", "websocket,h2c", "HTTP/2.0", "http/1.1", "TLS/1.0", "h2", "h3", "web socket",
            "websocket;h2c", "/", "websocket/", ",", "",
        ])
    func unforwardableUpgrade(offered: String) {
        let parsed = parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: \(offered)\r\n\r\n")
        #expect(parsed.outcome == .complete && parsed.upgrade == nil && !parsed.upgradesToWebSocket)
        #expect(!parsed.forwarded.contains("pgrade"))
    }

    @Test("a method is made of letters, digits, `-`, `_` and `.`", arguments: ["|GET", "GET|", "G*T", "~", "'GET'", "G+T"])
    func oddMethods(method: String) {
        #expect(reason("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n") == .requestMethod)
        #expect(reason("M-SEARCH_2.x / HTTP/1.1\r\nHost: a\r\n\r\n") == nil)
    }

    @Test(
        "JSON is preferred where Accept weighs it above HTML",
        arguments: [
            ("application/json", true), ("application/problem+json", true), ("text/html", false), ("*/*", false),
            ("application/json, text/html", false), ("application/json, text/html;q=0.9", true),
            ("text/html;q=0.5, application/json;q=0.501", true), ("application/json;q=0", false),
            ("application/json;charset=utf-8;q=0.2, text/html;q=0.1", true), ("application/json;q=x", false),
            ("", false),
            ("application/json ; q=0.3 , text/html ; q=0.2", true), ("application/jsonx", false), ("+json", false),
        ])
    func accept(value: String, isPreferred: Bool) {
        #expect(parse("GET / HTTP/1.1\r\nHost: a\r\nAccept: \(value)\r\n\r\n").prefersJSON == isPreferred)
    }

    @Test("TRACE is let through only where the rules say so")
    func trace() {
        var rules = RequestRules()
        rules.allowsTrace = true
        #expect(reason("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", rules: rules) == nil)
    }

    @Test("a head that is used again remembers nothing")
    func reuse() {
        let limits = HeadLimits()
        var head = RequestHead(limits: limits)
        let first =
            "POST https://a:444/x?y HTTP/1.0\r\nHost: a:444\r\nContent-Length: 4\r\nA_b: c\r\nTE: trailers\r\n\r\n"
        let second = "GET /b HTTP/1.1\r\nHost: c\r\n\r\n"
        func parse(_ text: String, _ head: inout RequestHead) -> RequestOutcome {
            RequestParser.parse(latin(text).span, scheme: .https, limits: limits, rules: RequestRules(), into: &head)
        }
        #expect(parse(first, &head) == .complete)
        #expect(head.hasQuery && head.wantsClose && head.droppedFields == 1 && head.acceptsTrailers)
        #expect(parse(second, &head) == .complete)
        #expect(head.fieldCount == 1 && !head.hasQuery && head.query.count == 0 && head.port == nil)
        #expect(!head.wantsClose && head.droppedFields == 0 && !head.acceptsTrailers && !head.contains(.contentLength))
        #expect(head.framing == .none && head.form == .origin && text(head.path) == "/b")
        #expect(parse("x", &head) == .malformed(.requestHeadTruncated))
        #expect(head.methodBytes.count == 0 && head.rawTarget.count == 0 && head.host.count == 0)
    }
}
