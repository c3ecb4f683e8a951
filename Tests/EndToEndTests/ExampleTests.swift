import Foundation
import Testing

@Suite("The policies to start from serve as they say", .appliance, .serialized)
struct ExampleTests {
    private static let office = ServedExample.office

    /// What is looked at of each example.
    private static let checks: [String: @Sendable () throws -> Void] = [
        "canary": canary, "demo": demo, "json-api": jsonAPI, "maintenance": maintenance, "nextcloud": nextcloud,
        "old-intranet": oldIntranet, "one-site": oneSite, "portal": portal, "several-servers": severalServers,
        "static-and-admin": staticAndAdmin, "virtual-hosts": virtualHosts, "wordpress": wordPress,
    ]

    @Test("Each is served, and each of its routes and rules does what it is there for", arguments: ServedExample.names)
    func example(_ name: String) throws {
        let check = try #require(Self.checks[name], "the example has no check here")
        try check()
    }

    @Test("There are at least ten")
    func count() { #expect(ServedExample.names.count >= 10) }

    // MARK: One by one

    private static func oneSite() throws {
        let example = try ServedExample("one-site", host: "www.example.org")
        let page = try example.send("GET", "/any/page?x=1")
        #expect(page.response.text == "hello\n" && page.server == "127.0.0.1:8080")
        #expect(page.requestLine == "GET /any/page?x=1 HTTP/1.1" && page.received("Host: www.example.org"))
        #expect(page.received("X-Forwarded-Proto: https"))
        let redirect = try example.send("GET", "/a?b=c", by: .redirect)
        #expect(redirect.response.status == 308)
        #expect(redirect.response["Location"] == "https://www.example.org:\(example.appliance.https)/a?b=c")
        #expect(try example.send("GET", "/", host: "www.example.net").response.status == 421)
    }

    private static func portal() throws {
        let example = try ServedExample("portal", host: "portal.example.org")
        #expect(try example.send("GET", "/").server == "10.20.0.11:8080")
        #expect(try example.send("GET", "/wikipedia").server == "10.20.0.11:8080")
        let wiki = try example.send("GET", "/wiki/Main_Page?action=edit")
        #expect(wiki.requestLine == "GET /Main_Page?action=edit HTTP/1.1" && wiki.record.route == "/wiki/*")
        #expect(["10.20.0.21:8080", "10.20.0.22:8080"].contains(wiki.server))
        let redirect = try example.send("GET", "/wiki")
        #expect(redirect.response.status == 308 && redirect.response["Location"] == "/wiki/")
        let tickets = try example.send("POST", "/tickets/new", body: "x")
        #expect(tickets.server == "tickets.internal.example.org:3000")
        #expect(tickets.requestLine == "POST /tickets/new HTTP/1.1")
        let large = try example.send("POST", "/tickets/new", fields: "Content-Length: 20971521\r\n")
        #expect(large.response.status == 413 && large.server == nil)
        // What the wiki says of itself is what its clients see of it.
        for port in example.origin.ports {
            try example.origin.answer(
                "/login",
                """
                HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(port)/Main_Page\r\n\
                Set-Cookie: wiki=1; Path=/\r\nContent-Length: 0\r\n\r\n
                """)
            let login = try example.send("GET", "/wiki/login")
            if login.received == nil || login.server == nil { Issue.record("no server was asked") }
            guard login.response["Location"]?.contains("127.0.0.1:\(port)") != true else { continue }
            #expect(login.response["Set-Cookie"] == "wiki=1; Path=/wiki/; Secure")
        }
    }

    private static func severalServers() throws {
        let example = try ServedExample("several-servers", host: "www.example.org", logs: "policies/audit")
        let client = try Client(tls: example.appliance.https, name: "www.example.org")
        let web = try (0..<6).map { _ in try example.send("GET", "/page", over: client).server }
        #expect(web.count { $0 == "10.20.0.11:8080" } == 4 && web.count { $0 == "10.20.0.12:8080" } == 2)
        let interface = try (0..<2).map { _ in try example.send("DELETE", "/api/orders/1", over: client).server }
        #expect(Set(interface) == ["api-1.internal.example.org:9000", "api-2.internal.example.org:9000"])
        #expect(try example.send("PATCH", "/api/orders/1").response["Allow"] == "GET, HEAD, POST, PUT, DELETE")
        #expect(try example.send("PUT", "/files/report.pdf", body: "...").server == "10.20.0.31:8080")
        let refused = try example.send("GET", "/admin/users")
        #expect(refused.response.status == 403 && refused.record.reason == "route.from")
        #expect(try example.send("GET", "/admin/users", from: office).response.status == 200)
        #expect(try example.send("PUT", "/admin/users", from: office).response.status == 405)
        #expect(try example.send("GET", "/", host: "example.org").response.status == 200)
        let claimed = try example.send("GET", "/claimed", fields: "X-Forwarded-For: 203.0.113.9\r\n")
        #expect(claimed.received("X-Forwarded-For: 127.0.0.1"))
    }

    private static func virtualHosts() throws {
        let example = try ServedExample(
            "virtual-hosts", host: "www.example.org",
            certificates: [
                "tls/wildcard.example.org/fullchain.pem": [
                    "example.org", "*.example.org", "*.customers.example.org",
                ],
                "tls/shop.example.com/fullchain.pem": ["shop.example.com"],
            ])
        let servers = [
            "www.example.org": "10.20.0.11:8080", "example.org": "10.20.0.11:8080",
            "blog.example.org": "10.20.0.12:8080", "shop.example.com": "10.20.0.13:8080",
            "acme.customers.example.org": "10.20.0.14:8080", "other.customers.example.org": "10.20.0.14:8080",
        ]
        for (host, server) in servers {
            let reply = try example.send("GET", "/", host: host)
            #expect(reply.server == server && reply.received("Host: \(host)"))
        }
        #expect(try example.send("GET", "/admin/", host: "blog.example.org").record.reason == "route.from")
        #expect(try example.send("GET", "/admin/", host: "blog.example.org", from: office).response.status == 200)
        let old = try example.send("GET", "/page?x=1", host: "archive.example.org")
        #expect(old.response.status == 301 && old.response["Location"] == "https://www.example.org/page?x=1")
        // Whose name is in no certificate gets no connection.
        let stranger = try Client(tls: example.appliance.https, name: "unknown.example.net")
        #expect(throws: Client.Ended.self) {
            try stranger.exchange("GET / HTTP/1.1\r\nHost: unknown.example.net\r\n\r\n")
        }
        // A name of the certificate that no site has is nobody's.
        #expect(try example.send("GET", "/", host: "none.example.org").record.reason == "site.unknown")
    }

