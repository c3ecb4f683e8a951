import Testing

@Suite("Pools of several servers", .appliance)
struct PoolTests {
    private static let head = "Host: a.example.test\r\n"
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// An appliance in front of these ports.
    private func appliance(_ ports: [UInt16], limits: String = "") throws -> Appliance {
        let servers = ports.map { "  server \"127.0.0.1:\($0)\"" }.joined(separator: "\n")
        return try Appliance(
            """
            pool app {
            \(servers)
              limits { \(limits) }
            }
            site "a.example.test" { route "/*" { to = app } }
            """)
    }

    private func count(_ path: String, at origin: Origin) throws -> Int { try origin.events("head", at: path).count }

    @Test("Requests go to the servers in turn, as often as their weights say")
    func roundRobin() throws {
        let origins = try (0..<3).map { _ in try Origin() }
        let appliance = try Appliance(
            """
            pool app {
              server "127.0.0.1:\(origins[0].port)"
              server "127.0.0.1:\(origins[1].port)"
              server "127.0.0.1:\(origins[2].port)"  weight = 2
            }
            site "a.example.test" { route "/*" { to = app } }
            """)
        let client = try appliance.client()
        for _ in 0..<24 { #expect(try client.exchange("GET /turn HTTP/1.1\r\n\(Self.head)\r\n").status == 200) }
        #expect(try origins.map { try count("/turn", at: $0) } == [6, 6, 12])
        let upstreams = try appliance.records().filter { $0.path == "/turn" }.map(\.upstream)
        #expect(Set(upstreams).isSubset(of: Set(origins.map { "127.0.0.1:\($0.port)" })))
    }

    @Test("A server that is down costs no request: another of the pool gets it")
    func oneDead() throws {
        let origin = try Origin()
        let dead = Ports.free()
        let appliance = try appliance([dead, origin.port])
        let client = try appliance.client()
        for method in ["GET", "POST"] {
            for _ in 0..<10 {
                let response = try client.exchange(
                    "\(method) /one-dead HTTP/1.1\r\n\(Self.head)Content-Length: 0\r\n\r\n")
                #expect(response.status == 200)
            }
        }
        #expect(try count("/one-dead", at: origin) == 20)
        let record = try appliance.record("/one-dead")
        #expect(record.upstream == "127.0.0.1:\(origin.port)" && record.reason == "")
    }

    @Test("When all servers are down the request is 502, once each has been tried")
    func allDead() throws {
        let appliance = try appliance([Ports.free(), Ports.free()])
        let response = try appliance.client().exchange("GET /all-dead HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(response.status == 502)
        #expect(try appliance.record(of: response).reason == "upstream.connect")
    }

    @Test(
        "A server at its limit of connections is passed over while another has room; with none, requests wait",
        arguments: ["", "idle = 0s"])
    func oneFull(_ idle: String) throws {
        let origins = try [Origin(), Origin()]
        // Nobody may wait: whoever finds no server is refused at once.
        let appliance = try appliance(origins.map(\.port), limits: "connections = 1  queue = 0  \(idle)")
        for origin in origins { try origin.answer("/held", [.wait("held"), .send(Self.ok)]) }
        let holder = try appliance.client()
        try holder.send("GET /held HTTP/1.1\r\n\(Self.head)\r\n")
        try Patience.wait(for: "the held request") {
            try origins.contains { try count("/held", at: $0) == 1 } ? () : nil
        }
        let free = try origins[count("/held", at: origins[0]) == 1 ? 1 : 0]
        let client = try appliance.client()
        for _ in 0..<8 { #expect(try client.exchange("GET /free HTTP/1.1\r\n\(Self.head)\r\n").status == 200) }
        #expect(try count("/free", at: free) == 8)
        // The second place is taken too: now there is none.
        let second = try appliance.client()
        try second.send("GET /held HTTP/1.1\r\n\(Self.head)\r\n")
        try Patience.wait(for: "the second held request") { try count("/held", at: free) == 1 ? () : nil }
        let refused = try client.exchange("GET /free HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(refused.status == 503)
        #expect(try appliance.record(of: refused).reason == "pool.queue")
        for origin in origins { try origin.open("held") }
        #expect(try holder.response().text == "ok" && second.response().text == "ok")
        #expect(try client.exchange("GET /free HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
    }
}
