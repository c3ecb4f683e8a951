import Testing

@Suite("Actions of the policy are carried out", .appliance)
struct ActionAnswerTests {
    private static let next = Result { try Origin() }

    private static let start = Result {
        try Appliance(
            """
            network loopback { 127.0.0.0/8 }
            network office { 203.0.113.0/24 }
            pool app { server "127.0.0.1:\(try Origin.shared.port)" }
            pool next { server "127.0.0.1:\(try next.get().port)" }
            site "a.example.test" {
              rules {
                log "seen" when path starts "/log/"
                log "seen-too" when path starts "/log/"
                deny "log-denied" when path == "/log/denied"
                deny "gone" when path == "/gone" status = 410
                redirect "moved" when path starts "/old/" { to = "https://{host}/new{path}{query}"  status = 301 }
                respond "robots" when path == "/robots.txt" body = "User-agent: *\\n"
                allow "first" when path == "/allowed/x"
                deny "closed" when path starts "/allowed/"
              }
              route "/*" { to = app }
              route "/redirect/*" { redirect = "https://b.example{path}" }
              route "/log/office" { to = app  from = office }
              route "/nothing" { respond { status = 204 } }
              route "/json" { respond { status = 418  type = "application/json"  body = "{}" } }
              route "/down/*" { to = app  maintenance { except = office  retry_after = 10m } }
              route "/inside/*" { to = app  maintenance { except = loopback } }
              route "/split/*" { split { to = [app 50%, next 50%]  by = cookie["canary"]  force { "beta" = next } } }
              route "/when/*" when header["x-beta"] == "1" { to = next }
              route "/when/*" { to = app }
              route "/rules/*" { to = app  rules { deny "inner" when method == POST } }
              route "/app/*" {
                to = app
                path { strip = "/app"  prepend = "/inner" }
                rewrite {
                  location = on  hosts = ["intranet.local"]
                  cookies { domain = on  path = on  secure = on  http_only = on  same_site = lax }
                }
              }
              route "/fields/*" {
                to = app
                headers {
                  request { set "X-Set" = "new"  add "X-Add" = "more"  remove "X-Gone"  set "Host" = "inner.local" }
                  response { set "X-Frame-Options" = "SAMEORIGIN"  hide = ["Server", "X-Powered-By"] }
                  secure_headers
                }
              }
            }
            """)
    }

    private var appliance: Appliance { get throws { try Self.start.get() } }
    private var origin: Origin { get throws { try Origin.shared } }

    private func exchange(
        _ path: String, _ fields: String = "", method: String = "GET", scheme: Appliance.Scheme = .https
    ) throws -> Response {
        try appliance.client(scheme).exchange("\(method) \(path) HTTP/1.1\r\nHost: a.example.test\r\n\(fields)\r\n")
    }

    // MARK: Rules

    @Test("A denial has its status, and the rule's name in the record alone")
    func deny() throws {
        let response = try exchange("/gone")
        #expect(response.status == 410 && !response.text.contains("gone"))
        let record = try appliance.record(of: response)
        #expect(record.reason == "rule.gone" && record.action == "deny" && record.status == 410)
        #expect(record.ruleNames == ["gone"])
    }

    @Test("A rule that logs is named in the record of a request that goes on")
    func log() throws {
        #expect(try exchange("/log/x").status == 200)
        let record = try appliance.record("/log/x")
        #expect(record.ruleNames == ["seen", "seen-too"] && record.reason == "" && record.action == "allow")
        #expect(record.upstream == "127.0.0.1:\(try origin.port)")
    }

    @Test("Rules that log are named whoever decides in the end: another rule, the route, or the server")
    func logAndMore() throws {
        let denied = try appliance.record(of: try exchange("/log/denied"))
        #expect(denied.reason == "rule.log-denied" && denied.ruleNames == ["seen", "seen-too", "log-denied"])
        let office = try appliance.record(of: try exchange("/log/office"))
        #expect(office.reason == "route.from" && office.ruleNames == ["seen", "seen-too"])
        #expect(office.action == "deny" && office.upstream == "" && office.route == "/log/office")
        try origin.answer("/log/broken", "nonsense\r\n\r\n")
        let broken = try exchange("/log/broken")
        let record = try appliance.record(of: broken)
        #expect(broken.status == 502 && record.reason.hasPrefix("upstream.response."))
        #expect(record.ruleNames == ["seen", "seen-too"])
        #expect(try record.upstream == "127.0.0.1:\(origin.port)")
    }

