import Plan
import Policy
import Testing

@Suite("Compiling a policy")
struct CompileTests {
    @Test(
        "every example compiles without a diagnostic, and its plan survives its image",
        arguments: Files.policies(in: Files.examples))
    func examples(name: String) throws {
        let compilation = compile(
            try Files.bytes(Files.examples, "\(name).policy"), fileName: "\(name).policy",
            files: FilesOfFolder(Files.examples), now: FilesOfFolder.today)
        #expect(compilation.diagnostics == [])
        let plan = try #require(compilation.plan)
        let image = plan.encoded()
        #expect(try Plan(decoding: image.span) == plan)
    }

    @Test("the first policy of the README is four lines, and is what it seems to be")
    func readme() throws {
        let plan = try plan(
            """
            listen public { https = ["0.0.0.0:443"]  http_redirect = ["0.0.0.0:80"]  tls = main }
            tls main { certificate = "tls/fullchain.pem"  key = "tls/key.pem" }
            pool app { server "127.0.0.1:8080" }
            site "www.example.org" { route "/*" { to = pool.app } }
            """)
        #expect(plan.listeners.map(\.kind) == [.https, .redirect])
        #expect(plan.listeners.map(\.address.description) == ["0.0.0.0:443", "0.0.0.0:80"])
        #expect(plan.listeners.map(\.tls) == [[0], []])
        #expect(plan.listeners.map(\.redirectPort) == [0, 443])
        #expect(
            plan.tls == [
                TLSSettings(
                    name: "main",
                    certificates: [CertificateFiles(certificate: "tls/fullchain.pem", key: "tls/key.pem")])
            ])
        #expect(plan.pools == [Pool(name: "app", servers: [Server(host: "127.0.0.1", port: 8080)])])
        #expect(
            plan.sites == [
                Site(
                    names: [.exact("www.example.org")], listeners: [0, 1],
                    routes: [
                        Route(
                            pattern: PathPattern(.prefix, Array("/".utf8)), action: .proxy(pool: 0),
                            position: SourcePosition(line: 4, column: 26))
                    ], position: SourcePosition(line: 4, column: 1))
            ])
        #expect(plan.limits == Limits() && plan.audit == AuditSettings() && plan.forwarding == Forwarding())
        #expect(plan.workers == nil)
    }

    @Test("every word of the language arrives in the plan")
    func everyWord() throws {
        let plan = try plan(
            """
            workers = 3   // two comments
            listen a { https = ["192.0.2.1:443" "[2001:db8::1]:443"]  http_redirect = "192.0.2.1:80"  tls = [x, tls.y] }
            listen b {
              http = "127.0.0.1:8080"
            }
            tls x { certificate = ["r.pem", "e.pem"]  key = ["r.key", "e.key"]  minimum = 1.3  maximum = 1.3 }
            tls y {
              certificate = "y \\"1\\".pem"  key = "y.key"  unknown_name = refuse  session_tickets = off
              ticket_epoch = 2h  names = ["Y.example", "*.y.example"]
            }
            network office { 203.0.113.0/24 2001:db8:10::/48
              192.0.2.9 }
            pool one {
              server "10.0.0.1:80"  weight = 2
              server "[2001:db8::5]:81" { weight = 3 }
              server "Host.Example:82"
              balance = round_robin
              limits { connections = 5 queue = 6 connect = 1s response = 2m idle = 0 queue_wait = 7ms body = 1h }
            }
            site "A.example" "*.a.example" "*" {
              on = [a, listen.b]
              route "/x" { to = one methods = [GET, POST] from = office body = 0 }
              route "/x" { to = one methods = PUT }
              route "/%20/*" { to = pool.one }
            }
            limits { head = 5s body = 1GiB body_rate = 60KiB/min fields = 50 body_grace = 0s }
            forwarding { received = append via = "edge" }
            audit {
              directory = "log" access_log = "a.log" must = [deny, login] on_full = deny
              segment_size = 1MiB segment_age = 1h keep = 30d
            }
            """)
        #expect(plan.workers == 3)
        #expect(plan.listeners.map(\.name) == ["a", "a", "a", "b"])
        #expect(plan.listeners[1].address.description == "[2001:db8::1]:443" && plan.listeners[1].tls == [0, 1])
        #expect(plan.tls[0].certificates.map(\.key) == ["r.key", "e.key"] && plan.tls[0].minimum == .v1_3)
        #expect(plan.tls[1].certificates[0].certificate == "y \"1\".pem")
        #expect(plan.tls[1].unknownName == .refuse && !plan.tls[1].sessionTickets)
        #expect(plan.tls[1].ticketEpoch == 7_200_000)
        #expect(plan.tls[1].names == [.exact("y.example"), .wildcard("y.example")])
        #expect(plan.networks[0].blocks.map(\.description) == ["203.0.113.0/24", "2001:db8:10::/48", "192.0.2.9/32"])
        #expect(
            plan.pools[0].servers == [
                Server(host: "10.0.0.1", port: 80, weight: 2), Server(host: "2001:db8::5", port: 81, weight: 3),
                Server(host: "host.example", port: 82),
            ])
        #expect(PoolLimitName.allCases.map { plan.pools[0].limits[$0] } == [5, 6, 1_000, 120_000, 0, 7, 3_600_000])
        let site = plan.sites[0]
        #expect(site.names == [.exact("a.example"), .wildcard("a.example"), .any] && site.listeners == [0, 1, 2, 3])
        #expect(site.routes.map(\.pattern.description) == ["/x", "/x", "/%20/*"])
        #expect(site.routes.map { $0.methods?.description } == ["GET, HEAD, POST", "PUT", nil])
        #expect(site.routes[0].from == [0] && site.routes[0].bodyLimit == 0 && site.routes[2].bodyLimit == nil)
        #expect(plan.limits[.head] == 5_000 && plan.limits[.body] == 1 << 30 && plan.limits[.bodyRate] == 1024)
        #expect(plan.limits[.fields] == 50 && plan.limits[.bodyGrace] == 0 && plan.limits[.idle] == 75_000)
        #expect(plan.forwarding == Forwarding(received: .append, via: "edge"))
        #expect(
            plan.audit
                == AuditSettings(
                    directory: "log", accessLog: .file("a.log"), must: [.deny, .login], onFull: .deny,
                    segmentSize: 1 << 20,
                    segmentAge: 3_600_000, keep: 30 * 86_400_000))
    }

    @Test("a policy means the same on one line as on many")
    func layout() throws {
        let lines = try plan(
            """
            listen l
            {
              http = [
                "127.0.0.1:80",
              ]
            }
            pool p {
              server "127.0.0.1:81"
            }
            site "a.example"
            {
              route "/*" {
                to = p
              }
            }
            """)
        let line = try plan(
            #"listen l { http = ["127.0.0.1:80"] } pool p { server "127.0.0.1:81" } site "a.example" { route "/*" { to = p } }"#
        )
        #expect(lines.listeners == line.listeners && lines.pools == line.pools)
        #expect(
            lines.sites[0].names == line.sites[0].names
                && lines.sites[0].routes[0].action == line.sites[0].routes[0].action)
    }

    @Test("an attribute in a server's line belongs to the server if it is one of its words, else to the pool")
    func attributesInLine() throws {
        let plan = try plan(
            """
            listen l { http = "127.0.0.1:80" }
            pool p { server "a:1" weight = 2 server "b:2" weight = 3 balance = round_robin }
            site "*" { route "/*" { to = p } }
            """)
        #expect(plan.pools[0].servers.map(\.weight) == [2, 3])
    }

    private func plan(_ text: String) throws -> Plan {
        let compilation = compile(Array(text.utf8), fileName: "test.policy")
        #expect(compilation.diagnostics.map(\.description) == [])
        return try #require(compilation.plan)
    }
}