    private static func jsonAPI() throws {
        let example = try ServedExample("json-api", host: "api.example.org")
        let json = "Content-Type: application/json; charset=utf-8\r\n"
        try example.origin.answer(
            "/v2/orders",
            "HTTP/1.1 201 Created\r\nServer: inner\r\nX-Powered-By: x\r\nContent-Length: 2\r\n\r\n{}")
        let order = try example.send("POST", "/v2/orders", fields: json, body: "{}")
        #expect(order.response.status == 201 && ["10.30.0.11:9000", "10.30.0.12:9000"].contains(order.server))
        #expect(order.response["Server"] == nil && order.response["X-Powered-By"] == nil)
        #expect(order.response["Cache-Control"] == "no-store" && order.response["X-Frame-Options"] == "DENY")
        #expect(order.response["Content-Security-Policy"] == "default-src 'none'")
        let form = try example.send("POST", "/v2/orders", fields: "Content-Type: text/plain\r\n", body: "a=b")
        #expect(form.response.status == 415 && form.record.reason == "rule.not-json")
        let client = try Client(tls: example.appliance.https, name: "api.example.org")
        let nameless = try client.exchange("GET /v2/orders HTTP/1.1\r\nHost: api.example.org\r\n\r\n")
        #expect(nameless.status == 400)
        #expect(try example.appliance.record(of: nameless).reason == "rule.no-agent")
        #expect(try example.send("POST", "/v2/batch/1", fields: json, body: "[]").record.reason == "route.from")
        let batch = try example.send("POST", "/v2/batch/1", from: ServedExample.partners, fields: json, body: "[]")
        #expect(batch.response.status == 200 && batch.record.route == "/v2/batch/*")
        let old = try example.send("GET", "/v1/orders")
        #expect(old.server == "10.30.0.21:9000" && old.record.ruleNames == ["old-version"])
        #expect(try example.send("DELETE", "/v1/orders").response.status == 405)
        let health = try example.send("GET", "/health")
        #expect(health.response.text == "{\"status\":\"ok\"}\n" && health.response["Content-Type"] == "application/json")
        #expect(try example.send("GET", "/").response.status == 404)
        // TLS 1.2 is too old for it.
        let outdated = try Client(tls: example.appliance.https, name: "api.example.org", version: "1.2")
        #expect(throws: Client.Ended.self) { try outdated.exchange("GET /health HTTP/1.1\r\nHost: api.example.org\r\n\r\n") }
    }

