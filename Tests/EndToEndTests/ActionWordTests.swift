import KeyTestSupport
import Policy
import Testing

@Suite("Every word of actions does what the manual says", .appliance)
struct ActionWordTests {
    private static let next = Result { try Origin() }

    private static let start = Result {
        let scratch = Scratch()
        try scratch.makeCertificate("main", .p256, names: ["a.example.test"])
        try scratch.write("page.html", "<p>page {reference}</p>")
        try scratch.run(["/bin/chmod", "go+r", scratch.file("page.html")])
        let ports = (http: Ports.free(), https: Ports.free(), redirect: Ports.free())
        let frame = """
            listen web { https = ["127.0.0.1:\(ports.https)"]  http = ["127.0.0.1:\(ports.http)"]  tls = main }
            listen other { http = ["127.0.0.1:\(ports.redirect)"] }
            tls main { certificate = "main.pem"  key = "main.key" }
            pool app { server "127.0.0.1:\(try Origin.shared.port)" }
            pool next { server "127.0.0.1:\(try next.get().port)" }
            network near { 127.0.4.0/24 }
            headers named { response { set "X-Named" = "headers" } }
            errors named { 404 = "page.html" }

            """
        // There are two listeners, so that each site says where it is served.
        let sites = examples.map { $0.text.replacing("{\n", with: "{\n  on = web\n", maxReplacements: 1) }
        try scratch.write("policy", frame + sites.joined(separator: "\n"))
        return try Appliance(
            "policy", in: scratch, http: ports.http, https: ports.https, redirect: ports.redirect)
    }

    @Test("It does", arguments: examples)
    func word(_ example: ActionExample) throws {
        try example.check(
            ActionProbe(
                appliance: Self.start.get(), origin: Origin.shared, next: Self.next.get(),
                host: "\(example.name).example.test"))
    }

    @Test("Every word has an example here, and every example is about words that there are")
    func words() {
        let shown = Set(Self.examples.flatMap(\.words))
        #expect(ActionExample.known.subtracting(shown).sorted() == [])
        #expect(shown.subtracting(ActionExample.known).sorted() == [])
    }

    private static let examples = ruleExamples + routeExamples + answerExamples + changeExamples + fieldExamples

    // MARK: Rules

    private static let ruleExamples = [
        ActionExample(
            "deny", "rules/deny", "deny/status", "deny/page", "deny/reason",
            site: """
                route "/*" { to = app }
                rules {
                  deny "plain" when path == "/deny/plain"  reason = "a reason"
                  deny "status" when path == "/deny/status" status = 451
                  deny "page" when path == "/deny/page" status = 410 page = "page.html"
                }
                """
        ) { probe throws in
            let plain = try probe.ask("/deny/plain")
            #expect(plain.status == 403 && !plain.text.contains("a reason"))
            #expect(try probe.record(of: plain).reason == "rule.plain")
            #expect(try probe.ask("/deny/status").status == 451)
            let page = try probe.ask("/deny/page")
            let record = try probe.record("/deny/page")
            #expect(page.status == 410 && page.text == "<p>page \(record.id)</p>")
            #expect(try probe.ask("/deny/else").status == 200)
        },
        ActionExample(
            "allow", "rules/allow", "allow/reason", "site/rules",
            site: """
                route "/*" { to = app }
                rules {
                  allow "first" when path == "/allow/first"  reason = "a reason"
                  deny "others" when path starts "/allow/"
                }
                """
        ) { probe throws in
            let first = try probe.ask("/allow/first")
            #expect(try first.status == 200 && probe.ask("/allow/second").status == 403)
        },
        ActionExample(
            "redirect", "rules/redirect", "redirect/to", "redirect/status", "redirect/reason",
            site: """
                route "/*" { to = app }
                rules {
                  redirect "plain" when path == "/redirect/plain" to = "https://{host}/new{path}{query}"
                  redirect "for-ever" when path == "/redirect/for-ever" { to = "/x"  status = 308  reason = "a reason" }
                }
                """
        ) { probe throws in
            let plain = try probe.ask("/redirect/plain?a=%20")
            #expect(plain.status == 302)
            #expect(plain["Location"] == "https://redirect.example.test/new/redirect/plain?a=%20")
            let other = try probe.ask("/redirect/for-ever")
            #expect(other.status == 308 && other["Location"] == "/x")
        },
        ActionExample(
            "respond", "rules/respond", "respond/status", "respond/type", "respond/body", "respond/reason",
            site: """
                route "/*" { to = app }
                rules {
                  respond "plain" when path == "/respond/plain"
                  respond "full" when path == "/respond/full" {
                    status = 418  type = "text/html"  body = "<p>tea</p>"  reason = "a reason"
                  }
                }
                """
        ) { probe throws in
            let plain = try probe.ask("/respond/plain")
            #expect(plain.status == 200 && plain["Content-Length"] == "0")
            let full = try probe.ask("/respond/full")
            #expect(full.status == 418 && full["Content-Type"] == "text/html" && full.text == "<p>tea</p>")
        },
        ActionExample(
            "log", "rules/log", "log/reason",
            site: """
                route "/*" { to = app }
                rules { log "seen" when path == "/log/seen" reason = "a reason" }
                """
        ) { probe throws in
            let seen = try probe.ask("/log/seen")
            #expect(try seen.status == 200 && probe.ask("/log/unseen").status == 200)
            #expect(try probe.record("/log/seen").ruleNames == ["seen"] && probe.record("/log/unseen").ruleNames == [])
        },
    ]