    @Test("A rule redirects, with parts of the canonical request in their places")
    func redirectByRule() throws {
        let response = try exchange("/old/a/../%62?x=%20", "Content-Length: 0\r\n")
        #expect(response.status == 301 && response["Location"] == "https://a.example.test/new/old/b?x=%20")
        let record = try appliance.record("/old/b")
        #expect(record.reason == "rule.moved" && record.action == "allow" && record.status == 301)
    }

    @Test("A rule answers by itself, and the connection goes on", arguments: ["GET", "HEAD"])
    func respondByRule(_ method: String) throws {
        let client = try appliance.client(.https)
        let response = try client.exchange("\(method) /robots.txt HTTP/1.1\r\nHost: a.example.test\r\n\r\n")
        #expect(response.status == 200 && response["Content-Length"] == "14")
        #expect(response.text == (method == "HEAD" ? "" : "User-agent: *\n"))
        #expect(try client.exchange("GET /after-robots HTTP/1.1\r\nHost: a.example.test\r\n\r\n").status == 200)
        #expect(try origin.events("head", at: "/robots.txt").isEmpty)
    }

    @Test("What is allowed passes the rest of its list")
    func allow() throws {
        #expect(try exchange("/allowed/x").status == 200 && exchange("/allowed/y").status == 403)
    }

    @Test("The rules of a route come after it was found")
    func rulesOfRoute() throws {
        #expect(try exchange("/rules/x").status == 200)
        let refused = try exchange("/rules/y", "Content-Length: 0\r\n", method: "POST")
        let record = try appliance.record(of: refused)
        #expect(refused.status == 403 && record.reason == "rule.inner" && record.route == "/rules/*")
    }

    // MARK: Routes

    @Test("A route redirects and answers by itself")
    func routes() throws {
        let redirect = try exchange("/redirect/x%20y")
        #expect(redirect.status == 302 && redirect["Location"] == "https://b.example/redirect/x%20y")
        let nothing = try exchange("/nothing")
        #expect(nothing.status == 204 && nothing["Content-Length"] == nil && nothing["Content-Type"] == nil)
        let json = try exchange("/json", "Content-Length: 3\r\n", method: "POST")
        #expect(json.status == 418 && json["Content-Type"] == "application/json" && json.text == "{}")
        #expect(json["Connection"] == "close")
        #expect(try appliance.record("/json").route == "/json")
    }

    @Test("A route in maintenance is 503 for all but some networks")
    func maintenance() throws {
        let closed = try exchange("/down/x")
        #expect(closed.status == 503 && closed["Retry-After"] == "600")
        #expect(try appliance.record(of: closed).reason == "route.maintenance")
        #expect(try exchange("/inside/x").status == 200)
    }

    @Test("A route with a condition comes before the one without")
    func routeCondition() throws {
        #expect(try exchange("/when/a", "X-Beta: 1\r\n").status == 200 && exchange("/when/b").status == 200)
        let ports = (app: try origin.port, next: try Self.next.get().port)
        #expect(try appliance.record("/when/a").upstream == "127.0.0.1:\(ports.next)")
        #expect(try appliance.record("/when/b").upstream == "127.0.0.1:\(ports.app)")
    }

