import Plan
import Policy
import Testing

@Suite("Tests in a policy")
struct TestBlockTests {
    private func tests(_ text: String, zone: String = "") throws -> [PolicyTest] {
        let policy = """
            \(zone)
            listen web { https = ["127.0.0.1:443"]  http_redirect = ["127.0.0.1:80"]  tls = t }
            tls t { certificate = "c.pem"  key = "k.pem" }
            pool app { server "127.0.0.1:81" }
            site "a.example" "b.example" {
              route "/x/*" { to = app }
              rules { deny "bots" when path == "/bots" }
              \(text)
            }
            test "outside" { request GET "/bots" host "a.example" expect deny "bots" }
            """
        let compilation = compile(
            Array(policy.utf8), fileName: "p", files: FilesOfFolder(Files.golden), now: FilesOfFolder.today)
        #expect(compilation.diagnostics.map(\.description) == [])
        return compilation.tests
    }

    @Test("a request has its site's first name, the first listener that speaks TLS, and an address for examples")
    func defaults() throws {
        let test = try #require(try tests("test \"a\" { request GET \"/x/\" expect allow }").first)
        let request = test.steps[0].request
        #expect(test.name == "a" && test.site == 0 && request.method == "GET" && request.host == "a.example")
        #expect(request.target == PolicyText.bytes("/x/") && request.listener == 0 && request.tlsVersion == .v1_3)
        #expect(request.client.description == "192.0.2.1" && request.time == nil && request.body == nil)
        #expect(test.steps[0].expectations.map(\.kind) == [.allow])
    }

    @Test("every word of a request and of an expectation arrives")
    func everyWord() throws {
        let test = try #require(
            try tests(
                """
                test "all" {
                  request POST "/x/?a=b" host "b.example" from 2001:db8::1 tls 1.2
                    header "X-A" = "1" header "x-a" = "2" cookie "c" = "d"
                    body "text" at "2026-07-01 10:00"
                  expect deny "bots" status 403 reason "rule.bots" route "/x/*" pool app path "/y"
                    sent header "X-B" = "3" no header "X-C" location "/z"
                  expect deny route.from
                  request GET "/" over http expect deny
                }
                """, zone: "zone = \"UTC\""
            ).first)
        let request = test.steps[0].request
        #expect(request.host == "b.example" && request.client.description == "2001:db8::1")
        #expect(request.tlsVersion == .v1_2 && request.body == PolicyText.bytes("text"))
        #expect(
            request.headers == [
                TestRequest.Pair("X-A", PolicyText.bytes("1")), TestRequest.Pair("x-a", PolicyText.bytes("2")),
            ])
        #expect(request.cookies == [TestRequest.Pair("c", PolicyText.bytes("d"))])
        #expect(request.time == 1_782_900_000)
        #expect(
            test.steps[0].expectations.map(\.kind) == [
                .deny("rule.bots"), .status(403), .reason("rule.bots"),
                .route(PathPattern(.prefix, PolicyText.bytes("/x/"))), .pool(0), .path(PolicyText.bytes("/y")),
                .sent(header: "X-B", value: PolicyText.bytes("3")), .notSent(header: "X-C"),
                .location(PolicyText.bytes("/z")), .deny("route.from"),
            ])
        #expect(test.steps[1].request.listener == 1 && test.steps[1].request.tlsVersion == nil)
        #expect(test.steps[1].expectations.map(\.kind) == [.deny(nil)])
    }

    @Test("a test outside of sites belongs to none")
    func outside() throws {
        let all = try tests("")
        #expect(all.map(\.name) == ["outside"] && all[0].site == nil)
    }
}
