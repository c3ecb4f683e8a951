import Testing

@Suite("Connections of HTTP/2 end in order", .appliance)
struct MultiplexEndTests {
    private var origin: Origin { get throws { try Origin.shared } }

    @Test("After so many requests as one connection may have, GOAWAY is sent and what is under way is answered")
    func requests() throws {
        let appliance = try Appliance.hastyMultiplexing
        let client = try appliance.plainStreamClient()
        for stream: UInt32 in [1, 3, 5] {
            #expect(try client.exchange(stream, Frames.request(stream, "/h2-requests", scheme: "http")).status == 200)
        }
        #expect(try client.readToEnd() == .proper)
        #expect(client.goAways.map(\.code) == [0, 0] && client.goAways.last?.last == 5)
    }

    @Test("An idle connection ends with GOAWAY")
    func idle() throws {
        let appliance = try Appliance.hastyMultiplexing
        let client = try StreamClient(Client(tls: appliance.https, name: "a.example.test", protocols: ["h2"]))
        #expect(try client.exchange(1, Frames.request(1, "/h2-idle")).status == 200)
        #expect(try client.readToEnd() == .proper)
        #expect(client.goAways.last?.code == 0)
    }

    @Test("Settings that are not acknowledged end the connection with SETTINGS_TIMEOUT")
    func settings() throws {
        let client = try Appliance.hastyMultiplexing.plainStreamClient()
        client.answers = false
        _ = try client.readToEnd()
        #expect(client.goAways.map(\.code) == [4])
    }

    @Test("A drain answers what is under way, refuses what comes later, and ends")
    func drain() throws {
        try origin.answer("/h2-drain", [.wait("h2-drain"), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let appliance = try Appliance(
            """
            pool app { server "127.0.0.1:\(origin.port)" }
            site "a.example.test" { route "/*" { to = app } }
            """)
        let client = try appliance.streamClient()
        try client.send(Frames.request(1, "/h2-drain"))
        _ = try origin.head("/h2-drain")
        try appliance.terminate()
        try client.wait { $0.goAways.last?.last == 1 }
        try client.send(Frames.request(3, "/h2-too-late"))
        try origin.open("h2-drain")
        #expect(try client.response(1).text == "ok")
        #expect(try client.readToEnd() == .proper)
        #expect(client.streams[3] == nil && client.goAways.allSatisfy { $0.code == 0 })
    }

    @Test("A request under way at a reload is answered by its plan, and the connection goes on with the next one")
    func reload() throws {
        func policy(_ text: String) throws -> String {
            """
            pool app { server "127.0.0.1:\(try origin.port)" }
            site "a.example.test" { route "/*" { to = app }  route "/which" { respond { body = "\(text)" } } }

            """
        }
        try origin.answer("/h2-reload", [.wait("h2-reload"), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")])
        let appliance = try Appliance(policy("first"))
        let client = try appliance.streamClient()
        try client.send(Frames.request(1, "/h2-reload"))
        _ = try origin.head("/h2-reload")
        #expect(try client.exchange(3, Frames.request(3, "/which")).text == "first")
        try appliance.reload(policy("second"))
        var stream: UInt32 = 5
        try Patience.wait(for: "the next plan") {
            defer { stream += 2 }
            return try client.exchange(stream, Frames.request(stream, "/which")).text == "second" ? true : nil
        }
        try origin.open("h2-reload")
        #expect(try client.response(1).text == "ok")
    }
}