    @Test("A split keeps equal cookies together and sends some to each pool; a forced value decides")
    func split() throws {
        let ports = (app: "127.0.0.1:\(try origin.port)", next: "127.0.0.1:\(try Self.next.get().port)")
        let client = try appliance.client(.https)
        func upstream(_ path: String, _ cookie: String) throws -> String {
            let request = "GET \(path) HTTP/1.1\r\nHost: a.example.test\r\nCookie: canary=\(cookie)\r\n\r\n"
            #expect(try client.exchange(request).status == 200)
            return try appliance.record(path).upstream
        }
        var seen: Set<String> = []
        for user in 0..<24 {
            let first = try upstream("/split/\(user)/a", "user\(user)")
            if user < 4 { #expect(try upstream("/split/\(user)/b", "user\(user)") == first) }
            seen.insert(first)
        }
        #expect(seen == [ports.app, ports.next])
        #expect(try upstream("/split/beta", "beta") == ports.next)
    }

    // MARK: Changes

    @Test("The path is changed on the way in, and what comes back is at home with the client")
    func rewrite() throws {
        try origin.answer(
            "/inner/login",
            """
            HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(try origin.port)/inner/home?a=b\r\n\
            Set-Cookie: sid=1; Domain=intranet.local; Path=/inner\r\nSet-Cookie: t=2; SameSite=None; Secure\r\n\
            Content-Location: http://intranet.local:8080/inner/x\r\nContent-Length: 0\r\n\r\n
            """)
        let response = try exchange("/app/login")
        #expect(response.status == 302 && response["Location"] == "https://a.example.test/app/home?a=b")
        #expect(response["Content-Location"] == "https://a.example.test/app/x")
        let cookies = response.fields.filter { $0.name == "set-cookie" }.map(\.value)
        #expect(
            cookies == [
                "sid=1; Path=/app; Secure; HttpOnly; SameSite=Lax", "t=2; SameSite=None; Secure; HttpOnly",
            ])
        let names = response.fields.map { "\($0.name): \($0.value)" }.joined()
        #expect(!names.contains("intranet") && !names.contains("127.0.0.1") && !names.contains("inner"))
        #expect(try appliance.record("/app/login").path == "/app/login")
    }

    @Test("The client's port and scheme are kept in locations")
    func port() throws {
        try origin.answer(
            "/inner/port",
            "HTTP/1.1 302 Found\r\nLocation: //intranet.local/inner/\r\nContent-Length: 0\r\n\r\n")
        let response = try appliance.client().exchange(
            "GET /app/port HTTP/1.1\r\nHost: a.example.test:8080\r\n\r\n")
        #expect(response["Location"] == "http://a.example.test:8080/app/")
    }

    @Test("Fields are set, added, removed and hidden")
    func fields() throws {
        try origin.answer(
            "/fields/x",
            """
            HTTP/1.1 200 OK\r\nServer: Apache\r\nX-Powered-By: PHP\r\nX-Frame-Options: ALLOWALL\r\n\
            X-Content-Type-Options: own\r\nContent-Length: 2\r\n\r\nok
            """)
        let response = try exchange("/fields/x", "X-Set: old\r\nX-Add: one\r\nX-GONE: 1\r\n")
        #expect(response["Server"] == nil && response["X-Powered-By"] == nil)
        #expect(response["X-Frame-Options"] == "SAMEORIGIN" && response["X-Content-Type-Options"] == "own")
        #expect(response["Strict-Transport-Security"]?.hasPrefix("max-age=") == true && response.text == "ok")
        #expect(try origin.field("X-Set", "/fields/x") == "new" && origin.field("X-Add", "/fields/x") == "one, more")
        #expect(try origin.field("X-Gone", "/fields/x") == nil && origin.field("Host", "/fields/x") == "inner.local")
        #expect(try exchange("/fields/y", scheme: .http)["Strict-Transport-Security"] == nil)
    }

    @Test("Hidden fields are hidden in trailers too")
    func trailers() throws {
        try origin.answer(
            "/fields/trailers",
            """
            HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Powered-By: PHP\r\nX-Sum: 1\r\n\r\n
            """)
        let response = try exchange("/fields/trailers")
        #expect(response.text == "ok" && response.trailers == ["X-Sum: 1"])
    }

    @Test("A plain route is changed in nothing")
    func plain() throws {
        try origin.answer(
            "/unchanged",
            "HTTP/1.1 200 OK\r\nServer: inner\r\nLocation: http://intranet.local/\r\nContent-Length: 0\r\n\r\n")
        let response = try exchange("/unchanged", "X-Gone: 1\r\n")
        #expect(response["Server"] == "inner" && response["Location"] == "http://intranet.local/")
        #expect(try origin.field("X-Gone", "/unchanged") == "1")
    }
}
