import HTTPModel
import Plan
import Testing

@Suite("No name from inside is in what the client gets")
struct ResponseRewriteTests {
    private func stage(
        hosts: [String] = [], strip: String? = nil, cookies: ResponseRewrite.Cookies? = nil, location: Bool = true
    ) -> Stage {
        var stage = Stage()
        stage.route.profiles.rewrite = ResponseRewrite(location: location, hosts: hosts, cookies: cookies)
        if let strip { stage.route.path = PathRewrite(strip: Array(strip.utf8)) }
        return stage
    }

    // MARK: Locations

    private func location(
        _ stage: Stage, _ value: String, host: String = "www.example.org", port: UInt16 = 0
    ) throws -> String {
        let field = try stage.received("Location: \(value)", host: host, port: port)[0]
        return String(field.dropFirst("Location: ".count))
    }

    @Test(
        "A location of a server of the route's pool is one of the site",
        arguments: [
            ("http://10.20.0.11:8080/x?y=1#z", "https://www.example.org/x?y=1#z"),
            ("HTTP://10.20.0.11:8080", "https://www.example.org/"),
            ("http://inner.example/login", "https://www.example.org/login"),
            ("http://INNER.example:80/login", "https://www.example.org/login"),
            ("http://inner.example.:80/login", "https://www.example.org/login"),
            ("http://user:secret@inner.example/", "https://www.example.org/"),
            ("//inner.example:80/x", "https://www.example.org/x"),
            ("http:\\\\inner.example/x", "https://www.example.org/x"),
            ("http://inner.example?q", "https://www.example.org/?q"),
            // The upstream does not know of the client's TLS.
            ("http://www.example.org/x", "https://www.example.org/x"),
        ])
    func inner(_ value: String, _ expected: String) throws {
        #expect(try location(stage(), value) == expected)
    }

    @Test(
        "Other locations stay as they are",
        arguments: [
            "https://login.example.net/?back=http://inner.example/", "http://inner.example:8081/x", "/x", "x/y", "?q",
            "#f", "https://www.example.org/x", "mailto:a@inner.example", "http://inner.example:http/x", "",
            "http://10.20.0.110:8080/", "http://other.inner.example/", "https://inner.example/x",
        ])
    func outer(_ value: String) throws {
        #expect(try location(stage(), value) == value)
    }

    @Test("The client's port and scheme are kept, and hosts that are named count with any port")
    func named() throws {
        var stage = stage(hosts: ["intranet.local"])
        #expect(
            try location(stage, "https://intranet.local:9443/x", port: 8443) == "https://www.example.org:8443/x")
        stage.scheme = .http
        #expect(try location(stage, "http://intranet.local/x", port: 8080) == "http://www.example.org:8080/x")
        #expect(try location(stage, "https://www.example.org/x") == "https://www.example.org/x")
    }

    @Test("A server with an IPv6 address is known by it, and by the pools of a split")
    func split() throws {
        var stage = stage()
        let shares = [Split.Share(pool: 0, portion: 5_000), Split.Share(pool: 1, portion: 5_000)]
        stage.route.action = .split(Split(shares: shares, key: .client))
        #expect(try location(stage, "http://[fd00::5]:8080/x") == "https://www.example.org/x")
        #expect(try location(stage, "http://10.20.0.11:8080/x") == "https://www.example.org/x")
    }

    @Test("The path of a location goes the way back that the request's came")
    func path() throws {
        let stage = stage(strip: "/app")
        #expect(try location(stage, "http://inner.example/x") == "https://www.example.org/app/x")
        #expect(try location(stage, "http://inner.example") == "https://www.example.org/app/")
        #expect(try location(stage, "/x?q") == "/app/x?q" && location(stage, "/app/x") == "/app/x")
    }

    @Test("A client that named no host gets the path alone")
    func noHost() throws {
        #expect(try location(stage(), "http://inner.example/x", host: "") == "/x")
    }

    @Test("Content-Location is changed as well, and no other field")
    func contentLocation() throws {
        let fields = try stage().received("Content-Location: http://inner.example/x", "X-From: http://inner.example/x")
        #expect(fields == ["Content-Location: https://www.example.org/x", "X-From: http://inner.example/x"])
        #expect(
            try stage(location: false).received("Location: http://inner.example/")[0]
                == "Location: http://inner.example/")
    }

    // MARK: Cookies

    private func cookie(
        _ cookies: ResponseRewrite.Cookies, _ value: String, strip: String? = nil, prepend: String? = nil,
        http: Bool = false
    ) throws -> String {
        var stage = stage(strip: strip, cookies: cookies)
        if let prepend { stage.route.path = PathRewrite(prepend: Array(prepend.utf8)) }
        if http { stage.scheme = .http }
        return String(try stage.received("Set-Cookie: \(value)")[0].dropFirst("Set-Cookie: ".count))
    }

    @Test("The domain of a cookie is removed, whatever its letter case")
    func domain() throws {
        let cookies = ResponseRewrite.Cookies(domain: true)
        #expect(try cookie(cookies, "s=1; DOMAIN=inner.example; Path=/x") == "s=1; Path=/x")
        #expect(try cookie(cookies, "s=1;domain = .inner.example") == "s=1")
        #expect(try cookie(cookies, "domain=1; Max-Age=5") == "domain=1; Max-Age=5")
    }

    @Test("The path of a cookie goes the way back, but not where its name binds it to the host")
    func cookiePath() throws {
        let cookies = ResponseRewrite.Cookies(path: true)
        #expect(try cookie(cookies, "s=1; path=/x", strip: "/app") == "s=1; Path=/app/x")
        #expect(try cookie(cookies, "s=1; Path=/", strip: "/app") == "s=1; Path=/app/")
        #expect(try cookie(cookies, "__Host-s=1; Path=/", strip: "/app") == "__Host-s=1; Path=/")
        #expect(try cookie(cookies, "s=1; Path=x", strip: "/app") == "s=1; Path=x")
        // What is above all of the client's paths is their root.
        #expect(try cookie(cookies, "s=1; Path=/app", prepend: "/app") == "s=1; Path=/")
        #expect(try cookie(cookies, "s=1; Path=/app/x", prepend: "/app") == "s=1; Path=/x")
    }

    @Test("Attributes are added where they are missing, Secure for TLS alone")
    func attributes() throws {
        let all = ResponseRewrite.Cookies(secure: true, httpOnly: true, sameSite: .lax)
        #expect(
            try cookie(all, "s=a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT")
                == "s=a=b; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure; HttpOnly; SameSite=Lax")
        #expect(try cookie(all, "s=1; secure; HTTPONLY; SameSite=None") == "s=1; secure; HTTPONLY; SameSite=None")
        #expect(try cookie(all, "s=1", http: true) == "s=1; HttpOnly; SameSite=Lax")
        #expect(try cookie(ResponseRewrite.Cookies(sameSite: .strict), "s") == "s; SameSite=Strict")
    }

    @Test("Every cookie of a response is changed")
    func several() throws {
        let fields = try stage(cookies: ResponseRewrite.Cookies(domain: true))
            .received("Set-Cookie: a=1; Domain=x", "X: y", "Set-Cookie: b=2; Domain=x")
        #expect(fields == ["Set-Cookie: a=1", "X: y", "Set-Cookie: b=2"])
    }
}
