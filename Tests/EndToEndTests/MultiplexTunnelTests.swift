import Testing

@Suite("WebSocket over HTTP/2 (RFC 8441) reaches a server of HTTP/1.1", .appliance)
struct MultiplexTunnelTests {
    private var appliance: Appliance { get throws { try Appliance.multiplexing } }
    private var origin: Origin { get throws { try Origin.shared } }

    /// An extended CONNECT.
    private func connect(_ stream: UInt32, _ path: String, to name: String = "websocket") -> [UInt8] {
        Frames.headers(
            stream,
            [
                ":method: CONNECT", ":protocol: \(name)", ":scheme: https", ":authority: a.example.test",
                ":path: \(path)", "sec-websocket-version: 13", "origin: https://a.example.test",
            ], ends: false)
    }

    @Test("Bytes go both ways, beside other requests, until both sides have ended")
    func tunnel() throws {
        try origin.answer("/h2-socket", [.accept, .echo])
        let client = try appliance.streamClient()
        try client.send(connect(1, "/h2-socket"))
        try client.wait { $0.streams[1]?.head != nil }
        #expect(client.settings[8] == 1)
        #expect(client.streams[1]?.status == 200 && client.streams[1]?["upgrade"] == nil)
        #expect(try origin.head("/h2-socket").hasPrefix("GET /h2-socket HTTP/1.1\r\n"))
        #expect(try origin.field("upgrade", "/h2-socket") == "websocket")
        #expect(try origin.field("connection", "/h2-socket") == "upgrade")
        #expect(try origin.field("sec-websocket-key", "/h2-socket")?.count == 24)
        try client.send(Frames.data(1, "first"))
        try client.wait { $0.streams[1]?.text == "first" }
        #expect(try client.exchange(3, Frames.request(3, "/h2-beside-socket")).text == "hello\n")
        try client.send(Frames.data(1, " second", ends: true))
        let stream = try client.response(1)
        #expect(stream.text == "first second" && stream.isComplete && stream.resetCode == nil)
        let record = try appliance.record("/h2-socket")
        #expect(record.status == 101 && record.version == "2")
    }

    @Test("Much goes through a tunnel both ways, within the windows")
    func volume() throws {
        try origin.answer("/h2-socket-volume", [.accept, .echo])
        let client = try appliance.streamClient()
        try client.send(connect(1, "/h2-socket-volume"))
        try client.wait { $0.streams[1]?.head != nil }
        let part = [UInt8](repeating: 0x62, count: 10_000)
        for _ in 0..<100 {
            try client.wait { $0.window(1) >= part.count && $0.window(0) >= part.count }
            try client.send(data: part, on: 1)
        }
        try client.send(Frames.data(1, "", ends: true))
        let stream = try client.response(1)
        #expect(stream.body.count == 1_000_000 && stream.isComplete)
    }

    @Test("A key that is not answered, and a success that is no tunnel, are 502", arguments: [
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    ])
    func unanswered(_ text: String) throws {
        let path = "/h2-socket-unanswered/\(text.count)"
        try origin.answer(path, text)
        let client = try appliance.streamClient()
        let response = try client.exchange(1, connect(1, path))
        #expect(response.status == 502)
        #expect(try appliance.record(path).reason == "upstream.response.upgrade")
    }

    @Test("A refusal of the server comes back as it is")
    func refusal() throws {
        try origin.answer("/h2-socket-refused", "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")
        let response = try appliance.streamClient().exchange(1, connect(1, "/h2-socket-refused"))
        #expect(response.status == 403 && response.text == "no")
    }

    @Test("A tunnel that the client breaks off ends at the server")
    func reset() throws {
        try origin.answer("/h2-socket-reset", [.accept, .echo])
        let client = try appliance.streamClient()
        try client.send(connect(1, "/h2-socket-reset"))
        try client.wait { $0.streams[1]?.head != nil }
        try client.send(Frames.reset(1))
        #expect(try appliance.record("/h2-socket-reset").status == 101)
        let connection = try origin.events(at: "/h2-socket-reset").first?.connection
        try Patience.wait(for: "the end at the server") {
            try origin.events().first { $0.connection == connection && $0.event == "closed" }.map { _ in true }
        }
    }
}
