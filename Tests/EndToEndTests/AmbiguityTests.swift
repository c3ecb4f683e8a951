import Testing

/// What a lenient server could read in two ways never arrives. The table "What could be read in two ways" of
/// ARCHITECTURE.md names these tests.
@Suite("What could be read in two ways", .appliance)
struct AmbiguityTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let host = "Host: a.example.test\r\n"

    /// Sends `request` with another one behind it, which nobody may take for one; checks the answer, the record, and
    /// that the server saw nothing of either.
    private func refuses(
        _ request: String, _ reason: String, status: Int = 400, method: String? = nil, path: String? = nil
    ) throws {
        let client = try appliance.client()
        try client.send(request + "GET /bad/smuggled HTTP/1.1\r\n\(Self.host)\r\n")
        let response = try client.response(to: "GET")
        #expect(response.status == status && response["Connection"] == "close", "\(request.debugDescription)")
        #expect(try client.rest().bytes.isEmpty)
        let record = try appliance.record(of: response)
        #expect(record.reason == reason && record.action == "deny" && record.upstream == "")
        if let method { #expect(record.method == method) }
        if let path { #expect(record.path == path) }
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    private func post(_ fields: String, _ body: String = "") -> String {
        "POST /bad HTTP/1.1\r\n\(Self.host)\(fields)\r\n\(body)"
    }

    // MARK: Framing

    @Test("CL.TE and TE.CL: Content-Length and Transfer-Encoding together, in either order")
    func lengthAndCoding() throws {
        let smuggled = "0\r\n\r\nGET /bad/inner HTTP/1.1\r\n\(Self.host)\r\n"
        try refuses(post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", smuggled), "request.length.conflict")
        try refuses(post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", smuggled), "request.length.conflict")
        try refuses(post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", smuggled), "request.length.conflict")
    }

    @Test(
        "TE.TE: a Transfer-Encoding that one server understands and another does not",
        arguments: [
            ("Transfer-Encoding: xchunked", 501, "request.transfer-coding"),
            ("Transfer-Encoding : chunked", 400, "request.field.colon"),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: x", 400, "request.transfer-encoding"),
            ("Transfer-Encoding: chunked, chunked", 400, "request.transfer-encoding"),
            ("Transfer-Encoding: chunked, identity", 400, "request.transfer-encoding"),
            ("Transfer-Encoding: identity", 501, "request.transfer-coding"),
            ("Transfer-Encoding:\u{b}chunked", 400, "request.field.value"),
            ("Transfer-Encoding: \"chunked\"", 400, "request.transfer-encoding"),
            ("Transfer-Encoding: chunked;q=1", 400, "request.transfer-encoding"),
            ("Transfer-Encoding:", 400, "request.transfer-encoding"),
            (" Transfer-Encoding: chunked", 400, "request.field.folded"),
            ("X: y\nTransfer-Encoding: chunked", 400, "request.field.bare-lf"),
            ("X: y\rTransfer-Encoding: chunked", 400, "request.field.bare-cr"),
            ("Transfer\u{0}-Encoding: chunked", 400, "request.field.name"),
        ] as [(String, Int, String)])
    func obscuredCoding(_ field: String, _ status: Int, _ reason: String) throws {
        try refuses(post(field + "\r\n", "0\r\n\r\n"), reason, status: status)
    }

    @Test("TE.TE: a field whose name has `_` for `-` does not arrive, though some servers take it for the other")
    func underscores() throws {
        let client = try appliance.client()
        let response = try client.exchange(
            "POST /underscores HTTP/1.1\r\n\(Self.host)Transfer_Encoding: chunked\r\nContent_Length: 9\r\n"
                + "Content-Length: 2\r\n\r\nab")
        #expect(response.status == 200)
        #expect(!(try origin.head("/underscores")).contains("_"))
        #expect(try origin.body("/underscores").raw == "ab")
    }

    @Test(
        "Content-Length in forms that are read differently",
        arguments: ["+5", "-5", "5 5", "5, 5", "0x5", "5.0", "\"5\"", "", "5a", "99999999999999999999", "\u{ff15}"])
    func lengths(_ length: String) throws {
        let value = length == "\u{ff15}" ? "\u{ef}\u{bc}\u{95}" : length
        try refuses(post("Content-Length: \(value)\r\n", "hello"), "request.length")
    }

    @Test("0.CL: the body of a GET is its body, for us and for the server")
    func bodyOfGet() throws {
        let body = "GET /bad/inner HTTP/1.1\r\nHost: a.example.test\r\n\r\n"
        let client = try appliance.client()
        let response = try client.exchange(
            "GET /body-of-get HTTP/1.1\r\n\(Self.host)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(response.status == 200)
        #expect(try origin.body("/body-of-get").raw == body)
        #expect(try origin.field("Content-Length", "/body-of-get") == "\(body.utf8.count)")
        #expect(try client.exchange("GET /after-body-of-get HTTP/1.1\r\n\(Self.host)\r\n").status == 200)
        #expect(try origin.events().allSatisfy { $0.path != "/bad/inner" })
    }

    @Test("0.CL: an expectation in another spelling is refused, for one server would wait and another would not")
    func obscuredExpectation() throws {
        try refuses(post("Expect: y 100-continue\r\nContent-Length: 5\r\n", "hello"), "request.expect", status: 417)
        try refuses(
            post("Expect: 100-continue\r\nExpect: x\r\nContent-Length: 5\r\n", "hello"), "request.field.duplicate")
    }

    @Test("CL.0: a body that we refuse to read is not the next request, and one that we answer ourselves is not either")
    func unreadBody() throws {
        let body = "GET /bad/inner HTTP/1.1\r\nHost: a.example.test\r\n\r\n"
        let post = "POST /office/unread HTTP/1.1\r\n\(Self.host)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let client = try appliance.client()
        try client.send(post)
        let response = try client.response(to: "POST")
        #expect(response.status == 403)
        // Whether the body is passed over or the connection ends: nothing more is answered.
        #expect(response["Connection"] == "close" ? try client.rest().bytes.isEmpty : client.isSilent)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    @Test("CL.0: what a server sends unasked, as one does that took the body for a request, is nobody's answer")
    func unsolicitedResponse() throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
        try origin.answer("/unsolicited", [.send("\(answer)ok\(answer)no")])
        for _ in 0..<5 {
            let client = try appliance.client()
            #expect(
                try client.exchange("POST /unsolicited HTTP/1.1\r\n\(Self.host)Content-Length: 1\r\n\r\nx").text == "ok")
            #expect(try client.exchange("GET /after-unsolicited HTTP/1.1\r\n\(Self.host)\r\n").text == "hello\n")
        }
    }

    @Test("A server that answers before it has read the body is not sent another request behind that body")
    func earlyAnswer() throws {
        try origin.answer(
            "/early-answer", early: true, [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let client = try appliance.client()
        try client.send("POST /early-answer HTTP/1.1\r\n\(Self.host)Content-Length: 100000\r\n\r\nGET /bad/inner")
        #expect(try client.response(to: "POST").text == "ok")
        let other = try appliance.client()
        #expect(try other.exchange("GET /after-early-answer HTTP/1.1\r\n\(Self.host)\r\n").text == "hello\n")
        let early = try origin.events("head", at: "/early-answer").first
        let after = try origin.events("head", at: "/after-early-answer").first
        #expect(early?.connection != after?.connection)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    @Test("Requests do not end with their connection: HTTP/1.0 without a length has no body")
    func closeDelimitedRequest() throws {
        let client = try appliance.client()
        try client.send(
            "POST /no-length HTTP/1.0\r\n\(Self.host)\r\nGET /bad/inner HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        let response = try client.response(to: "POST")
        #expect(response.status == 200 && response.end == .proper)
        #expect(try client.rest().bytes.isEmpty)
        #expect(try origin.body("/no-length").size == 0)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
        try refuses(
            "POST /bad HTTP/1.0\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "request.transfer-encoding.version")
    }

    // MARK: Chunks

    @Test(
        "Chunk sizes in forms that are read differently",
        arguments: [
            "0x1", "+1", "-1", " 1", "1 ", "1\t", "01 ", "1,", "10000000000000001", "8000000000000000", "", "g", "\u{b}1",
            "1\u{b}",
        ])
    func chunkSizes(_ size: String) throws {
        try refusesBody("\(size)\r\nx\r\n0\r\n\r\n", "request.chunk.size", "sizes/\(Self.name(size))")
    }

    @Test(
        "Chunk extensions are dropped; those that could hide a line end are refused",
        arguments: [
            ("1;\nx", "request.chunk.bare-lf"), ("1;a\n0\r\nx", "request.chunk.bare-lf"), ("1;\u{0}", "request.chunk.extension"),
            ("1;a\rb", "request.chunk"), ("1\n", "request.chunk.bare-lf"),
        ])
    func chunkExtensions(_ line: String, _ reason: String) throws {
        try refusesBody("\(line)\r\nx\r\n0\r\n\r\n", reason, "extensions/\(Self.name(line))")
    }

    @Test("What stands behind a chunk is CRLF and nothing else", arguments: ["\n", "\r", "xx", "", "\r\r\n", "\n\r\n"])
    func chunkEnds(_ end: String) throws {
        try refusesBody(
            "1\r\nx\(end)0\r\n\r\n", end == "\n" || end == "\n\r\n" ? "request.chunk.bare-lf" : "request.chunk",
            "ends/\(Self.name(end))")
    }

    private static func name(_ text: String) -> String { text.utf8.map { String($0, radix: 16) }.joined(separator: "-") }

    private func refusesBody(_ body: String, _ reason: String, _ name: String) throws {
        let path = "/ambiguous/\(name)"
        let client = try appliance.client()
        try client.send(
            "POST \(path) HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n\(body)"
                + "GET /bad/smuggled HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(try client.response(to: "POST").status == 400)
        #expect(try client.rest().bytes.isEmpty)
        #expect(try appliance.record(path).reason == reason)
        // The server has no whole body, and so no request.
        #expect(try origin.events("body", at: path).isEmpty)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    // MARK: Lines

    @Test("A bare LF ends no line, and a bare CR does not either")
    func bareLineEnds() throws {
        try refuses("GET /bad HTTP/1.1\n\(Self.host)\r\n", "request.line.bare-lf")
        try refuses("GET /bad HTTP/1.1\r\nHost: a.example.test\nX: y\r\n\r\n", "request.field.bare-lf")
        try refuses("GET /bad HTTP/1.1\r\nHost: a.example.test\rX: y\r\n\r\n", "request.field.bare-cr")
        try refuses("GET /bad HTTP/1.1\r\n\(Self.host)X: y\r\n\n", "request.field.bare-lf")
        try refuses("GET /bad HTTP/1.1\r\n\(Self.host)\rX: y\r\n\r\n", "request.field.bare-cr")
    }

    @Test("A line that begins with white space is no more of the line before, and no field")
    func folded() throws {
        try refuses("GET /bad HTTP/1.1\r\n\(Self.host)X: y\r\n\tz\r\n\r\n", "request.field.folded")
        try refuses("GET /bad HTTP/1.1\r\n X: y\r\n\(Self.host)\r\n", "request.field.folded")
        try refuses(post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), "request.field.folded")
    }

    // MARK: Hosts and targets

    @Test("The absolute form names the host that the Host field names, and is forwarded in origin form")
    func absoluteForm() throws {
        try refuses("GET http://b.example.test/bad HTTP/1.1\r\n\(Self.host)\r\n", "request.target.authority")
        try refuses("GET http://a.example.test:81/bad HTTP/1.1\r\n\(Self.host)\r\n", "request.target.authority")
        try refuses("GET http://a@a.example.test/bad HTTP/1.1\r\n\(Self.host)\r\n", "request.target")
        let client = try appliance.client()
        let response = try client.exchange(
            "GET http://A.example.test:80/absolute-form?a=b HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(response.status == 200)
        let head = try origin.head("/absolute-form")
        #expect(head.hasPrefix("GET /absolute-form?a=b HTTP/1.1\r\nHost: a.example.test\r\n"))
    }

    @Test("There is one host, and it is a host")
    func hosts() throws {
        for field in ["Host: a.example.test\r\nHost: b.example.test", "Host: a.example.test\r\nhost: a.example.test"] {
            try refuses("GET /bad HTTP/1.1\r\n\(field)\r\n\r\n", "request.host.duplicate")
        }
        for value in [
            "", "a.example.test, b", "a.example.test b", "a.example.test/x", "x@a.example.test", "a.example.test:",
            "a.example.test:0", "a.example.test:80:80", "a.example.test#", "[::1", "a..example.test", "127.1", "0x7f.1",
        ] {
            try refuses("GET /bad HTTP/1.1\r\nHost: \(value)\r\n\r\n", "request.host.invalid")
        }
    }

    // MARK: Connections

    @Test("Connection takes away no field that the request means something else without")
    func nominatedFields() throws {
        for name in [
            "Host", "Content-Length", "Transfer-Encoding", "Cookie", "Authorization", "Cache-Control", "Range",
            "X-Forwarded-For", "X-Real-IP", "Content-Type", "Via", "Connection",
        ] {
            try refuses(
                "GET /bad HTTP/1.1\r\n\(Self.host)Connection: keep-alive, \(name)\r\n\r\n", "request.connection")
        }
    }

    @Test(
        "An upgrade to HTTP in another form, or to TLS, is not passed on: the request is an ordinary one",
        arguments: ["h2c", "H2C", "websocket, h2c", "HTTP/2.0", "HTTP/1.1", "TLS/1.0", "h2c,", "websocket;h2c", "/"])
    func h2cUpgrade(_ offered: String) throws {
        let path = "/h2c/\(Self.name(offered))"
        let client = try appliance.client()
        let response = try client.exchange(
            """
            GET \(path) HTTP/1.1\r\n\(Self.host)Connection: Upgrade, HTTP2-Settings\r\nUpgrade: \(offered)\r\n\
            HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n
            """)
        #expect(response.status == 200)
        for name in ["Upgrade", "Connection", "HTTP2-Settings"] { #expect(try origin.field(name, path) == nil) }
        // A server that changes all the same is none.
        try origin.answer(
            path, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nPRI * HTTP/2.0")
        #expect(
            try client.exchange(
                "GET \(path) HTTP/1.1\r\n\(Self.host)Connection: Upgrade\r\nUpgrade: \(offered)\r\n\r\n").status == 502)
    }

    @Test("A request with a body does not upgrade")
    func upgradeWithBody() throws {
        let client = try appliance.client()
        let response = try client.exchange(
            """
            POST /upgrade-with-body HTTP/1.1\r\n\(Self.host)Connection: Upgrade\r\nUpgrade: websocket\r\n\
            Content-Length: 4\r\n\r\nbody
            """)
        #expect(response.status == 200)
        #expect(try origin.field("Upgrade", "/upgrade-with-body") == nil)
        #expect(try origin.body("/upgrade-with-body").raw == "body")
    }

    @Test("A server that answers an upgrade with 200 opens no tunnel")
    func upgradeAnswered() throws {
        let client = try appliance.client()
        let response = try client.exchange(
            """
            GET /upgrade-answered HTTP/1.1\r\n\(Self.host)Connection: Upgrade\r\nUpgrade: websocket\r\n\
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n
            """)
        #expect(response.status == 200)
        try client.send("GET /office/behind-upgrade HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(try client.response().status == 403)
        #expect(try origin.events("head", at: "/office/behind-upgrade").isEmpty)
    }

    // MARK: Responses

    @Test(
        "An interim response has no body, and one that says so is refused",
        arguments: ["Content-Length: 5", "Transfer-Encoding: chunked"])
    func interimWithBody(_ field: String) throws {
        let path = "/interim-body/\(field.prefix(1))"
        try origin.answer(path, "HTTP/1.1 103 Early Hints\r\n\(field)\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\n")
        let client = try appliance.client()
        let response = try client.exchange("GET \(path) HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(response.status == 502)
        #expect(try appliance.record(of: response).reason == "upstream.response.framing")
    }

    @Test("Early hints have an end")
    func earlyHintsFlood() throws {
        try origin.answer("/hints", String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", count: 1_000))
        let client = try appliance.client()
        var response = try client.exchange("GET /hints HTTP/1.1\r\n\(Self.host)\r\n")
        var hints = 0
        while response.status == 103 {
            hints += 1
            response = try client.response()
        }
        #expect(response.status == 502 && hints < 100)
    }

    @Test(
        "Nothing of a request splits a response: what stands in a redirect is encoded or refused",
        arguments: ["%0d%0aX-Split:%20yes", "%0aX-Split:%20yes", "\u{d}X-Split: yes", "%0D"])
    func responseSplitting(_ text: String) throws {
        for port in [try appliance.redirect, try appliance.http] {
            let client = try Client(port: port)
            let response = try client.exchange("GET /bad/\(text)?a=%0d%0aX-Split:%20yes HTTP/1.1\r\n\(Self.host)\r\n")
            #expect(response["X-Split"] == nil && [400, 308, 301].contains(response.status))
            #expect(response["Location"]?.contains("\r") != true)
        }
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    // MARK: Malformed but framed

    @Test("A request that is framed and malformed is recorded as what it is, answered, and never forwarded")
    func malformedButFramed() throws {
        try refuses("GET /bad HTTP/1.1\r\n\r\n", "request.host.missing", method: "GET", path: "/bad")
        try refuses("|GET /bad HTTP/1.1\r\n\(Self.host)\r\n", "request.method", method: "|GET", path: "/bad")
        try refuses(
            "GET /bad HTTP/1.1\r\n\(Self.host)X: a\0b\r\n\r\n", "request.field.value", method: "GET", path: "/bad")
        try refuses(
            "GET /bad HTTP/3.0\r\n\(Self.host)\r\n", "request.version.unsupported", status: 505, method: "GET",
            path: "/bad")
        try refuses(
            "GET /bad#fragment HTTP/1.1\r\n\(Self.host)\r\n", "path.character", method: "GET", path: "/bad#fragment")
        try refuses(
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), "request.length.conflict",
            method: "POST", path: "/bad")
        try refuses(
            "GET /bad HTTP/1.1\r\n\(Self.host)Content-Length: x\r\n\r\n", "request.length", method: "GET", path: "/bad")
        try refuses(
            "GET /bad/%zz HTTP/1.1\r\n\(Self.host)\r\n", "path.percent", method: "GET", path: "/bad/%zz")
    }
}
