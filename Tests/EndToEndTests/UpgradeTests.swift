import Testing

@Suite("Upgrades tunnel only after 101", .appliance)
struct UpgradeTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let agreed =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Kept: yes\r\n\r\n"

    private func upgrade(_ path: String) -> String {
        """
        GET \(path) HTTP/1.1\r\nHost: a.example.test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n
        """
    }

    @Test("Bytes go both ways after 101", arguments: Appliance.Scheme.allCases)
    func echo(_ scheme: Appliance.Scheme) throws {
        let path = "/upgrade/\(scheme)"
        try origin.answer(path, [.send(Self.agreed), .echo])
        let client = try appliance.client(scheme)
        let response = try client.exchange(upgrade(path))
        #expect(response.status == 101 && response["Connection"] == "upgrade" && response["X-Kept"] == "yes")
        #expect(try origin.field("Connection", path) == "upgrade" && origin.field("Upgrade", path) == "websocket")
        #expect(try origin.field("Sec-WebSocket-Key", path) == "dGhlIHNhbXBsZSBub25jZQ==")
        for round in 0..<50 {
            let text = "frame \(round)\r\n\r\nGET / HTTP/1.1\r\n"
            try client.send(text)
            #expect(String(decoding: try client.bytes(text.utf8.count), as: UTF8.self) == text)
        }
        if scheme == .http {
            client.finishSending()
            #expect(try client.rest().end == .proper)
            let record = try appliance.record(path)
            #expect(record.status == 101 && record.reason == "" && record.action == "allow")
            #expect(record.bytesIn > 1_000 && record.bytesOut > 1_000)
        }
    }

    @Test("A large burst passes the tunnel to its last byte", arguments: Appliance.Scheme.allCases)
    func burst(_ scheme: Appliance.Scheme) throws {
        // More than a turn's share, sent at once and followed by nothing that would wake the worker again.
        let size = 8 << 20
        let path = "/burst/\(scheme)"
        try origin.answer(path, [.send(Self.agreed), .fill(size), .echo])
        let client = try appliance.client(scheme)
        #expect(try client.exchange(upgrade(path)).status == 101)
        #expect(try client.bytes(size).allSatisfy { $0 == 0x78 })
        try client.send("done")
        #expect(try client.bytes(4) == Array("done".utf8))
    }

    @Test("What either side sends before it ends arrives")
    func lastWords() throws {
        let size = 4 << 20
        try origin.answer("/last-words", [.send(Self.agreed), .fill(size), .echo])
        let client = try appliance.client()
        #expect(try client.exchange(upgrade("/last-words")).status == 101)
        try client.send("over")
        client.finishSending()
        let rest = try client.rest()
        #expect(rest.bytes.count == size + 4 && rest.bytes.suffix(4) == Array("over".utf8))
    }

    @Test("What the client sends after the server has ended still reaches the server")
    func serverEndsFirst() throws {
        // The echo records its size when the client has ended.
        try origin.answer("/server-first", [.send(Self.agreed), .send("bye"), .close])
        let client = try appliance.client()
        #expect(try client.exchange(upgrade("/server-first")).status == 101)
        let rest = try client.rest()
        #expect(rest.bytes == Array("bye".utf8) && rest.end == .proper)
        client.finishSending()
        #expect(try appliance.record("/server-first").status == 101)
    }

    @Test("What is sent before 101 is not passed on, and is the next request when there is no 101")
    func impatientClient() throws {
        try origin.answer(
            "/impatient", [.wait("impatient"), .send("HTTP/1.1 426 No\r\nContent-Length: 0\r\n\r\n")])
        let client = try appliance.client()
        try client.send(upgrade("/impatient") + "GET /impatient/next HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        _ = try origin.head("/impatient")
        #expect(client.isSilent)
        try origin.open("impatient")
        #expect(try client.response().status == 426)
        #expect(try client.response().status == 200)
        let events = try origin.events()
        let connection = events.first { $0.path == "/impatient" }?.connection
        #expect(events.allSatisfy { $0.connection != connection || !($0.left ?? "").contains("next") })
        #expect(try origin.head("/impatient/next").hasPrefix("GET /impatient/next "))
    }

    @Test("What is sent with the request is passed on after 101")
    func eagerClient() throws {
        try origin.answer("/eager", [.wait("eager"), .send(Self.agreed), .echo])
        let client = try appliance.client()
        try client.send(upgrade("/eager") + "frame")
        _ = try origin.head("/eager")
        try origin.open("eager")
        #expect(try client.response().status == 101)
        #expect(try client.bytes(5) == Array("frame".utf8))
    }

    @Test("A 101 that nobody asked for is 502", arguments: ["unasked", "without Upgrade"])
    func unasked(_ kind: String) throws {
        let path = "/unasked/\(kind.prefix(4))"
        try origin.answer(
            path, kind == "unasked" ? Self.agreed : "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n")
        let client = try appliance.client()
        let response = try client.exchange(
            kind == "unasked" ? "GET \(path) HTTP/1.1\r\nHost: a.example.test\r\n\r\n" : upgrade(path))
        #expect(response.status == 502)
        #expect(try appliance.record(of: response).reason == "upstream.response.upgrade")
    }

    @Test(
        "A 101 to another protocol than the client offered, or to none, is 502 and no tunnel",
        arguments: ["h2c", "websocket/14", "websocket, h2c", ",", "web"])
    func anotherProtocol(_ agreed: String) throws {
        let path = "/another-protocol/\(agreed.utf8.map(String.init).joined(separator: "-"))"
        try origin.answer(
            path, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: \(agreed)\r\n\r\nsmuggled")
        let client = try appliance.client()
        let response = try client.exchange(upgrade(path))
        #expect(response.status == 502 && !response.text.contains("smuggled"))
        #expect(try appliance.record(of: response).reason == "upstream.response.upgrade")
    }

    @Test(
        "A 101 may name any of the protocols that were offered, in any letter case", arguments: ["WebSocket", "chat/2"])
    func oneOfSeveral(_ agreed: String) throws {
        let path = "/one-of-several/\(agreed.count)"
        // An interim response before it changes nothing.
        try origin.answer(
            path,
            [
                .send("HTTP/1.1 103 Early Hints\r\n\r\n"),
                .send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: \(agreed)\r\n\r\n"), .echo,
            ])
        let client = try appliance.client()
        let interim = try client.exchange(
            """
            GET \(path) HTTP/1.1\r\nHost: a.example.test\r\nConnection: Upgrade\r\n\
            Upgrade: chat/1, chat/2,websocket\r\n\r\n
            """)
        #expect(interim.status == 103)
        let response = try client.response()
        #expect(response.status == 101 && response["Upgrade"] == agreed)
        try client.send("frame")
        #expect(try client.bytes(5) == Array("frame".utf8))
    }

    @Test("HTTP/1.0 cannot upgrade")
    func oldClient() throws {
        let client = try appliance.client()
        let response = try client.exchange(
            "GET /old-upgrade HTTP/1.0\r\nHost: a.example.test\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
        #expect(response.status == 200)
        #expect(try origin.field("Upgrade", "/old-upgrade") == nil)
    }
}
