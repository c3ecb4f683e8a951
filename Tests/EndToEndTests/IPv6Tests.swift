import Testing

@Suite("IPv6 listeners", .appliance, .enabled(if: Ports.hasIPv6, "this host has no IPv6 loopback"))
struct IPv6Tests {
    private static let head = "Host: a.example.test\r\n"

    private func appliance(hosts: [String]) throws -> Appliance {
        try Appliance(
            """
            network local { ::1/128 }
            network others { 127.0.0.0/8 }
            pool app { server "127.0.0.1:\(try Origin.shared.port)" }
            site "a.example.test" {
              route "/*" { to = app }
              route "/local/*" { to = app  from = local }
              route "/others/*" { to = app  from = others }
            }
            """, hosts: hosts)
    }

    @Test("Both families are served on the same port, and the client's address is told and matched as it is")
    func bothFamilies() throws {
        let appliance = try appliance(hosts: ["127.0.0.1", "[::1]"])
        let client = try Client(port6: appliance.http)
        #expect(try client.exchange("GET /local/v6 HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
        #expect(try Origin.shared.field("X-Forwarded-For", "/local/v6") == "::1")
        #expect(try Origin.shared.field("Forwarded", "/local/v6")?.contains("for=\"[::1]\"") == true)
        #expect(try appliance.record("/local/v6").client == "::1")
        #expect(try appliance.accessLine("/local/v6").hasPrefix("::1 "))
        let refused = try client.exchange("GET /others/v6 HTTP/1.1\r\n\(Self.head)\r\n")
        #expect(refused.status == 403)
        #expect(try appliance.record(of: refused).reason == "route.from")
        #expect(try appliance.client().exchange("GET /others/v4 HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
        #expect(try appliance.record("/others/v4").client == "127.0.0.1")
    }

    @Test("TLS and the redirect are served by IPv6 alone, too")
    func alone() throws {
        let appliance = try appliance(hosts: ["[::1]"])
        let secure = try Client(tls: appliance.https, name: "a.example.test", host: "::1")
        #expect(try secure.exchange("GET /local/tls HTTP/1.1\r\n\(Self.head)\r\n").status == 200)
        #expect(try appliance.record("/local/tls").tls != "")
        let plain = try Client(port6: appliance.redirect)
        let response = try plain.exchange("GET /there?x=1 HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        #expect(response.status == 308)
        #expect(response["Location"] == "https://a.example.test:\(appliance.https)/there?x=1")
        #expect(throws: Patience.Exhausted.self) { try Client(port: appliance.http) }
    }

    @Test("A request by address names it in brackets, and gets the site's answer for unknown names")
    func literal() throws {
        let appliance = try appliance(hosts: ["[::1]"])
        let response = try Client(port6: appliance.http).exchange(
            "GET /literal HTTP/1.1\r\nHost: [::1]:\(appliance.http)\r\n\r\n")
        #expect(response.status == 421)
        #expect(try appliance.record(of: response).reason == "site.unknown")
    }
}