    private static func wordPress() throws {
        let example = try ServedExample("wordpress", host: "www.example.org")
        try example.origin.answer(
            "/2026/11/hello-world/",
            "HTTP/1.1 200 OK\r\nX-Pingback: http://10.20.0.31/xmlrpc.php\r\nContent-Length: 2\r\n\r\nok")
        let page = try example.send("GET", "/2026/11/hello-world/")
        #expect(page.response.text == "ok" && page.response["X-Pingback"] == nil && page.server == "10.20.0.31:8080")
        #expect(page.response["X-Content-Type-Options"] == "nosniff")
        let holes = [
            ("POST", "/xmlrpc.php", 403, "xmlrpc"), ("GET", "/.git/config", 404, "hidden"),
            ("GET", "/wp-content/uploads/2026/11/shell.php5", 403, "scripts-in-uploads"),
            ("GET", "/wp-config.php.bak", 404, "configuration"), ("GET", "/wp%2Dconfig.php", 404, "configuration"),
            ("GET", "/wp-json/wp/v2/users/1", 403, "user-names"), ("GET", "/?author=1", 403, "user-names"),
        ]
        for (method, target, status, rule) in holes {
            let reply = try example.send(method, target)
            #expect(reply.response.status == status && reply.record.reason == "rule.\(rule)" && reply.server == nil)
        }
        for target in ["/wp-login.php", "/wp-admin/"] {
            #expect(try example.send("GET", target).record.reason == "route.from")
            #expect(try example.send("GET", target, from: office).response.status == 200)
        }
        #expect(try example.send("PUT", "/wp-login.php", from: office).response.status == 405)
        #expect(try example.send("POST", "/wp-admin/admin-ajax.php", body: "action=x").response.status == 200)
    }

    private static func nextcloud() throws {
        let example = try ServedExample("nextcloud", host: "cloud.example.org")
        let piece = try example.send("PUT", "/remote.php/dav/uploads/sato/1/00001", body: "a piece")
        #expect(piece.record.route == "/remote.php/*" && piece.received("Content-Length: 7"))
        for method in ["PROPFIND", "REPORT", "MKCOL", "MOVE"] {
            let reply = try example.send(method, "/remote.php/dav/files/sato/x%2Fy;z")
            #expect(reply.requestLine == "\(method) /remote.php/dav/files/sato/x%2Fy;z HTTP/1.1")
        }
        #expect(try example.send("GET", "/public.php/dav/x").record.route == "/public.php/*")
        for name in ["caldav", "carddav"] {
            let redirect = try example.send("GET", "/.well-known/\(name)")
            #expect(redirect.response.status == 301 && redirect.response["Location"] == "/remote.php/dav/")
        }
        let insides = [
            ("/data/sato/files/secret.txt", 404, "insides"), ("/occ", 404, "programs"), ("/.htaccess", 404, "programs"),
            ("/ocs/v2.php/apps/serverinfo/api/v1/info", 403, "metrics"),
        ]
        for (target, status, rule) in insides {
            let reply = try example.send("GET", target)
            #expect(reply.response.status == status && reply.record.reason == "rule.\(rule)")
        }
        let page = try example.send("GET", "/apps/files/?dir=/data")
        #expect(page.response.status == 200 && page.response["Referrer-Policy"] == "no-referrer")
        #expect(page.response["Strict-Transport-Security"] == "max-age=31536000")
        let large = try example.send("POST", "/apps/files/", fields: "Content-Length: 536870913\r\n")
        #expect(large.response.status == 413 && large.record.reason == "request.body.size")
    }

