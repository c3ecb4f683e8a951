import Testing

@Suite("What the policy does not allow is answered here", .appliance)
struct PolicyAnswerTests {
    private var appliance: Appliance { get throws { try Appliance.standard } }

    private func get(_ path: String, host: String = "a.example.test", _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(fields)\r\n"
    }

    @Test("An unknown host is 421", arguments: Appliance.Scheme.allCases)
    func unknownHost(_ scheme: Appliance.Scheme) throws {
        let client = scheme == .http ? try appliance.client() : try Client(tls: appliance.https, name: "")
        let response = try client.exchange(get("/", host: "unknown.example.test"))
        #expect(response.status == 421)
        let record = try appliance.record(of: response)
        #expect(record.reason == "site.unknown" && record.site == "" && record.host == "unknown.example.test")
        #expect(record.action == "deny")
        // The connection is not to blame.
        #expect(try client.exchange(get("/after-421")).status == 200)
    }

    @Test("Another host than the one of the TLS handshake is 421")
    func otherName() throws {
        let client = try Client(tls: appliance.https, name: "a.example.test")
        let response = try client.exchange(get("/b/x", host: "b.example.test"))
        #expect(response.status == 421)
        let record = try appliance.record(of: response)
        #expect(record.reason == "sni.mismatch" && record.host == "b.example.test")
        #expect(try Origin.shared.events("head", at: "/b/x").isEmpty)
    }

    @Test("The name in the TLS handshake is compared without letter case")
    func letterCase() throws {
        let client = try Client(tls: appliance.https, name: "A.Example.Test")
        #expect(try client.exchange(get("/letter-case")).status == 200)
    }

    @Test("The redirect listener sends everybody to HTTPS with 308", arguments: ["GET", "HEAD", "POST"])
    func redirect(_ method: String) throws {
        let client = try Client(port: appliance.redirect)
        let response = try client.exchange("\(method) /x/y?z=1 HTTP/1.1\r\nHost: a.example.test:80\r\n\r\n")
        #expect(response.status == 308)
        #expect(try response["Location"] == "https://a.example.test:\(appliance.https)/x/y?z=1")
        #expect(try client.exchange("GET /after-redirect HTTP/1.1\r\nHost: a.example.test\r\n\r\n").status == 308)
        let record = try appliance.record("308 to \(method)") { $0.method == method && $0.status == 308 }
        #expect(record.site == "a.example.test" && record.action == "allow" && record.reason == "")
    }

    @Test("The redirect listener redirects to no foreign host")
    func redirectOfUnknownHost() throws {
        let client = try Client(port: appliance.redirect)
        #expect(try client.exchange(get("/", host: "evil.test")).status == 421)
    }

    @Test("A method that the route does not take is 405 with Allow")
    func method() throws {
        let client = try appliance.client()
        let response = try client.exchange("DELETE /read/x HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        #expect(response.status == 405 && response["Allow"] == "GET, HEAD, POST")
        #expect(try appliance.record(of: response).reason == "route.method")
        #expect(try client.exchange("HEAD /read/x HTTP/1.1\r\nHost: a.example.test\r\n\r\n").status == 200)
    }

    @Test("A client outside of the route's networks is 403")
    func network() throws {
        let client = try appliance.client()
        let response = try client.exchange(get("/office/x"))
        #expect(response.status == 403)
        let record = try appliance.record(of: response)
        #expect(record.reason == "route.from" && record.route == "/office/*" && record.action == "deny")
        #expect(try Origin.shared.events("head", at: "/office/x").isEmpty)
    }

    @Test("A path without a route is 404")
    func noRoute() throws {
        let client = try appliance.client()
        let response = try client.exchange(get("/not-b", host: "b.example.test"))
        #expect(response.status == 404)
        #expect(try appliance.record(of: response).reason == "route.none")
    }

    @Test("Error pages are HTML, or JSON where the client prefers it, and never cached")
    func pages() throws {
        let client = try appliance.client()
        let page = try client.exchange(get("/office/page", "Accept: text/html\r\n"))
        #expect(page["Content-Type"] == "text/html; charset=utf-8" && page.text.hasPrefix("<!DOCTYPE html>"))
        let json = try client.exchange(get("/office/json", "Accept: application/json\r\n"))
        #expect(json["Content-Type"] == "application/json" && json.text.hasPrefix("{\"status\":403,"))
        #expect(json.text.contains("\"reason\":\"route.from\""))
        #expect(page["Cache-Control"] == "no-store" && json["Cache-Control"] == "no-store")
        #expect(page["Date"]?.hasSuffix(" GMT") == true && page["Server"] == nil)
        let head = try client.exchange("HEAD /office/head HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        #expect(head.status == 403 && head["Content-Length"] != "0" && head.body.isEmpty)
        #expect(try appliance.record(of: json).path == "/office/json")
    }
}
