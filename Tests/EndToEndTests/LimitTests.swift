import Testing

@Suite("Limits of size and number hold", .appliance)
struct LimitTests {
    private var appliance: Appliance { get throws { try Appliance.narrow } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let head = "Host: a.example.test\r\n"

    private func refuses(_ request: String, _ status: Int, _ reason: String) throws {
        let client = try appliance.client()
        let response = try client.exchange(request)
        #expect(response.status == status && response["Connection"] == "close")
        let record = try appliance.record(of: response)
        #expect(record.reason == reason && record.action == "deny")
    }

    @Test("A target that is too long is 414")
    func target() throws {
        try refuses(
            "GET /\(String(repeating: "x", count: 256)) HTTP/1.1\r\n\(Self.head)\r\n", 414, "request.target.size")
        let client = try appliance.client()
        let path = "/" + String(repeating: "x", count: 255)
        #expect(try client.exchange("GET \(path) HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }

    @Test("A head that is too large is 431")
    func head() throws {
        let fields = (0..<8).map { "X-\($0): \(String(repeating: "x", count: 300))\r\n" }.joined()
        try refuses("GET /large-head HTTP/1.1\r\n\(Self.head)\(fields)\r\n", 431, "request.head.size")
    }

    @Test("A field that is too long is 431")
    func field() throws {
        try refuses(
            "GET /long-field HTTP/1.1\r\n\(Self.head)X: \(String(repeating: "x", count: 600))\r\n\r\n", 431,
            "request.field.size")
    }

    @Test("Too many fields are 431")
    func fields() throws {
        let fields = (0..<10).map { "X-\($0): 1\r\n" }.joined()
        try refuses("GET /many-fields HTTP/1.1\r\n\(Self.head)\(fields)\r\n", 431, "request.field.count")
    }

    @Test("A body that is announced too large is 413 before any of it is read")
    func body() throws {
        try refuses("POST /large-body HTTP/1.1\r\n\(Self.head)Content-Length: 4097\r\n\r\n", 413, "request.body.size")
        #expect(try origin.events("head", at: "/large-body").isEmpty)
        let client = try appliance.client()
        let body = String(repeating: "x", count: 4_096)
        let request = "POST /largest-body HTTP/1.1\r\n\(Self.head)Content-Length: 4096\r\n\r\n\(body)"
        #expect(try client.exchange(request).status == 200)
    }

    @Test(
        "Trailers and chunk extensions have limits",
        arguments: [
            ("0\r\nX: \(String(repeating: "x", count: 99))\r\n\r\n", 431, "request.trailer.size"),
            ("1;\(String(repeating: "x", count: 99))\r\nx\r\n0\r\n\r\n", 400, "request.chunk.extension"),
        ])
    func chunks(_ body: String, _ status: Int, _ reason: String) throws {
        let client = try appliance.client()
        let response = try client.exchange(
            "POST /limited-chunks HTTP/1.1\r\n\(Self.head)Transfer-Encoding: chunked\r\n\r\n\(body)")
        #expect(response.status == status)
        #expect(try appliance.record(of: response).reason == reason)
    }

    @Test("The head of a response has a limit")
    func responseHead() throws {
        let field = "X: \(String(repeating: "x", count: 2_100))\r\n"
        try origin.answer("/large-response-head", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(field)\r\n")
        let client = try appliance.client()
        let response = try client.exchange("GET /large-response-head HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response.status == 502)
        #expect(try appliance.record(of: response).reason == "upstream.response.size")
    }

    @Test("A connection ends after so many requests")
    func requests() throws {
        let client = try appliance.client()
        for number in 1...3 {
            let response = try client.exchange("GET /counted HTTP/1.1\r\n\(Self.head)\r\n")
            #expect(response.status == 200 && response["Connection"] == (number == 3 ? "close" : nil))
        }
        #expect(try client.rest().end == .proper)
    }

    @Test("When the pool's connections are taken requests wait in turn, and beyond the queue they are 503")
    func queue() throws {
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        try origin.answer("/one/first", [.wait("one"), .send(ok)])
        let clients = try (0..<3).map { _ in try appliance.client() }
        try clients[0].send("GET /one/first HTTP/1.1\r\n\(Self.head)\r\n")
        _ = try origin.head("/one/first")
        try clients[1].send("GET /one/second HTTP/1.1\r\n\(Self.head)\r\n")
        // The second may still be on its way to the queue: only one of the two can have the place.
        #expect(clients[1].isSilent)
        let refused = try clients[2].exchange("GET /one/third HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(refused.status == 503 && refused["Retry-After"] != nil)
        #expect(try appliance.record(of: refused).reason == "pool.queue")
        #expect(try origin.events("head", at: "/one/second").isEmpty)
        try origin.open("one")
        #expect(try clients[0].response().text == "ok")
        #expect(try clients[1].response().text == "hello\n")
        // Other tests use the same pool before or after.
        let own = ["/one/first", "/one/second", "/one/third"]
        let heads = try origin.events().filter { $0.event == "head" && own.contains($0.path!) }
        #expect(heads.map(\.path) == ["/one/first", "/one/second"])
        #expect(Set(heads.map(\.connection)).count == 1)
    }

    @Test("Who waits in a queue for too long is 503")
    func queueWait() throws {
        try origin.answer(
            "/brief/first", [.wait("brief"), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let first = try appliance.client()
        try first.send("GET /brief/first HTTP/1.1\r\n\(Self.head)\r\n")
        _ = try origin.head("/brief/first")
        let second = try appliance.client()
        let response = try second.exchange("GET /brief/second HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response.status == 503)
        let record = try appliance.record(of: response)
        #expect(record.reason == "pool.queue.timeout" && record.us >= 200_000)
        try origin.open("brief")
        #expect(try first.response().text == "ok")
    }

    @Test("Connections beyond the limit wait until another ends")
    func connections() throws {
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            limits { connections = 16 }
            """)
        let request = "GET /crowd HTTP/1.1\r\n\(Self.head)\r\n"
        var clients = try (0..<16).map { _ in try appliance.client() }
        for client in clients { #expect(try client.exchange(request).status == 200) }
        let late = try appliance.client()
        try late.send(request)
        #expect(late.isSilent)
        clients.removeLast()
        #expect(try late.response().status == 200)
        for client in clients { #expect(try client.exchange(request).status == 200) }
    }

    /// Has so many requests wait at a gate, one after the other, and answers their clients.
    private func hold(_ count: Int, at gate: String, _ origin: Origin, _ appliance: Appliance) throws -> [Client] {
        try (0..<count).map { number in
            let path = "/\(gate)/\(number)"
            try origin.answer(path, [.wait(gate), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
            let client = try appliance.client()
            try client.send("GET \(path) HTTP/1.1\r\n\(Self.head)\r\n")
            _ = try origin.head(path)
            return client
        }
    }

    /// Each request in progress takes one exchange, and one buffer until its response begins; the request that is looked
    /// at has a buffer already.
    @Test(
        "Requests beyond the limit of exchanges, or of buffers, are 503; nobody else's is touched",
        arguments: [("exchanges = 16", 16), ("buffers = 64", 63)])
    func crowded(_ limit: String, _ most: Int) throws {
        let origin = try Origin()
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            limits { \(limit) }
            """)
        let clients = try hold(most, at: "crowded", origin, appliance)
        let late = try appliance.client()
        for _ in 0..<2 {
            let refused = try late.exchange("GET /too-many HTTP/1.1\r\n\(Self.head)\r\n")
            #expect(refused.status == 503 && refused["Retry-After"] != nil)
            let record = try appliance.record(of: refused)
            #expect(record.reason == "memory" && record.action == "deny")
        }
        #expect(try origin.events("head", at: "/too-many").isEmpty)
        try origin.open("crowded")
        for client in clients { #expect(try client.response().text == "ok") }
        #expect(try late.exchange("GET /again HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }

    @Test("TLS connections beyond the limit of handshakes are closed at once, and taken again when one has ended")
    func handshakes() throws {
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            limits { handshakes = 2  handshake = 60s }
            """)
        // They connect and say nothing.
        var silent = try [Client(port: appliance.https), Client(port: appliance.https)]
        // Accepted in order: the worker has the two before this one.
        let refused = try Client(port: appliance.https).rest()
        #expect(refused.bytes.isEmpty)
        for client in silent { #expect(client.isSilent) }
        // An established connection counts no more, and plain ones never do.
        #expect(try appliance.client().exchange("GET /plain HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
        silent.removeLast()
        let request = "GET /secure HTTP/1.1\r\n\(Self.head)\r\n"
        let first = try Patience.wait(for: "a place for a handshake") { () -> Client? in
            let client = try appliance.client(.https)
            return (try? client.exchange(request))?.status == 200 ? client : nil
        }
        #expect(try appliance.client(.https).exchange(request).status == 200)
        #expect(try first.exchange(request).status == 200)
    }

    @Test(
        "When records cannot be written requests are refused or not, as the policy says", arguments: ["deny", "drop"])
    func fullLog(_ onFull: String) throws {
        let origin = try Origin()
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            audit { on_full = \(onFull) }
            limits { log_backlog = 64KiB }
            """)
        let client = try appliance.client()
        // Each of them has a record of more than 4 KiB.
        let query = String(repeating: "x", count: 4_096)
        let statuses = try appliance.stopping("masugata-logd") {
            try (0..<24).map { _ in
                try client.exchange("GET /full-log?\(query) HTTP/1.1\r\n\(Self.head)\r\n").status
            }
        }
        let served = statuses.prefix { $0 == 200 }.count
        if onFull == "deny" {
            #expect((14...16).contains(served) && statuses.dropFirst(served).allSatisfy { $0 == 503 }, "\(statuses)")
        } else {
            #expect(served == 24)
        }
        #expect(try origin.events("head", at: "/full-log").count == served)
        // The log writer goes on: requests are let through again, and each of them has its record.
        try Patience.wait(for: "a request that is let through") {
            try client.exchange("GET /after-full-log HTTP/1.1\r\n\(Self.head)\r\n").status == 200 ? () : nil
        }
        let records = try Patience.wait(for: "all records") { () -> [AuditRecord]? in
            let records = try appliance.records().filter { $0.path == "/full-log" }
            return records.count == 24 ? records : nil
        }
        #expect(records.map(\.status) == statuses)
        #expect(records.dropFirst(served).allSatisfy { $0.reason == "audit.full" && $0.action == "deny" })
    }
}