    // MARK: Routes

    private static let routeExamples = [
        ActionExample(
            "routes", "site/route", "route/to", "route/redirect", "route/status", "route/rules",
            site: """
                route "/*" { to = app }
                route "/routes/next" { to = next }
                route "/routes/away/*" { redirect = "https://b.example{path}" }
                route "/routes/ever/*" { redirect = "https://b.example/" status = 301 }
                route "/routes/rules/*" { to = app  rules { deny "inner" when method == POST } }
                """
        ) { probe throws in
            #expect(try !probe.isNext("/routes/x") && probe.isNext("/routes/next"))
            let away = try probe.ask("/routes/away/x")
            #expect(away.status == 302 && away["Location"] == "https://b.example/routes/away/x")
            #expect(try probe.ask("/routes/ever/x").status == 301)
            #expect(try probe.ask("/routes/rules/x").status == 200)
            #expect(try probe.ask("/routes/rules/x", method: "POST", body: "").status == 403)
        },
        ActionExample(
            "conditions", "route/methods", "route/from", "route/body", "site/on",
            site: """
                route "/*" { to = app }
                route "/conditions/methods" { to = app  methods = [GET, PUT] }
                route "/conditions/from" { to = app  from = near }
                route "/conditions/body" { to = app  body = 4B }
                """
        ) { probe throws in
            let refused = try probe.ask("/conditions/methods", method: "DELETE")
            #expect(refused.status == 405 && refused["Allow"] == "GET, HEAD, PUT")
            #expect(try probe.ask("/conditions/methods", method: "PUT", body: "x").status == 200)
            #expect(try probe.ask("/conditions/from").status == 403)
            #expect(try probe.ask("/conditions/from", from: "127.0.4.9").status == 200)
            #expect(try probe.ask("/conditions/body", method: "POST", body: "four").status == 200)
            #expect(try probe.ask("/conditions/body", method: "POST", body: "five!").status == 413)
            // The site is not on the other listener.
            let other = try Client(port: probe.appliance.redirect)
            #expect(try other.exchange("GET / HTTP/1.1\r\nHost: \(probe.host)\r\n\r\n").status == 421)
        },
        ActionExample(
            "split", "route/split", "split/to", "split/by=cookie", "split/by=header", "split/by=client",
            "split/by=random", "split/force",
            site: """
                route "/*" { to = app }
                route "/split/cookie/*" { split { to = [app 50%, next 50%]  by = cookie["v"]  force { "n" = next } } }
                route "/split/header/*" { split { to = [app 50%, next 50%]  by = header["V"]  force { "a" = app } } }
                route "/split/client/*" { split { to = [app 50%, next 50%]  by = client } }
                route "/split/random/*" { split { to = [app 50%, next 50%]  by = random } }
                """
        ) { probe throws in
            for index in 0..<6 {
                #expect(try probe.isNext("/split/cookie/n\(index)", "Cookie: v=n\r\n"))
                #expect(try !probe.isNext("/split/header/a\(index)", "V: a\r\n"))
            }
            func isDivided(_ kind: String, _ isNext: (String, Int) throws -> Bool) throws -> Bool {
                let answers = try (0..<24).map { try isNext("/split/\(kind)/\($0)", $0) }
                return answers.contains(true) && answers.contains(false)
            }
            #expect(try isDivided("cookie") { try probe.isNext($0, "Cookie: v=user\($1)\r\n") })
            #expect(try isDivided("header") { try probe.isNext($0, "V: user\($1)\r\n") })
            #expect(try isDivided("client") { try probe.isNext($0, from: "127.0.8.\($1 + 1)") })
            // Who comes again stays; by chance nobody does.
            #expect(try Set((0..<6).map { try probe.isNext("/split/client/again\($0)") }).count == 1)
            #expect(try isDivided("random") { path, _ in try probe.isNext(path) })
        },
    ]

