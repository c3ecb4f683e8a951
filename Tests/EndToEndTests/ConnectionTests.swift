import Testing

@Suite("Connections are used for many requests, and given up at the right time", .appliance)
struct ConnectionTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let head = "Host: a.example.test\r\n"

    @Test("A hundred requests in one write are answered in order", arguments: Appliance.Scheme.allCases)
    func pipeline(_ scheme: Appliance.Scheme) throws {
        var requests = ""
        for number in 0..<100 {
            let path = "/pipeline/\(scheme)/\(number)"
            try origin.answer(path, "HTTP/1.1 200 OK\r\nContent-Length: \(String(number).count)\r\n\r\n\(number)")
            // Every third is refused here, and every fourth has a body.
            switch number {
            case _ where number % 3 == 0: requests += "DELETE /read/\(number) HTTP/1.1\r\n\(Self.head)\r\n"
            case _ where number % 4 == 0:
                requests += "POST \(path) HTTP/1.1\r\n\(Self.head)Content-Length: 5\r\n\r\nGET /"
            default: requests += "GET \(path) HTTP/1.1\r\n\(Self.head)\r\n"
            }
        }
        let client = try appliance.client(scheme)
        try client.send(requests)
        for number in 0..<100 {
            let response = try client.response()
            if number % 3 == 0 {
                #expect(response.status == 405)
            } else {
                #expect(response.text == "\(number)")
            }
        }
        let heads = try origin.events().filter { $0.event == "head" && $0.path!.hasPrefix("/pipeline/\(scheme)/") }
        #expect(heads.count == 66)
    }

    @Test("A pipeline that fills the buffer to its last byte goes on")
    func fullBuffer() throws {
        // The connection's buffer has 32 KiB; the requests together have exactly as many.
        let size = 32_768
        let request = "DELETE /read/full HTTP/1.1\r\n\(Self.head)\r\n"
        let count = size / request.utf8.count - 1
        var requests = String(repeating: request, count: count)
        let opening = "DELETE /read/full HTTP/1.1\r\n\(Self.head)X: "
        requests += opening + String(repeating: "x", count: size - requests.utf8.count - opening.utf8.count - 4)
        requests += "\r\n\r\n"
        #expect(requests.utf8.count == size)
        let client = try appliance.client()
        try client.send(requests + request)
        for _ in 0...(count + 1) { #expect(try client.response().status == 405) }
    }

    @Test("Requests one after the other use one connection to the server")
    func reuse() throws {
        let origin = try Origin()
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            """)
        for scheme in Appliance.Scheme.allCases {
            let client = try appliance.client(scheme)
            for _ in 0..<20 {
                #expect(try client.exchange("GET /reuse HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
            }
        }
        let heads = try origin.events("head", at: "/reuse")
        #expect(heads.count == 40 && Set(heads.map(\.connection)).count == 1)
    }

    @Test("A GET on a connection that the server has just closed is sent again, a POST is not")
    func stale() throws {
        let origin = try Origin()
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            """)
        // The server reads the second request of a connection and closes it without a word.
        try origin.answer("/stale", [.close])
        let client = try appliance.client()
        for method in ["GET", "POST"] {
            #expect(try client.exchange("GET /fresh HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
            let response = try client.exchange("\(method) /stale HTTP/1.1\r\n\(Self.head)\r\n")
            #expect(response.status == 502)
            #expect(try appliance.record(of: response).reason == "upstream.closed")
        }
        let heads = try origin.events("head", at: "/stale")
        // GET: on the connection that was kept, and once more on a new one. POST: once.
        #expect(heads.map { $0.head!.prefix(4) } == ["GET ", "GET ", "POST"])
        #expect(heads.map(\.request) == [2, 1, 2])
    }

    @Test("Connection: close is obeyed, on both sides", arguments: Appliance.Scheme.allCases)
    func close(_ scheme: Appliance.Scheme) throws {
        try origin.answer(
            "/closing/\(scheme)", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
        let client = try appliance.client(scheme)
        let first = try client.exchange("GET /closing/\(scheme) HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(first["Connection"] == nil && first.text == "ok")
        let last = try client.exchange("GET /close/\(scheme) HTTP/1.1\r\n\(Self.head)Connection: close\r\n\r\n")
        #expect(last["Connection"] == "close" && last.text == "hello\n")
        let rest = try client.rest()
        #expect(rest.bytes.isEmpty && rest.end == .proper)
    }

    @Test("A client that ends its sending direction still gets its answer")
    func halfClosed() throws {
        try origin.answer(
            "/half-closed", [.wait("half-closed"), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let client = try appliance.client()
        try client.send("GET /half-closed HTTP/1.1\r\n\(Self.head)\r\n")
        client.finishSending()
        _ = try origin.head("/half-closed")
        try origin.open("half-closed")
        #expect(try client.response().text == "ok")
        #expect(try client.rest().end == .proper)
    }

    @Test("Bytes behind a response are not taken for the next one")
    func excess() throws {
        try origin.answer("/excess", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nforged")
        let client = try appliance.client()
        for _ in 0..<3 {
            #expect(try client.exchange("GET /excess HTTP/1.1\r\n\(Self.head)\r\n").text == "ok")
            #expect(try client.exchange("GET /after-excess HTTP/1.1\r\n\(Self.head)\r\n").text == "hello\n")
        }
    }
}
