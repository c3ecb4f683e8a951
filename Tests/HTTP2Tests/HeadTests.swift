import HTTPModel
import Testing

@testable import HTTP2

@Suite("RFC 9113 section 8: heads, bodies and trailers that a server must refuse")
struct HeadTests {
    /// What becomes of a request with `fields`.
    private func event(_ fields: [String], ends: Bool = true, limits: HeadLimits = HeadLimits()) -> String {
        var server = Endpoint(headLimits: limits)
        server.receive(Wire.headers(1, fields, ends: ends))
        return server.events.joined(separator: ", ")
    }

    /// As far as the path.
    private static func get(_ method: String, _ path: String, scheme: String = "https") -> [String] {
        [":method: " + method, ":scheme: " + scheme, ":authority: example.com", ":path: " + path]
    }

    @Test("RFC 9113 8.1.1: a malformed request is reset, with or without an answer before")
    func malformed() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.get + ["A: b"]))
        server.receive(Wire.ping())
        #expect(server.frames == ["RST_STREAM 1 1", "PING ACK"])
        var answering = Endpoint()
        answering.releases = false
        answering.receive(Wire.headers(1, Wire.post + ["A: b"], ends: false) + Wire.data(1, "body", ends: true))
        answering.respond(1, status: 400, body: "bad")
        #expect(answering.events == ["malformed 1 request.field.upper-case"])
        #expect(answering.frames == ["HEADERS 1", "DATA 1 3 end", "RST_STREAM 1 1"])
    }

    @Test("what could be read of a malformed request is there to be logged")
    func logged() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post + ["A: b"]))
        #expect(text(server.workspace.request.methodBytes) == "POST")
        #expect(text(server.workspace.request.rawTarget) == "/form")
    }

    @Test(
        "RFC 9113 8.3: pseudo-fields that are unknown, repeated, misplaced or missing",
        arguments: [
            Wire.get + [":unknown: x"], [":status: 200"] + Wire.get, Wire.get + [":path: /"],
            Wire.get + ["a: b", ":path: /"], ["a: b"] + Wire.get, Array(Wire.get.dropFirst()),
            [":method: GET", ":scheme: https", ":authority: a"], [":method: GET", ":path: /", ":authority: a"],
            Wire.get + [":method: POST"], Wire.get + [":authority: example.com"], Wire.get + [":scheme: https"], [],
            Wire.get + [":protocol: websocket"], [":method: CONNECT", ":authority: a", ":path: /"],
            [":method: CONNECT"],
        ] as [[String]])
    func pseudoFields(fields: [String]) {
        #expect(event(fields) == "malformed 1 request.pseudo-field")
    }

    @Test("RFC 9113 8.5: CONNECT is understood, and not served")
    func connect() {
        #expect(event([":method: CONNECT", ":authority: example.com:443"]) == "malformed 1 request.method.connect")
    }

    @Test(
        "RFC 9113 8.2: names that are not lower-case tokens",
        arguments: [
            ("Accept: x", "request.field.upper-case"), ("acCept: x", "request.field.upper-case"),
            ("a b: x", "request.field.name"), ("a\u{0}: x", "request.field.name"),
            ("a\r\nb: x", "request.field.name"), ("a\u{80}: x", "request.field.name"), ("a\t: x", "request.field.name"),
        ] as [(String, String)])
    func names(field: String, reason: String) {
        #expect(event(Wire.get + [field]) == "malformed 1 \(reason)")
    }

    @Test("RFC 9113 8.2: a colon in a name would be another field in HTTP/1.1")
    func colonInName() {
        let name: [UInt8] = [0, 3] + latin("a:b") + [1] + latin("c")
        var server = Endpoint()
        server.receive(Wire.frame(1, flags: 5, stream: 1, block(Wire.get) + name))
        #expect(server.events == ["malformed 1 request.field.name"])
        let empty: [UInt8] = [0, 0, 1] + latin("c")
        server.receive(Wire.frame(1, flags: 5, stream: 3, block(Wire.get) + empty))
        #expect(server.events.last == "malformed 3 request.field.name")
    }

    @Test(
        "RFC 9113 8.2.1: values with CR, LF, NUL, other controls, or white space around them",
        arguments: [
            "a: x\r\ny: z", "a: x\ny", "a: x\ry", "a: \u{0}", "a: x\u{7f}", "a:  x", "a: x ", "a: \tx", "a: x\t",
            "a:  ",
        ])
    func values(field: String) {
        #expect(event(Wire.get + [field]) == "malformed 1 request.field.value")
    }

    @Test("RFC 9113 8.2.1: values with a tab inside, high bytes, or nothing at all are valid")
    func validValues() {
        #expect(
            event(Wire.get + ["a: x\ty", "b: \u{ff}", "c: "]) == "head 1 end GET example.com /|a: x\ty|b: \u{ff}|c: ")
    }

    @Test(
        "RFC 9113 8.2.2: fields that concern a connection",
        arguments: [
            "connection: close", "connection: x", "keep-alive: 5", "proxy-connection: close",
            "transfer-encoding: chunked",
            "upgrade: h2c", "te: gzip", "te: trailers, deflate", "te: ", "http2-settings: AAMAAABk",
        ])
    func connectionSpecific(field: String) {
        #expect(event(Wire.get + [field]) == "malformed 1 request.field.connection")
    }

    @Test("RFC 9113 8.2.2: te may say trailers")
    func te() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.get + ["te: trailers"]))
        #expect(server.workspace.request.acceptsTrailers == true)
    }

    @Test("RFC 9113 8.2.3: crumbs of a cookie are joined, and a single one stays where it is")
    func cookies() {
        #expect(
            event(Wire.get + ["cookie: a=b", "x: y", "cookie: c=d", "cookie: e=f"])
                == "head 1 end GET example.com /|x: y|cookie: a=b; c=d; e=f")
        #expect(event(Wire.get + ["cookie: a=b", "x: y"]) == "head 1 end GET example.com /|cookie: a=b|x: y")
        #expect(event(Wire.get + ["cookie: a=b", "cookie: c\r\nx: y"]) == "malformed 1 request.field.value")
    }

    @Test(
        "RFC 9113 8.3.1: methods, schemes and paths that are not valid",
        arguments: [
            (get("G T", "/"), "request.method"),
            (get("|GET\r\n", "/"), "request.method"),
            (get("", "/"), "request.method"),
            (get("GET", "/", scheme: "http"), "request.target.scheme"),
            (get("GET", "/", scheme: "https://x/"), "request.target.scheme"),
            (get("GET", ""), "request.target"),
            (get("GET", "a"), "request.target"),
            (get("GET", "https://example.com/"), "request.target"),
            (get("GET", "/ HTTP/1.1\r\nx: y"), "request.target"),
            (get("GET", "/a b"), "request.target"),
            (get("GET", "/#f"), "path.character"),
            (get("GET", "*"), "request.target.form"),
            (get("GET", "/%2e%2e/"), "path.beyond-root"),
            (get("TRACE", "/"), "request.method.trace"),
        ] as [([String], String)])
    func requestLine(fields: [String], reason: String) {
        #expect(event(fields) == "malformed 1 \(reason)")
    }

    @Test("RFC 9113 8.3.1: OPTIONS may be for the server as a whole")
    func asterisk() {
        #expect(
            event(Self.get("OPTIONS", "*")) == "head 1 end OPTIONS example.com *")
    }

    @Test(
        "RFC 9113 8.3.1: :authority and host",
        arguments: [
            (nil, "host: EXAMPLE.com", nil), ("EXAMPLE.com", nil, nil), ("example.com", "host: example.com:443", nil),
            ("example.com:443", "host: EXAMPLE.com", nil), (nil, nil, "request.host.missing"),
            ("example.com", "host: example.org", "request.target.authority"),
            ("example.com", "host: example.com:80", "request.target.authority"),
            ("example.com/x", "host: example.com", "request.host.invalid"),
            ("example.com", "host: ", "request.host.invalid"), ("", "host: example.com", "request.host.invalid"),
            ("", nil, "request.host.invalid"), ("user@example.com", nil, "request.host.invalid"),
            ("example.com\r\nx: y", nil, "request.host.invalid"), ("example.com ", nil, "request.host.invalid"),
            ("a.com,b.com", nil, "request.host.invalid"),
        ] as [(String?, String?, String?)])
    func authority(authority: String?, host: String?, reason: String?) {
        let fields = [":method: GET", ":scheme: https", ":path: /"] + (authority.map { [":authority: " + $0] } ?? [])
        let expected = reason.map { "malformed 1 \($0)" } ?? "head 1 end GET example.com /"
        #expect(event(fields + (host.map { [$0] } ?? [])) == expected)
    }

    @Test("RFC 9113 8.3.1: more than one host")
    func hosts() {
        #expect(event(Wire.get + ["host: example.com", "host: example.com"]) == "malformed 1 request.host.duplicate")
    }

    @Test(
        "RFC 9113 8.1.1: a body that is not as long as content-length says",
        arguments: [
            (["content-length: 5"], ["hello", "!"]), (["content-length: 5"], ["hell"]), (["content-length: 0"], ["x"]),
        ] as [([String], [String])])
    func contentLength(fields: [String], pieces: [String]) {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post + fields, ends: false))
        for (index, piece) in pieces.enumerated() {
            server.receive(Wire.data(1, piece, ends: index == pieces.count - 1))
        }
        #expect(server.events.last == "reset 1 1 request.body.length")
        #expect(server.frames == ["RST_STREAM 1 1"])
    }

    @Test("RFC 9113 8.1.1: content-length without a body, malformed or repeated")
    func headLength() {
        #expect(event(Wire.post + ["content-length: 5"]) == "malformed 1 request.body.length")
        #expect(event(Wire.post + ["content-length: +5"], ends: false) == "malformed 1 request.length")
        #expect(
            event(Wire.post + ["content-length: 5", "content-length: 5"], ends: false)
                == "malformed 1 request.length.duplicate")
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post + ["content-length: 5"], ends: false))
        server.receive(Wire.data(1, "hel") + Wire.headers(1, ["a: b"]))
        #expect(server.events.last == "reset 1 1 request.body.length")
    }

    @Test("the framing of a body is that by which it is forwarded")
    func framing() {
        var server = Endpoint()
        server.receive(Wire.headers(1, Wire.post, ends: false))
        #expect(server.workspace.request.framing == MessageFraming.chunked)
        server.receive(Wire.headers(3, Wire.post))
        #expect(server.workspace.request.framing == MessageFraming.none)
        server.receive(Wire.headers(5, Wire.post + ["content-length: 7", "expect: 100-continue"], ends: false))
        #expect(server.workspace.request.framing == MessageFraming.length(7))
        #expect(server.workspace.request.expectsContinue == true)
    }

    @Test("RFC 9113 8.1: trailers end a request; fields that do not belong there, or no end, are an error")
    func trailers() {
        func last(_ fields: [String], ends: Bool = true) -> String? {
            var server = Endpoint()
            server.receive(
                Wire.headers(1, Wire.post, ends: false) + Wire.data(1, "x") + Wire.headers(1, fields, ends: ends))
            return server.events.last
        }
        #expect(last(["grpc-status: 0", "x: "]) == "trailers 1 grpc-status: 0|x: ")
        #expect(last(["x: y"], ends: false) == "reset 1 1 request.trailer")
        #expect(last([":path: /"]) == "reset 1 1 request.trailer")
        #expect(last(["X: y"]) == "reset 1 1 request.trailer")
        #expect(last(["x: y\r\nz: z"]) == "reset 1 1 request.trailer")
        #expect(last(["content-length: 1"]) == "reset 1 1 request.trailer.field")
        #expect(last(["transfer-encoding: chunked"]) == "reset 1 1 request.trailer.field")
        #expect(last(["x_y: z"]) == "reset 1 1 request.trailer.field")
        #expect(last((0..<33).map { "a\($0): b" }) == "reset 1 1 request.trailer.size")
    }

    @Test("a workspace that is made for much keeps heads within what is adopted, and lends its head")
    func adoptedLimits() {
        var server = Endpoint()
        var limits = HeadLimits()
        limits.fields = 2
        server.workspace.adopt(fieldSection: 300, headLimits: limits, rules: RequestRules())
        server.receive(Wire.headers(1, Wire.get + ["a: b"]))
        #expect(server.events.last == "head 1 GET example.com /|a: b")
        var head = RequestHead(byteCapacity: 100_000, fieldCapacity: 256, targetCapacity: 32_768)
        server.workspace.exchangeRequest(with: &head)
        #expect(text(head.path) == "/" && head.isOfHTTP2)
        server.workspace.exchangeRequest(with: &head)
        server.receive(Wire.headers(3, Wire.get + ["a: b", "c: d"]))
        #expect(server.events.last == "malformed 3 request.field.count")
        server.receive(Wire.headers(5, Wire.get + ["a: \(String(repeating: "b", count: 100))"]))
        #expect(server.events.last == "malformed 5 request.head.size")
    }

    @Test("RFC 8441 5: the handshake of WebSocket gets the key that the server of HTTP/1.1 wants, unless it has one")
    func webSocketKey() {
        let fields = [
            ":method: CONNECT", ":protocol: websocket", ":scheme: https", ":authority: example.com", ":path: /chat",
        ]
        var server = Endpoint()
        server.workspace.webSocketKey = InlineArray<24, UInt8>(repeating: 0x6b)
        server.receive(Wire.headers(1, fields, ends: false))
        let key = String(repeating: "k", count: 24)
        #expect(
            server.events.last == "head 1 GET example.com /chat|connection: upgrade|upgrade: websocket"
                + "|sec-websocket-key: \(key)")
        server.receive(Wire.headers(3, fields + ["sec-websocket-key: own"], ends: false))
        #expect(server.events.last == "head 3 GET example.com /chat|sec-websocket-key: own|connection: upgrade|upgrade: websocket")
        let other = fields.map { $0 == ":protocol: websocket" ? ":protocol: other" : $0 }
        server.receive(Wire.headers(5, other, ends: false))
        #expect(server.events.last == "head 5 GET example.com /chat|connection: upgrade|upgrade: other")
    }

    @Test("RFC 8441 4: an extended CONNECT has the head of an upgrade, and its data is no body")
    func extendedConnect() {
        let fields = [
            ":method: CONNECT", ":protocol: websocket", ":scheme: https", ":authority: example.com", ":path: /chat",
            "sec-websocket-version: 13",
        ]
        var server = Endpoint()
        server.receive(Wire.headers(1, fields, ends: false) + Wire.data(1, "frames"))
        #expect(
            server.events == [
                "head 1 GET example.com /chat|sec-websocket-version: 13|connection: upgrade|upgrade: websocket",
                "data 1 frames",
            ])
        #expect(server.workspace.request.upgradesToWebSocket == true)
        #expect(server.workspace.request.framing == MessageFraming.none)
        server.receive(Wire.headers(1, ["a: b"]))
        #expect(server.events.last == "reset 1 1 request.trailer")
        var limits = HTTP2Limits()
        limits.allowsConnectProtocol = false
        var without = Endpoint(limits: limits)
        without.receive(Wire.headers(1, fields, ends: false))
        #expect(without.events == ["malformed 1 request.pseudo-field"])
    }

    @Test("heads above a limit are refused with what is too large, and the connection goes on")
    func limits() {
        let long = String(repeating: "x", count: 6_000)
        #expect(event(Wire.get + (0..<101).map { "a\($0): b" }) == "malformed 1 request.field.count")
        #expect(event(Wire.get + (0..<2_000).map { "a\($0): " }) == "malformed 1 request.head.size")
        #expect(event(Self.get("GET", "/" + long + long)) == "malformed 1 request.target.size")
        #expect(event(Wire.get + [String(long.prefix(257)) + ": x"]) == "malformed 1 request.field.name.size")
        var limits = HeadLimits()
        limits.fieldValue = 1_000
        #expect(event(Wire.get + ["a: " + long], limits: limits) == "malformed 1 request.field.size")
        #expect(
            event(Wire.get + ["cookie: " + long.prefix(900), "cookie: " + long.prefix(900)], limits: limits)
                == "malformed 1 request.field.size")
    }
}
