import PublishedAttacks
import Testing

@Suite("Published weaknesses of others, through the whole appliance", .appliance)
struct PublishedAttackTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }
    private var origin: Origin { get throws { try Origin.shared } }
    private static let host = "Host: a.example.test\r\n"

    @Test("requests are refused and reach nobody, or mean one thing", arguments: PublishedAttack.all(.request))
    func requests(_ attack: PublishedAttack) throws {
        let client = try appliance.client()
        try client.send(attack.text)
        guard let reason = attack.reason else { return try forwards(attack, client) }
        try client.send("GET /bad/smuggled HTTP/1.1\r\n\(Self.host)\r\n")
        let response = try client.response()
        #expect(response.status >= 400 && response["Connection"] == "close")
        #expect(try client.rest().bytes.isEmpty)
        #expect(try appliance.record(of: response).reason == reason)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true && $0.path != "/admin" })
    }

    private func forwards(_ attack: PublishedAttack, _ client: Client) throws {
        #expect(try client.response().status == 200)
        let line = attack.forwarded[0]
        let head = try Patience.wait(for: line) { try origin.events().first { $0.head?.hasPrefix(line) == true }?.head }
        let lines = head.split(separator: "\r\n").map(String.init)
        for expected in attack.forwarded { #expect(lines.contains(expected)) }
    }

    @Test("bodies are refused, and the server never has them whole", arguments: PublishedAttack.all(.body))
    func bodies(_ attack: PublishedAttack) throws {
        let path = String(attack.text.split(separator: " ")[1])
        let client = try appliance.client()
        try client.send(attack.text)
        #expect(try client.response(to: "POST").status == 400)
        #expect(try client.rest().bytes.isEmpty)
        #expect(try appliance.record(path).reason == attack.reason)
        #expect(try origin.events("body", at: path).isEmpty)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    @Test("responses are 502, and nothing of them is passed on", arguments: PublishedAttack.all(.response))
    func responses(_ attack: PublishedAttack) throws {
        let path = "/published/\(attack.number)"
        try origin.answer(path, [.send(attack.text), .close])
        let client = try appliance.client()
        let response = try client.exchange("GET \(path) HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(response.status == 502 && response["X-Split"] == nil && response["Set-Cookie"] == nil)
        #expect(try appliance.record(of: response).reason == attack.reason)
    }

    // MARK: What takes more than a message

    @Test("CVE-2019-20372 (nginx): a body that stands behind a request that is answered here")
    func nginxErrorPage() throws { try unread("/office/nginx") }

    @Test("CVE-2022-22720 (Apache httpd): a body that could not be passed over")
    func apacheDiscardedBody() throws {
        let client = try appliance.client()
        try client.send(
            "POST /office/apache HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\nx\r\n"
                + "GET /bad/inner HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(try client.response(to: "POST").status >= 400)
        #expect(try client.rest().bytes.isEmpty)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    @Test("CVE-2022-23959 (Varnish): a connection that goes on behind a body that was not read")
    func varnishUnreadBody() throws { try unread("/small/varnish", padding: 2_000) }

    @Test("CVE-2025-4366 (pingora): a body behind a request that no server is asked for")
    func pingoraUnreadBody() throws { try unread("/read/pingora", method: "PUT") }

    /// A request that is refused, with another in its body.
    private func unread(_ path: String, padding: Int = 0, method: String = "POST") throws {
        let inner = "GET /bad/inner HTTP/1.1\r\n\(Self.host)\r\n" + String(repeating: "x", count: padding)
        let client = try appliance.client()
        try client.send(
            "\(method) \(path) HTTP/1.1\r\n\(Self.host)Content-Length: \(inner.utf8.count)\r\n\r\n\(inner)")
        let response = try client.response(to: method)
        #expect(response.status >= 400)
        #expect(response["Connection"] == "close" ? try client.rest().bytes.isEmpty : client.isSilent)
        #expect(try origin.events().allSatisfy { $0.path?.hasPrefix("/bad") != true })
    }

    @Test("CVE-2024-23326 (Envoy): a server that answers an upgrade with 200")
    func envoyUpgrade() throws {
        try origin.answer("/envoy-upgrade", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        try noTunnel("/envoy-upgrade")
    }

    @Test("CVE-2026-2833 (pingora): what follows an upgrade that the server has not agreed to")
    func pingoraUpgrade() throws {
        try origin.answer("/pingora-upgrade", "HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\nno")
        try noTunnel("/pingora-upgrade")
    }

    private func noTunnel(_ path: String) throws {
        let client = try appliance.client()
        // The second request must be looked at as every other: this client may not go there.
        try client.send(
            "GET \(path) HTTP/1.1\r\n\(Self.host)Connection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                + "GET /office\(path) HTTP/1.1\r\n\(Self.host)\r\n")
        #expect(try client.response().status != 101)
        #expect(try client.response().status == 403)
        #expect(try origin.events("head", at: "/office\(path)").isEmpty)
        #expect(try origin.events().allSatisfy { !($0.left ?? "").contains("/office\(path)") })
    }

    @Test("CVE-2020-8659 (Envoy): a body in chunks of a byte takes no more memory than another")
    func envoyChunks() throws {
        let client = try appliance.client()
        let chunks = String(repeating: "1\r\nx\r\n", count: 20_000)
        let response = try client.exchange(
            "POST /byte-chunks HTTP/1.1\r\n\(Self.host)Transfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n")
        #expect(response.status == 200)
        #expect(try origin.body("/byte-chunks").size == 20_000)
    }
}
