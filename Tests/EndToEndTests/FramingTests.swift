import Testing

@Suite("Bodies keep their bytes and change their frames", .appliance)
struct FramingTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let head = "Host: a.example.test\r\n"

    @Test(
        "A body with Content-Length arrives as it was sent", arguments: Appliance.Scheme.allCases, [1, 4_096, 100_000])
    func plainRequest(_ scheme: Appliance.Scheme, _ size: Int) throws {
        let path = "/plain-body/\(scheme)/\(size)"
        let body = String(repeating: "0123456789", count: size / 10 + 1).prefix(size)
        let client = try appliance.client(scheme)
        let response = try client.exchange(
            "POST \(path) HTTP/1.1\r\n\(Self.head)Content-Length: \(size)\r\n\r\n\(body)")
        #expect(response.status == 200)
        #expect(try origin.body(path).raw == String(body))
        #expect(try origin.field("Content-Length", path) == "\(size)")
        #expect(try appliance.record(path).bytesIn > size)
        #expect(try client.exchange("GET /after-plain-body HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }

    @Test("A chunked body is chunked afresh, without its extensions", arguments: Appliance.Scheme.allCases)
    func chunkedRequest(_ scheme: Appliance.Scheme) throws {
        let path = "/chunked-body/\(scheme)"
        let client = try appliance.client(scheme)
        let response = try client.exchange(
            """
            POST \(path) HTTP/1.1\r\n\(Self.head)Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n\
            005;name=value\r\nhello\r\n000001\r\n \r\n5\r\nworld\r\n0;last\r\nX-Sum:  42 \r\n\r\n
            """)
        #expect(response.status == 200)
        let body = try origin.body(path)
        #expect(body.size == 11)
        #expect(body.raw == "5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX-Sum: 42\r\n\r\n")
        #expect(try origin.field("Transfer-Encoding", path) == "chunked")
        #expect(try origin.field("Content-Length", path) == nil && origin.field("Trailer", path) == "X-Sum")
        #expect(try client.exchange("GET /after-chunked-body HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }

    @Test("A chunked body may come a byte at a time")
    func slowChunks() throws {
        let client = try appliance.client()
        try client.send("POST /byte-by-byte HTTP/1.1\r\n\(Self.head)Transfer-Encoding: chunked\r\n\r\n")
        for byte in Array("3\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n".utf8) { try client.send([byte]) }
        #expect(try client.response().status == 200)
        #expect(try origin.body("/byte-by-byte").size == 13)
        #expect(try origin.body("/byte-by-byte").raw?.hasSuffix("0\r\nT: 1\r\n\r\n") == true)
    }

    @Test("A response with Content-Length keeps it", arguments: Appliance.Scheme.allCases, [0, 5_000, 300_000])
    func plainResponse(_ scheme: Appliance.Scheme, _ size: Int) throws {
        let path = "/plain-response/\(scheme)/\(size)"
        try origin.answer(path, [.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"), .fill(size)])
        let client = try appliance.client(scheme)
        for _ in 0..<2 {
            let response = try client.exchange("GET \(path) HTTP/1.1\r\n\(Self.head)\r\n")
            #expect(response["Content-Length"] == "\(size)" && response["Transfer-Encoding"] == nil)
            #expect(response.body.count == size && response.body.allSatisfy { $0 == 0x78 })
        }
        #expect(try appliance.record(path).bytesOut > size)
    }

    @Test("A chunked response is chunked afresh, with its trailers", arguments: Appliance.Scheme.allCases)
    func chunkedResponse(_ scheme: Appliance.Scheme) throws {
        let path = "/chunked-response/\(scheme)"
        try origin.answer(
            path,
            """
            HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n\
            4;x=y\r\nwiki\r\n5\r\npedia\r\n0\r\nX-Sum: 9\r\n\r\n
            """)
        let client = try appliance.client(scheme)
        let response = try client.exchange("GET \(path) HTTP/1.1\r\n\(Self.head)TE: trailers\r\n\r\n")
        #expect(response.text == "wikipedia" && response["Transfer-Encoding"] == "chunked")
        #expect(response.trailers == ["X-Sum: 9"])
        #expect(try client.exchange("GET /after-chunks HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }

    @Test("A response that ends with its connection is chunked for a client of HTTP/1.1")
    func closeDelimited() throws {
        try origin.answer("/until-close", [.send("HTTP/1.1 200 OK\r\n\r\nall of "), .send("it"), .close])
        let client = try appliance.client()
        let response = try client.exchange("GET /until-close HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response["Transfer-Encoding"] == "chunked" && response.text == "all of it")
        #expect(try client.exchange("GET /after-until-close HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }

    @Test("A client of HTTP/1.0 gets bare bodies and the end of the connection", arguments: Appliance.Scheme.allCases)
    func oldClient(_ scheme: Appliance.Scheme) throws {
        let path = "/old-client/\(scheme)"
        try origin.answer(path, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n0\r\n\r\n")
        let client = try appliance.client(scheme)
        let response = try client.exchange("GET \(path) HTTP/1.0\r\n\(Self.head)\r\n")
        #expect(response["Transfer-Encoding"] == nil && response["Connection"] == "close")
        #expect(response.text == "wiki" && response.end == .proper)
        #expect(try appliance.record(path).version == "1.0")
        #expect(try origin.head(path).hasPrefix("GET \(path) HTTP/1.1\r\n"))
        #expect(try origin.field("Via", path) == "1.0 masugata")
    }

    @Test("A client of HTTP/1.0 can keep its connection")
    func oldClientKeepsAlive() throws {
        let client = try appliance.client()
        for _ in 0..<2 {
            let response = try client.exchange(
                "GET /old-keep-alive HTTP/1.0\r\n\(Self.head)Connection: keep-alive\r\n\r\n")
            #expect(response["Connection"] == "keep-alive" && response.text == "hello\n")
        }
    }

    @Test("A server of HTTP/1.0 is understood, and its connection is used again only when it says so")
    func oldServer() throws {
        try origin.answer("/old-server", [.send("HTTP/1.0 200 OK\r\n\r\nold"), .close])
        try origin.answer(
            "/old-server/kept", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nold")
        let client = try appliance.client()
        let response = try client.exchange("GET /old-server HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response.text == "old" && response["Via"] == "1.0 masugata")
        #expect(try client.exchange("GET /old-server/kept HTTP/1.1\r\n\(Self.head)\r\n").text == "old")
    }

    @Test("Expect: 100-continue is answered here once the server is reached", arguments: Appliance.Scheme.allCases)
    func expectation(_ scheme: Appliance.Scheme) throws {
        let path = "/expect/\(scheme)"
        let client = try appliance.client(scheme)
        let interim = try client.exchange(
            "POST \(path) HTTP/1.1\r\n\(Self.head)Expect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        #expect(interim.status == 100)
        #expect(try client.exchange("body", method: "POST").status == 200)
        #expect(try origin.body(path).raw == "body" && origin.field("Expect", path) == nil)
    }

    @Test("A client that expects 100 and is refused is not asked for its body")
    func expectationRefused() throws {
        let client = try appliance.client()
        let response = try client.exchange(
            "POST /small/expect HTTP/1.1\r\n\(Self.head)Expect: 100-continue\r\nContent-Length: 9999\r\n\r\n")
        #expect(response.status == 413 && response["Connection"] == "close")
        #expect(try origin.events("head", at: "/small/expect").isEmpty)
    }

    @Test("HTTP/1.0 knows no Expect")
    func expectationOfOldClients() throws {
        let client = try appliance.client()
        let response = try client.exchange(
            "POST /expect-10 HTTP/1.0\r\n\(Self.head)Expect: 100-continue\r\nContent-Length: 4\r\n\r\nbody")
        #expect(response.status == 200)
    }
}
