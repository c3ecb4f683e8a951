import Plan
import Policy
import Testing

@Suite("Rules, actions and profiles")
struct ActionTests {
    @Test("rules arrive with their actions, in the order of the text")
    func rules() throws {
        let site = try PolicyText.site(
            """
              rules {
                log "seen" when port == 80
                deny "gone" when path == "/gone" status = 410 page = "files/page.html" reason = "it is gone"
                allow "office" when client in office
                redirect "moved" when path == "/old" { to = "https://{host}/new{query}" status = 301 }
                respond "robots" when path == "/robots.txt" body = "User-agent: *\\n"
                deny "rest"
              }
            """)
        #expect(site.rules.map(\.name) == ["seen", "gone", "office", "moved", "robots", "rest"])
        #expect(site.rules.map { $0.condition == nil } == [false, false, false, false, false, true])
        #expect(site.rules[0].action == .log && site.rules[2].action == .allow)
        #expect(site.rules[1].action == .deny(status: 410, page: 0) && site.rules[1].note == "it is gone")
        #expect(
            site.rules[3].action
                == .redirect(
                    Redirect(
                        target: [.text(PolicyText.bytes("https://")), .host, .text(PolicyText.bytes("/new")), .query],
                        status: 301)))
        #expect(site.rules[4].action == .respond(FixedResponse(body: PolicyText.bytes("User-agent: *\n"))))
        #expect(site.rules[5].action == .deny(status: 403, page: nil))
    }

    @Test("each action of a route arrives")
    func routes() throws {
        let site = try PolicyText.site(
            """
              route "/split/*" {
                split { to = [app 99.5%, pool.next 0.5%]  by = cookie["canary"]  force { "beta" = next } }
              }
              route "/redirect/*" { redirect = "https://b.example{path}" }
              route "/ok" { respond { status = 204 } }
              route "/down/*" { to = app  maintenance { except = office  page = "files/page.html"  retry_after = 10m } }
              route "/closed/*" { maintenance { } }
              route "/app/*" { to = app  path { strip = "/app"  replace = "/old" ""  prepend = "/x" } }
              route "/*" when header["x"] == "1" { to = next  rules { deny "inner" when port == 1 } }
            """)
        #expect(
            site.routes[0].action
                == .split(
                    Split(
                        shares: [Split.Share(pool: 0, portion: 9_950), Split.Share(pool: 1, portion: 50)],
                        key: .cookie(PolicyText.bytes("canary")),
                        forced: [Split.Forced(value: PolicyText.bytes("beta"), pool: 1)])))
        #expect(
            site.routes[1].action
                == .redirect(Redirect(target: [.text(PolicyText.bytes("https://b.example")), .path])))
        #expect(site.routes[2].action == .respond(FixedResponse(status: 204)))
        #expect(
            site.routes[3].action == .maintenance(Maintenance(except: [0], pool: 0, page: 0, retryAfter: 600_000)))
        #expect(site.routes[4].action == .maintenance(Maintenance()))
        #expect(
            site.routes[5].path
                == PathRewrite(
                    strip: PolicyText.bytes("/app"),
                    replace: PathRewrite.Replacement(PolicyText.bytes("/old"), with: []),
                    prepend: PolicyText.bytes("/x")))
        #expect(site.routes[6].condition != nil && site.routes[6].rules.map(\.name) == ["inner"])
    }

    @Test("a route has what its site has, of each kind, unless it has its own")
    func inheritance() throws {
        let plan = try PolicyText.plan(
            PolicyText.frame + """
                limit a { key = client.prefix  rate = 50/s }
                limit b { key = header["X-User"]  rate = 10/min  burst = 5  then = delay }
                limit c { key = cookie["sid"]  rate = 1/h  then = reject 503 }
                waf w { rules = ["crs", "own.conf"]  paranoia = 2  block_at = 7  mode = learn  body = 64KiB }
                headers h { response { hide = ["Server"] } }
                errors e { 403 = "files/page.html" }
                site "a.example" {
                  use = [limit.a, limit.b, waf.w, headers.h, errors.e]
                  rewrite { location = on  hosts = ["Intra.Corp"]  cookies { domain = on  same_site = strict } }
                  route "/*" { to = app }
                  route "/x/*" {
                    to = next  use = limit.c  headers { request { set "X-A" = "1" } }
                    errors { 404 = "files/page.html" }
                  }
                }
                """)
        let site = plan.sites[0]
        #expect(site.routes[0].profiles == site.profiles)
        #expect(site.profiles.limits == [0, 1] && site.profiles.firewall == 0)
        #expect(site.profiles.headers == 0 && site.profiles.errors == 0)
        #expect(
            site.profiles.rewrite
                == ResponseRewrite(
                    location: true, hosts: ["intra.corp"],
                    cookies: ResponseRewrite.Cookies(domain: true, sameSite: .strict),
                    position: site.profiles.rewrite?.position ?? SourcePosition()))
        let own = site.routes[1].profiles
        #expect(own.limits == [2] && own.firewall == 0 && own.headers == 1 && own.errors == 1)
        #expect(own.rewrite == site.profiles.rewrite)
        #expect(plan.headers[1].name == nil && plan.headers[1].request == [HeaderEdit(.set, "X-A", [0x31])])
        #expect(plan.pages.count == 1 && plan.pages[0].type == "text/html; charset=utf-8")
        #expect(
            plan.rateLimits.map(\.burst) == [50, 5, 1] && plan.rateLimits.map(\.period) == [1_000, 60_000, 3_600_000])
        #expect(plan.rateLimits.map(\.excess) == [.reject(status: 429), .delay, .reject(status: 503)])
        #expect(plan.rateLimits[1].key == .header(PolicyText.bytes("x-user")))
        #expect(plan.firewalls[0].rules == ["crs", "own.conf"] && plan.firewalls[0].mode == .learn)
    }

    @Test("secure_headers alone are HSTS by TLS, nosniff, framing and referrer; the words change them")
    func secureHeaders() throws {
        func secure(_ text: String) throws -> SecureHeaders {
            let plan = try PolicyText.plan(
                PolicyText.frame
                    + "site \"a.example\" { headers { \(text) }  route \"/*\" { to = app } }")
            return try #require(plan.headers[0].secure)
        }
        let standard = try secure("secure_headers")
        #expect(
            standard.fields.map { "\($0.name): \(String(decoding: $0.value, as: UTF8.self))" } == [
                "Strict-Transport-Security: max-age=31536000", "X-Content-Type-Options: nosniff",
                "X-Frame-Options: SAMEORIGIN", "Referrer-Policy: strict-origin-when-cross-origin",
            ])
        #expect(standard.fields.map(\.needsTLS) == [true, false, false, false] && !standard.overwrites)
        let other = try secure(
            """
            secure_headers {
              hsts = 1d hsts_subdomains = on frame = off referrer = off content_security = "default-src 'self'"
              permissions = "camera=()" overwrite = on
            }
            """)
        #expect(
            other.fields.map { "\($0.name): \(String(decoding: $0.value, as: UTF8.self))" } == [
                "Strict-Transport-Security: max-age=86400; includeSubDomains", "X-Content-Type-Options: nosniff",
                "Content-Security-Policy: default-src 'self'", "Permissions-Policy: camera=()",
            ])
        #expect(other.overwrites)
    }

    @Test("exceptions arrive with rule, target, path, reason and last day")
    func exceptions() throws {
        let site = try PolicyText.site(
            """
              except rule 942100 on form["body"] in "/edit/*"
                because = "editors paste SQL"
                until = 2027-03-31
              except rule 1 on header["X-A"] because = "x" until = 2027-01-01
              except rule 2 because = "y" until = 1970-01-02
            """)
        #expect(
            site.exceptions == [
                FirewallException(
                    rule: 942_100, target: .form(PolicyText.bytes("body")),
                    pattern: PathPattern(.prefix, PolicyText.bytes("/edit/")), because: "editors paste SQL",
                    until: 20_908, position: site.exceptions[0].position),
                FirewallException(
                    rule: 1, target: .header(PolicyText.bytes("x-a")), because: "x", until: 20_819,
                    position: site.exceptions[1].position),
                FirewallException(rule: 2, because: "y", until: 1, position: site.exceptions[2].position),
            ])
    }

    @Test("the words of target arrive")
    func target() throws {
        let plan = try PolicyText.plan(
            PolicyText.frame + """
                target {
                  characters = standard  duplicate_slashes = refuse  encoded_slash = keep  backslash = keep
                  encoded_backslash = keep  controls = keep  invalid_percent = keep  invalid_percent_in_query = refuse
                  parameters = refuse  overlong = keep  beyond_root = keep
                }
                site "*" { route "/*" { to = app } }
                """)
        var expected = TargetSettings()
        expected.characters = .standard
        expected.duplicateSlashes = .refuse
        (expected.encodedSlash, expected.backslash, expected.encodedBackslash) = (.keep, .keep, .keep)
        (expected.controls, expected.invalidPercent, expected.invalidPercentInQuery) = (.keep, .keep, .refuse)
        (expected.parameters, expected.overlong, expected.beyondRoot) = (.refuse, .keep, .keep)
        #expect(plan.target == expected)
    }
}
