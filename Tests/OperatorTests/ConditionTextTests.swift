import Plan
import Testing

@testable import masugata

@Suite("Conditions read back from their programs")
struct ConditionTextTests {
    private static let conditions = [
        #"path starts "/x""#, #"not path == "/x""#, #"path != "/x""#, "client in office", "not client in office",
        "client in [office, partners, 192.0.2.0/24]", #"header["x-a"] contains "b""#, #"query["a\"b"] == "c\\d""#,
        #"all(cookie["s"] starts "a")"#, #"any(header["x"] != "a")"#, #"count(query["x"]) > 3"#, "len(path) <= 200",
        #"lower(user_agent) contains list.bots"#, "exists(length) and length > 64KiB", "method in [GET, POST]",
        "method == PATCH", #"lower(host) ends ".example""#, #"scheme == "https" or port == 8443"#, "tls.version < 1.3",
        "time in 08:00-18:00", "time in 22:00-06:00", "weekday in mon-fri", "weekday in [sat, sun]",
        #"path matches "^/[a-z]+\\.php$""#,
        #"path == "/a" and host == "b" or client in office and not path == "/c""#,
        #"(path == "/a" or host == "b") and (client in office or not path == "/c")"#,
        #"not (path == "/a" and host == "b")"#, #"not (path == "/a" or (host == "b" and client in office))"#,
        #"path == "/a" or (path == "/b" or (path == "/c" and host == "d"))"#,
        #"not (not path == "/a" and not host == "b") or exists(cookie["x"])"#,
    ]

    private func condition(_ text: String) throws -> (condition: Condition, text: PolicyText) {
        let policy = try Compiled.site("rules { log \"x\" when \(text) }  route \"/*\" { to = app }")
        return (try #require(policy.plan.sites[0].rules[0].condition), PolicyText(plan: policy.plan))
    }

    @Test("what is read back compiles to the same program", arguments: conditions)
    func roundTrip(_ written: String) throws {
        let (first, text) = try condition(written)
        let again = try condition(text.condition(first)).condition
        #expect(first.steps == again.steps && first.comparisons == again.comparisons, "\(text.condition(first))")
    }

    @Test("parentheses stand only where they are needed")
    func parentheses() throws {
        let (first, text) = try condition(#"((path == "/a") and (host == "b")) or (not (client in office))"#)
        #expect(text.condition(first) == #"path == "/a" and host == "b" or not client in office"#)
    }
}
