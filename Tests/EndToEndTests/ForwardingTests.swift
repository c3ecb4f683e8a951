import Testing

@Suite("Requests are passed on, and their answers back", .appliance)
struct ForwardingTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }

    private func get(_ path: String, _ fields: String = "", method: String = "GET") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: a.example.test\r\n\(fields)\r\n"
    }

    @Test("Each method reaches the server with its target and comes back", arguments: Appliance.Scheme.allCases)
    func methods(_ scheme: Appliance.Scheme) throws {
        let client = try appliance.client(scheme)
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "X-OWN"] {
            let path = "/method/\(scheme)/\(method)"
            let response = try client.exchange(get("\(path)?a=b%20c", method: method))
            #expect(response.status == 200 && response.text == "hello\n")
            #expect(try origin.head(path).hasPrefix("\(method) \(path)?a=b%20c HTTP/1.1\r\n"))
            let record = try appliance.record(path)
            #expect(record.method == method && record.action == "allow" && record.reason == "")
            #expect(record.site == "a.example.test" && record.route == "/*")
            #expect(record.query == "a=b%20c" && record.status == 200 && record.rules == [])
            #expect(try record.upstream == "127.0.0.1:\(origin.port)" && record.client == "127.0.0.1")
            #expect(record.tls == (scheme == .http ? "" : "1.3") && record.version == "1.1")
        }
    }

    @Test("An answer to HEAD has its length and no body, and the connection goes on")
    func head() throws {
        try origin.answer("/head", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nETag: \"x\"\r\n\r\n")
        let client = try appliance.client()
        let response = try client.exchange(get("/head", method: "HEAD"))
        #expect(response.status == 200 && response["Content-Length"] == "1234" && response["ETag"] == "\"x\"")
        #expect(try client.exchange(get("/after-head")).text == "hello\n")
    }

    @Test("204 and 304 have no body, whatever length they tell", arguments: [204, 304])
    func bodiless(_ status: Int) throws {
        let length = status == 304 ? "Content-Length: 99\r\n" : ""
        try origin.answer("/bodiless/\(status)", "HTTP/1.1 \(status) Whatever\r\n\(length)\r\n")
        let client = try appliance.client()
        let response = try client.exchange(get("/bodiless/\(status)"))
        #expect(response.status == status && response.phrase == "Whatever")
        #expect(response["Content-Length"] == (status == 304 ? "99" : nil))
        #expect(try client.exchange(get("/after-bodiless")).text == "hello\n")
    }

    @Test("Interim responses are passed on in order; a 100 of the server is not")
    func interim() throws {
        try origin.answer(
            "/interim",
            """
            HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n\
            HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok
            """)
        let client = try appliance.client()
        let hints = try client.exchange(get("/interim"))
        #expect(hints.status == 103 && hints["Link"] == "</a.css>; rel=preload")
        #expect(try client.response().status == 102)
        #expect(try client.response().text == "ok")
    }

    @Test("A client of HTTP/1.0 gets no interim response")
    func interimOfOldClients() throws {
        try origin.answer(
            "/interim-10", "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        let client = try appliance.client()
        let response = try client.exchange("GET /interim-10 HTTP/1.0\r\nHost: a.example.test\r\n\r\n")
        #expect(response.status == 200 && response.text == "ok")
    }

    @Test("Fields of one hop end here, and those that Connection names", arguments: Appliance.Scheme.allCases)
    func hopByHop(_ scheme: Appliance.Scheme) throws {
        let path = "/hops/\(scheme)"
        try origin.answer(
            path,
            """
            HTTP/1.1 200 OK\r\nConnection: X-Inner, keep-alive\r\nKeep-Alive: timeout=5\r\nX-Inner: secret\r\n\
            Proxy-Authenticate: Basic\r\nX-Kept: yes\r\nContent-Length: 2\r\n\r\nok
            """)
        let client = try appliance.client(scheme)
        let response = try client.exchange(
            get(
                path,
                """
                Connection: X-Outer, keep-alive\r\nX-Outer: secret\r\nKeep-Alive: 300\r\nTE: trailers\r\n\
                Proxy-Connection: keep-alive\r\nX-Kept: yes\r\n
                """))
        #expect(response["X-Inner"] == nil && response["Keep-Alive"] == nil && response["Connection"] == nil)
        #expect(response["X-Kept"] == "yes" && response["Via"] == "1.1 masugata")
        for name in ["X-Outer", "Keep-Alive", "Proxy-Connection", "Connection", "TE"] {
            #expect(try origin.field(name, path) == nil, "\(name)")
        }
        #expect(try origin.field("X-Kept", path) == "yes" && origin.field("Host", path) == "a.example.test")
    }

    @Test("What a client says about its own address is dropped", arguments: Appliance.Scheme.allCases)
    func forgedAddresses(_ scheme: Appliance.Scheme) throws {
        let path = "/forged/\(scheme)"
        let client = try appliance.client(scheme)
        _ = try client.exchange(
            get(
                path,
                """
                X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Host: evil.test\r\n\
                X-Real-IP: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nTrue-Client-IP: 6.6.6.6\r\n
                """))
        #expect(try origin.field("X-Forwarded-For", path) == "127.0.0.1")
        #expect(try origin.field("X-Forwarded-Proto", path) == scheme.rawValue)
        #expect(try origin.field("X-Forwarded-Host", path) == "a.example.test")
        #expect(try origin.field("Via", path) == "1.1 masugata")
        #expect(!(try origin.head(path)).contains("6.6.6.6"))
    }

    @Test("Behind a proxy that is trusted, addresses are appended to")
    func appendedAddresses() throws {
        let client = try Appliance.inner.client()
        _ = try client.exchange(
            get(
                "/appended",
                """
                X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: www.example.test\r\n\
                Forwarded: for=192.0.2.9\r\nVia: 1.1 outer\r\n
                """))
        #expect(try origin.field("X-Forwarded-For", "/appended") == "192.0.2.9, 127.0.0.1")
        #expect(try origin.field("X-Forwarded-Proto", "/appended") == "https")
        #expect(try origin.field("X-Forwarded-Host", "/appended") == "www.example.test")
        #expect(
            try origin.field("Forwarded", "/appended")
                == "for=192.0.2.9, for=127.0.0.1;host=a.example.test;proto=http")
        #expect(try origin.field("Via", "/appended") == "1.1 outer, 1.1 inner")
    }

    @Test("The Host field passes with its port, in lower case")
    func host() throws {
        let client = try appliance.client()
        _ = try client.exchange("GET /host HTTP/1.1\r\nHost: A.Example.TEST:8080\r\n\r\n")
        #expect(try origin.field("Host", "/host") == "a.example.test:8080")
    }

    @Test("The path is made canonical before it is matched and passed on")
    func canonicalPath() throws {
        let client = try appliance.client()
        _ = try client.exchange(get("/x/../canonical/%7Euser/./%c3%a9"))
        #expect(try origin.head("/canonical/~user/%C3%A9").hasPrefix("GET /canonical/~user/%C3%A9 HTTP/1.1\r\n"))
    }

    @Test("The access log has a line in combined format")
    func accessLog() throws {
        let client = try appliance.client()
        let fields = "User-Agent: test \"1\"\r\nReferer: http://x.test/\r\n"
        let response = try client.exchange(get("/combined?q=1", fields))
        #expect(response.status == 200)
        let line = try appliance.accessLine("/combined")
        let tail = "] \"GET /combined?q=1 HTTP/1.1\" 200 "
        #expect(line.hasPrefix("127.0.0.1 - - [") && line.contains(tail))
        #expect(line.hasSuffix(" \"http://x.test/\" \"test \\x221\\x22\""))
        let record = try appliance.record("/combined")
        #expect(line.contains("\(tail)\(record.bytesOut) "))
    }
}