    // MARK: Answers

    private static let answerExamples = [
        ActionExample(
            "maintenance", "route/maintenance", "maintenance/except", "maintenance/page", "maintenance/retry_after",
            "route/respond",
            site: """
                route "/*" { maintenance { } }
                route "/maintenance/full" {
                  to = app  maintenance { except = near  page = "page.html"  retry_after = 2m }
                }
                route "/maintenance/health" { respond { body = "closed" } }
                """
        ) { probe throws in
            let plain = try probe.ask("/maintenance/x")
            #expect(plain.status == 503 && plain["Retry-After"] == nil && plain.reference != nil)
            let full = try probe.ask("/maintenance/full")
            #expect(full.status == 503 && full["Retry-After"] == "120" && full.text.hasPrefix("<p>page "))
            #expect(try probe.ask("/maintenance/full", from: "127.0.4.1").status == 200)
            #expect(try probe.ask("/maintenance/health").text == "closed")
        },
        ActionExample(
            "errors", "site/errors", "route/errors", "site/use", "route/use",
            site: """
                use = headers.named
                errors { 403 = "page.html" }
                route "/errors/*" { to = app }
                route "/errors/closed" { to = app  from = near }
                route "/errors/own" { to = app  from = near  errors { 405 = "page.html" } }
                route "/errors/named" { to = app  use = [errors.named, headers.named] }
                """
        ) { probe throws in
            let closed = try probe.ask("/errors/closed")
            #expect(closed.status == 403 && closed.text.hasPrefix("<p>page "))
            // What a route has takes the place of what its site has.
            #expect(try probe.ask("/errors/own").text.contains("<!DOCTYPE html>"))
            #expect(try probe.ask("/errors/x")["X-Named"] == "headers")
            #expect(try probe.ask("/errors/named")["X-Named"] == "headers")
        },
    ]

    // MARK: Changes of paths, locations and cookies