    private static func oldIntranet() throws {
        // A zone in which it is night now, so that the rule holds for all but the office.
        let hour = Int(Date().timeIntervalSince1970) / 3_600 % 24
        // In it, it is between midnight and one o'clock; the names of these zones have the sign turned round.
        let zone = hour <= 12 ? "Etc/GMT+\(hour)" : "Etc/GMT-\(24 - hour)"
        let example = try ServedExample(
            "old-intranet", host: "intra.example.org", replacing: ["Asia/Tokyo": zone])
        let night = try example.send("GET", "/list.aspx")
        #expect(night.response.status == 403 && night.record.reason == "rule.at-night")
        #expect(night.response.text.contains(try page("403.html", of: night)))
        let trace = try example.send("GET", "/Trace.AXD", from: office)
        #expect(trace.response.status == 403 && trace.record.reason == "rule.trace-pages")
        #expect(try example.send("GET", "/x/ELMAH/y", from: office).record.reason == "rule.trace-pages")
        try example.origin.answer(
            "/app/login.aspx",
            """
            HTTP/1.1 302 Found\r\nLocation: http://intra.corp.internal:8080/app/default.aspx?a=b\r\n\
            Set-Cookie: ASP.NET_SessionId=1; Domain=intra.corp.internal; Path=/app\r\nX-AspNet-Version: 2.0\r\n\
            Server: IIS\r\nPublic-Key-Pins: x\r\nContent-Length: 0\r\n\r\n
            """)
        let login = try example.send("GET", "/login.aspx?id=1", from: office, fields: "X-Debug: 1\r\n")
        #expect(login.requestLine == "GET /app/login.aspx?id=1 HTTP/1.1" && login.server == "intra.corp.internal:8080")
        #expect(login.received("X-Forwarded-Prefix: /app") && !login.received("X-Debug: 1"))
        #expect(login.response["Location"] == "https://intra.example.org/default.aspx?a=b")
        #expect(login.response["Set-Cookie"] == "ASP.NET_SessionId=1; Path=/; Secure; HttpOnly; SameSite=Lax")
        for name in ["Server", "X-AspNet-Version", "Public-Key-Pins"] { #expect(login.response[name] == nil) }
        #expect(login.response["Content-Security-Policy"] == "frame-ancestors 'self'")
    }

    /// A line of a page of the examples with the reference of `reply` in its place.
    private static func page(_ name: String, of reply: ServedExample.Reply) throws -> String {
        let text = try ServedExample.text("pages/\(name)")
        let line = try #require(text.split(separator: "\n").first { $0.contains("{reference}") })
        return String(line.replacing("{reference}", with: reply.record.id))
    }

    private static func canary() throws {
        let example = try ServedExample("canary", host: "www.example.org")
        let next = "10.20.0.61:8080"
        #expect(try example.send("GET", "/", from: office).server == next)
        #expect(try example.send("GET", "/", fields: "Cookie: version=next\r\n").server == next)
        let client = try Client(tls: example.appliance.https, name: "www.example.org")
        func server(_ cookie: String, _ path: String = "/") throws -> String? {
            try example.send("GET", path, fields: "Cookie: version=\(cookie)\r\n", over: client).server
        }
        for _ in 0..<4 { #expect(try server("stable") != next) }
        // One in twenty of those who come without a version of their own, and always the same ones.
        let fortunate = try (0..<400).first { try server("visitor\($0)") == next }
        let visitor = "visitor\(try #require(fortunate))"
        #expect(try server(visitor, "/again") == next)
        #expect(try server(visitor, "/pay/now") != next && server("next", "/pay/now") != next)
    }

    private static func maintenance() throws {
        let example = try ServedExample("maintenance", host: "www.example.org")
        let closed = try example.send("GET", "/shop")
        #expect(closed.response.status == 503 && closed.response["Retry-After"] == "1800")
        #expect(closed.record.reason == "route.maintenance" && closed.server == nil)
        #expect(closed.response.text.contains(try page("maintenance.html", of: closed)))
        let office = try example.send("GET", "/shop", from: office)
        #expect(office.response.status == 200 && office.server == "10.20.0.11:8080")
        #expect(try example.send("GET", "/health").response.text == "closed\n")
    }

    private static func staticAndAdmin() throws {
        let example = try ServedExample("static-and-admin", host: "www.example.org")
        let files = try example.send("GET", "/index.html")
        #expect(["10.20.0.71:8080", "10.20.0.72:8080"].contains(files.server))
        #expect(files.response["Cache-Control"] == "public, max-age=3600")
        #expect(try example.send("POST", "/index.html", body: "x").response.status == 405)
        #expect(try example.send("GET", "/x", body: "x").response.status == 413)
        let bot = try example.send("GET", "/", agent: "Mozilla/5.0 (compatible; SQLmap/1.0)")
        #expect(bot.response.status == 403 && bot.record.reason == "rule.bots")
        for target in ["/admin/users", "/public/../admin/users", "/%61dmin/users"] {
            #expect(try example.send("GET", target).record.reason == "route.from")
        }
        let admin = try example.send("GET", "/admin/users", from: office)
        #expect(admin.server == "10.20.0.81:8443" && admin.received("X-Area: admin"))
        #expect(admin.response["Cache-Control"] == "no-store" && admin.response["X-Frame-Options"] == "DENY")
        let old = try example.send("GET", "/admin/users", from: office, tls: "1.2")
        #expect(old.record.reason == "rule.old-tls" && old.record.tls == "1.2")
        #expect(try example.send("GET", "/index.html", tls: "1.2").response.status == 200)
        let start = try example.send("GET", "/admin/", from: office)
        #expect(start.response.status == 302 && start.response["Location"] == "/admin/overview")
    }

    private static func demo() throws {
        let example = try ServedExample("demo", host: "www.demo.test")
        let client = try Client(tls: example.appliance.https, name: "www.demo.test")
        let pages = try (0..<4).map { _ in try example.send("GET", "/page", over: client).server }
        #expect(Set(pages) == ["127.0.0.1:9001", "127.0.0.1:9002"])
        #expect(try example.send("POST", "/upload/x", body: "...").server == "127.0.0.1:9002")
        #expect(try example.send("GET", "/upload/x").response.status == 405)
        #expect(try example.send("GET", "/admin/").record.reason == "route.from")
        #expect(try example.send("GET", "/admin/", from: office).response.status == 200)
        #expect(try example.send("GET", "/x", by: .redirect).response.status == 308)
    }
}
