import Testing

@testable import masugata

@Suite("The tests of a policy, run in the code that serves")
struct PolicyTestTests {
    private func run(_ lines: String) throws -> TestRun {
        // 2026-11-23 10:00 UTC, a Monday.
        try TestRun(try Compiled.site(lines), now: 1_795_428_000)
    }

    private static let site = """
        rules { deny "x" when path == "/x"  status = 404
          redirect "r" when path == "/r"  to = "https://{host}/new{query}"  status = 301 }
        route "/*" { to = app  headers { request { set "X-Edge" = "1"  remove "X-Secret" } } }
        route "/admin/*" { to = other  from = office  methods = GET  path { strip = "/admin" } }
        route "/ok" { respond { status = 204 } }
        route "/small" { to = app  body = 4B }
        """

    /// A request and an expectation that holds of it, with one that does not.
    static let pairs: [(request: String, holds: String, fails: String)] = [
        ("GET \"/\"", "allow", "deny"),
        ("GET \"/x\"", "deny \"x\"", "deny \"r\""),
        ("GET \"/x\"", "deny", "allow"),
        ("GET \"/x\"", "deny \"rule.x\"", "deny \"route.from\""),
        ("GET \"/x\"", "status 404", "status 403"),
        ("GET \"/x\"", "reason \"rule.x\"", "reason \"route.none\""),
        ("GET \"/admin/y\"", "deny route.from", "deny route.none"),
        ("GET \"/admin/y\"", "reason \"route.from\"", "reason \"rule.x\""),
        ("GET \"/admin/y\" from 203.0.113.9", "pool other", "pool app"),
        ("GET \"/admin/y\" from 203.0.113.9", "path \"/y\"", "path \"/admin/y\""),
        ("GET \"/admin/y\" from 203.0.113.9", "route \"/admin/*\"", "route \"/*\""),
        ("POST \"/admin/y\" from 203.0.113.9", "status 405", "allow"),
        ("GET \"/r?a=b\"", "location \"https://a.example/new?a=b\"", "location \"https://a.example/new\""),
        ("GET \"/r\"", "status 301", "status 302"),
        ("GET \"/\"", "sent header \"X-Edge\" = \"1\"", "sent header \"X-Edge\" = \"2\""),
        ("GET \"/\" header \"X-Secret\" = \"s\"", "no header \"x-secret\"", "sent header \"X-Secret\" = \"s\""),
        (
            "GET \"/\" cookie \"a\" = \"b\" cookie \"c\" = \"d\"", "sent header \"Cookie\" = \"a=b; c=d\"",
            "no header \"cookie\""
        ),
        ("GET \"/ok\"", "status 204", "allow"),
        ("POST \"/small\" body \"12345\"", "deny \"request.body.size\"", "allow"),
        ("POST \"/small\" body \"1234\"", "allow", "status 413"),
        ("GET \"/a/../x\"", "deny \"x\"", "allow"),
        ("GET \"/%2f\"", "deny \"path.encoded-slash\"", "allow"),
        ("GET \"/\" host \"b.example\"", "deny \"site.unknown\"", "allow"),
        ("GET \"/y\" over http", "location \"https://a.example/y\"", "allow"),
    ]

    @Test("each expectation holds or fails as it should", arguments: pairs)
    func pair(request: String, holds: String, fails: String) throws {
        func failures(_ expectation: String) throws -> Int {
            try run("\(Self.site)\ntest \"t\" { request \(request)\nexpect \(expectation) }").failures.count
        }
        #expect(try failures(holds) == 0)
        #expect(try failures(fails) == 1)
    }

    @Test("what is not as expected is told at the line of the expectation, with what happens and why")
    func diagnostic() throws {
        let run = try run("\(Self.site)\ntest \"nobody\" {\n  request GET \"/admin/y\"\n  expect allow\n}")
        #expect(run.count == 1 && run.failures.count == 1)
        let failure = try #require(run.failures.first)
        #expect(failure.text == "  expect allow")
        #expect(
            failure.message
                == "test \"nobody\" expects that it is passed on, but it is refused with 403 for the reason route.from, line 12"
        )
    }

    @Test("times are those of the request, or else of the run")
    func times() throws {
        let rules = "rules { deny \"monday\" when weekday == mon }  route \"/*\" { to = app }"
        let now = try run("\(rules)\ntest \"t\" { request GET \"/\"  expect deny \"monday\" }")
        #expect(now.failures == [])
        let later = try run("\(rules)\ntest \"t\" { request GET \"/\" at \"2026-11-24 10:00\"  expect allow }")
        #expect(later.failures == [])
    }
}