    private static let changeExamples = [
        ActionExample(
            "paths", "route/path", "path/strip", "path/replace", "path/prepend",
            site: """
                route "/*" { to = app }
                route "/paths-strip/*" { to = app  path { strip = "/paths-strip" } }
                route "/paths-replace/*" { to = app  path { replace = "/paths-replace" "/other" } }
                route "/paths-prepend/*" { to = app  path { prepend = "/before" } }
                """
        ) { probe throws in
            for (path, there) in [
                ("/paths-strip/stripped", "/stripped"), ("/paths-replace/x", "/other/x"),
                ("/paths-prepend/x", "/before/paths-prepend/x"),
            ] {
                #expect(try probe.ask(path + "?q=1").status == 200)
                #expect(try probe.origin.head(there).hasPrefix("GET \(there)?q=1 HTTP/1.1\r\n"))
                #expect(try probe.record(path).query == "q=1")
            }
        },
        ActionExample(
            "rewrite", "site/rewrite", "route/rewrite", "rewrite/location=on", "rewrite/location=off", "rewrite/hosts",
            site: """
                rewrite { location = on  hosts = ["inner.local"] }
                route "/*" { to = app }
                route "/rewrite/off" { to = app  rewrite { location = off  cookies { domain = on } } }
                """
        ) { probe throws in
            let own = "Location: http://127.0.0.1:\(probe.origin.port)/x\r\n"
            #expect(try probe.ask("/rewrite/own", answered: own)["Location"] == "https://rewrite.example.test/x")
            let named = "Location: http://inner.local:81/x\r\n"
            #expect(try probe.ask("/rewrite/named", answered: named)["Location"] == "https://rewrite.example.test/x")
            let foreign = "Location: https://elsewhere.example/x\r\n"
            #expect(try probe.ask("/rewrite/foreign", answered: foreign)["Location"] == "https://elsewhere.example/x")
            #expect(try probe.ask("/rewrite/off", answered: named)["Location"] == "http://inner.local:81/x")
        },
        ActionExample(
            "cookies", "rewrite/cookies", "cookies/domain=on", "cookies/path=on", "cookies/secure=on",
            "cookies/http_only=on", "cookies/same_site=strict", "cookies/same_site=lax", "cookies/same_site=none",
            "cookies/domain=off", "cookies/path=off", "cookies/secure=off", "cookies/http_only=off",
            site: """
                route "/*" { to = app  rewrite { cookies {
                  domain = off  path = off  secure = off  http_only = off  same_site = lax } } }
                route "/cookies/none" { to = app  rewrite { cookies { secure = on  same_site = none } } }
                route "/cookies/domain" { to = app  rewrite { cookies { domain = on } } }
                route "/cookies-path/*" { to = app  path { strip = "/cookies-path" }  rewrite { cookies { path = on } } }
                route "/cookies/secure" { to = app  rewrite { cookies { secure = on } } }
                route "/cookies/http-only" { to = app  rewrite { cookies { http_only = on } } }
                route "/cookies/strict" { to = app  rewrite { cookies { same_site = strict } } }
                route "/cookies/lax" { to = app  rewrite { cookies { same_site = lax } } }
                """
        ) { probe throws in
            let cookie = "s=1; Domain=inner.local; Path=/x"
            func seen(_ path: String, at there: String? = nil) throws -> String? {
                let text = "HTTP/1.1 200 OK\r\nSet-Cookie: \(cookie)\r\nContent-Length: 0\r\n\r\n"
                try probe.origin.answer(there ?? path, text)
                return try probe.ask(path)["Set-Cookie"]
            }
            #expect(try seen("/cookies/domain") == "s=1; Path=/x")
            #expect(try seen("/cookies-path/set", at: "/set") == "s=1; Domain=inner.local; Path=/cookies-path/x")
            #expect(try seen("/cookies/secure") == cookie + "; Secure")
            #expect(try seen("/cookies/http-only") == cookie + "; HttpOnly")
            #expect(try seen("/cookies/strict") == cookie + "; SameSite=Strict")
            #expect(try seen("/cookies/lax") == cookie + "; SameSite=Lax")
            #expect(try seen("/cookies/none") == cookie + "; Secure; SameSite=None")
            #expect(try seen("/cookies/off") == cookie + "; SameSite=Lax")
        },
    ]

    // MARK: Fields

