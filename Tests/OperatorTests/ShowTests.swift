import Testing

@testable import masugata

@Suite("masugata show: a policy flattened")
struct ShowTests {
    private static let policy = """
        headers careful { request { set "X-Edge" = "1" }  secure_headers { frame = deny } }
        site "a.example" "b.example" {
          use = [headers.careful]
          errors { 403 = "403.html" }
          route "/*" { to = app }
          route "/x/*" when cookie["beta"] == "1" { to = other  methods = GET  body = 1MiB
            headers { response { hide = ["Server"] } }
          }
        }
        """

    private func section(_ title: String) throws -> PolicySection {
        let text = Self.policy.split(separator: "\n").filter { !$0.contains("errors") }.joined(separator: "\n")
        let sections = PolicyView(try Compiled.policy(text).plan).sections
        return try #require(sections.first { $0.title == title })
    }

    private func value(_ word: String, _ section: PolicySection) -> String? {
        section.entries.first { $0.word == word }.map { "\($0.value) # \($0.origin)" }
    }

    @Test("what a route has from its site's profile says so, with its line")
    func inherited() throws {
        let section = try section("site \"a.example\" route \"/*\"")
        #expect(value("to", section) == "pool.app # here")
        #expect(value("methods", section) == "all # default")
        #expect(value("body", section) == "64MiB # default, body of the limits")
        #expect(value("headers request", section) == "set \"X-Edge\" = \"1\" # headers careful, line 8, by the site")
        #expect(section.entries.contains { $0.value == "\"X-Frame-Options\" = \"DENY\"" })
    }

    @Test("what a route says itself takes the place of the site's, as a whole")
    func own() throws {
        let section = try section("site \"a.example\" route \"/x/*\" when cookie[\"beta\"] == \"1\"")
        #expect(value("methods", section) == "[GET, HEAD] # here")
        #expect(value("body", section) == "1MiB # here")
        #expect(value("headers hide", section) == "\"Server\" # here")
        #expect(value("headers request", section) == nil)
    }

    @Test("every block of the policy has a section, and every limit a value with its origin")
    func all() throws {
        let sections = PolicyView(
            try Compiled.policy("site \"*\" { route \"/*\" { to = app } }\nlimits { head = 5s }").plan
        )
        .sections
        let titles = sections.map(\.title)
        for title in [
            "policy", "listen public", "tls main", "network office", "list bots", "pool app", "limits", "target",
        ] {
            #expect(titles.contains(title))
        }
        let limits = try #require(sections.first { $0.title == "limits" })
        #expect(value("head", limits) == "5s # here")
        #expect(value("idle", limits) == "75s # default")
    }

    @Test("the JSON form has block, word, value and origin")
    func json() throws {
        let read = try JSONParser.parse(Array(try section("site \"a.example\" route \"/*\"").json.encoded.utf8))
        #expect(read["block"].text == "site \"a.example\" route \"/*\"")
        #expect(read["values"].list.first?["origin"].text == "here")
    }
}

@Suite("masugata diff: what changes between two policies")
struct DifferenceTests {
    private func difference(_ old: String, _ new: String) throws -> PolicyDifference {
        PolicyDifference(
            from: PolicyView(try Compiled.site(old).plan), to: PolicyView(try Compiled.site(new).plan))
    }

    @Test("the same policy written otherwise is no difference")
    func same() throws {
        let old = "rules { deny \"x\" when path == \"/x\" }  route \"/*\" { to = app  body = 64KiB }"
        let new =
            "\n# moved\nroute \"/*\" {\n body = 65536B\n to = pool.app }\n rules { deny \"x\" when (path == \"/x\") }"
        #expect(try difference(old, new).text == "no difference")
    }

    @Test("a value that changes is shown with what it was and what it is")
    func value() throws {
        let difference = try difference("route \"/*\" { to = app }", "route \"/*\" { to = other  from = office }")
        #expect(
            difference.text == """
                site "a.example" route "/*"
                  - to = pool.app
                  - from = everybody
                  + to = pool.other
                  + from = office
                """)
    }

    @Test("routes that come and go are shown with what is written in them")
    func routes() throws {
        let difference = try difference(
            "route \"/*\" { to = app }  route \"/old\" { to = app }",
            "route \"/*\" { to = app }  route \"/new\" { to = other }")
        #expect(
            difference.text == """
                site "a.example" route "/new": new
                  + to = pool.other

                site "a.example" route "/old": removed
                  - to = pool.app
                """)
    }

    @Test("rules in another order are a difference, for the first that applies decides")
    func order() throws {
        let one = "deny \"x\" when path == \"/x\""
        let two = "allow \"y\" when client in office"
        let route = "route \"/*\" { to = app }"
        let difference = try difference(
            "rules {\n\(one)\n\(two)\n}\n\(route)", "rules {\n\(two)\n\(one)\n}\n\(route)")
        #expect(difference.changes.count == 1)
        #expect(difference.changes.first?.added.map(\.word) == ["rule \"y\"", "rule \"x\""])
    }

    @Test("the JSON form names the change, the block and the values")
    func json() throws {
        let read = try JSONParser.parse(
            Array(try difference("route \"/*\" { to = app }", "route \"/*\" { to = other }").json.encoded.utf8))
        #expect(read.list.count == 1)
        #expect(read.list.first?["change"].text == "changed")
        #expect(read.list.first?["added"].list.first?["value"].text == "pool.other")
    }
}
