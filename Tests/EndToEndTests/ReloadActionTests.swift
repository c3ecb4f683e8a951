import Testing

@Suite("A response is changed by the policy that its request was decided by", .appliance)
struct ReloadActionTests {
    private static func policy(_ headers: String) throws -> String {
        """
        pool app { server "127.0.0.1:\(try Origin.shared.port)" }
        site "a.example.test" { route "/*" { to = app  \(headers) } }
        """
    }

    @Test("Fields stay hidden, and locations are rewritten, though the policy was replaced meanwhile")
    func reload() throws {
        let origin = try Origin.shared
        let inner = "http://127.0.0.1:\(origin.port)/x"
        let answer = "HTTP/1.1 302 Found\r\nServer: inner\r\nLocation: \(inner)\r\nContent-Length: 0\r\n\r\n"
        try origin.answer("/held", [.wait("held"), .send(answer)])
        try origin.answer("/fresh", answer)
        let appliance = try Appliance(
            Self.policy("headers { response { hide = [\"Server\"] } }  rewrite { location = on }"))
        let client = try appliance.client(.https)
        try client.send("GET /held HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        _ = try origin.head("/held")
        try appliance.reload(Self.policy(""))
        _ = try Patience.wait(for: "the other policy") {
            let response = try appliance.client().exchange("GET /fresh HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
            return response["Server"] == "inner" ? response : nil
        }
        try origin.open("held")
        let held = try client.response()
        #expect(held["Server"] == nil && held["Location"] == "https://a.example.test/x")
        #expect(try client.exchange("GET /fresh HTTP/1.1\r\nHost: a.example.test\r\n\r\n")["Location"] == inner)
        #expect(try appliance.record("/held").status == 302)
    }
}