    private static let fieldExamples = [
        ActionExample(
            "fields", "site/headers", "route/headers", "headers/request", "headers/response", "request/set",
            "request/add", "request/remove", "response/set", "response/add", "response/remove", "response/hide",
            site: """
                headers {
                  request { set "X-Set" = "new"  add "X-Add" = "more"  remove "X-Gone" }
                  response { set "X-Set" = "new"  add "X-Add" = "more"  remove "X-Gone"  hide = ["Server", "X-Inner"] }
                }
                route "/*" { to = app }
                route "/fields/own" { to = app  headers { response { set "X-Own" = "1" } } }
                """
        ) { probe throws in
            let fields = "X-Set: old\r\nX-Add: one\r\nX-Gone: 1\r\nX-Kept: 1\r\n"
            try probe.origin.answer(
                "/fields/changed",
                "HTTP/1.1 200 OK\r\n\(fields)Server: inner\r\nX-Inner: 1\r\nContent-Length: 0\r\n\r\n")
            let response = try probe.ask("/fields/changed", fields)
            for (name, value) in [("X-Set", "new"), ("X-Add", "one, more"), ("X-Gone", nil), ("X-Kept", "1")] {
                #expect(response[name] == value)
                #expect(try probe.origin.field(name, "/fields/changed") == value)
            }
            #expect(response["Server"] == nil && response["X-Inner"] == nil)
            let own = try probe.ask("/fields/own", answered: "Server: inner\r\n")
            #expect(own["X-Own"] == "1" && own["X-Set"] == nil && own["Server"] == "inner")
        },
        ActionExample(
            "secure", "headers/secure_headers", "secure_headers/hsts=off", "secure_headers/hsts_subdomains=off",
            "secure_headers/hsts_subdomains=on", "secure_headers/frame=deny", "secure_headers/frame=same_origin",
            "secure_headers/frame=off", "secure_headers/referrer=off", "secure_headers/content_security",
            "secure_headers/permissions", "secure_headers/overwrite=on", "secure_headers/overwrite=off",
            site: """
                route "/*" { to = app  headers { secure_headers } }
                route "/secure/full" { to = app  headers { secure_headers {
                  hsts = 1d  hsts_subdomains = on  frame = deny  referrer = "no-referrer"
                  content_security = "default-src 'self'"  permissions = "camera=()"  overwrite = on } } }
                route "/secure/off" { to = app  headers { secure_headers {
                  hsts = off  frame = off  referrer = off  overwrite = off } } }
                route "/secure/same" { to = app  headers { secure_headers {
                  hsts_subdomains = off  frame = same_origin } } }
                """
        ) { probe throws in
            let own = "X-Frame-Options: ALLOWALL\r\nReferrer-Policy: origin\r\n"
            let plain = try probe.ask("/secure/x", answered: own)
            #expect(plain["Strict-Transport-Security"] == "max-age=31536000")
            #expect(plain["X-Frame-Options"] == "ALLOWALL" && plain["Referrer-Policy"] == "origin")
            #expect(plain["X-Content-Type-Options"] == "nosniff")
            let full = try probe.ask("/secure/full", answered: own)
            #expect(full["Strict-Transport-Security"] == "max-age=86400; includeSubDomains")
            #expect(full["X-Frame-Options"] == "DENY" && full["Referrer-Policy"] == "no-referrer")
            #expect(full["Content-Security-Policy"] == "default-src 'self'" && full["Permissions-Policy"] == "camera=()")
            let off = try probe.ask("/secure/off", answered: "")
            for name in ["Strict-Transport-Security", "X-Frame-Options", "Referrer-Policy"] { #expect(off[name] == nil) }
            #expect(off["X-Content-Type-Options"] == "nosniff")
            let same = try probe.ask("/secure/same", answered: "")
            #expect(same["X-Frame-Options"] == "SAMEORIGIN")
            #expect(same["Strict-Transport-Security"] == "max-age=31536000")
            #expect(same["Referrer-Policy"] == "strict-origin-when-cross-origin")
            // Without TLS the client can not be told to use it alone.
            #expect(try probe.ask("/secure/x", scheme: .http)["Strict-Transport-Security"] == nil)
        },
    ]
}
