import HTTPModel
import Match
import Plan
import Testing

@Suite("What becomes of a request")
struct DecisionTests {
    private func condition(_ comparison: Comparison) -> Condition {
        Condition(steps: [.test(0)], comparisons: [comparison])
    }

    private func path(starts text: String) -> Condition {
        condition(Comparison(Subject(.path), .starts, .text(Array(text.utf8))))
    }

    private func header(_ name: String, _ value: String) -> Condition {
        condition(Comparison(Subject(.header(Array(name.utf8))), .equal, .text(Array(value.utf8))))
    }

    private func route(_ pattern: String, _ action: Route.Action = .proxy(pool: 0)) -> Route {
        let bytes = Array(pattern.utf8)
        return pattern.hasSuffix("*")
            ? Route(pattern: PathPattern(.prefix, bytes.dropLast()), action: action)
            : Route(pattern: PathPattern(.exact, bytes), action: action)
    }

    /// A plan of one site on a listener for all.
    private func plan(rules: [Rule] = [], _ routes: Route...) -> Plan {
        let address = SocketAddress(address: IPAddress(ipv4: 0), port: 80)
        let office = AddressBlock(IPAddress("203.0.113.0")!, prefixLength: 24)!
        return Plan(
            listeners: [Listener(name: "l", kind: .http, address: address)],
            networks: [Network(name: "office", blocks: [office])],
            sites: [Site(names: [.any], listeners: [0], rules: rules, routes: routes)])
    }

    private func decide(_ plan: Plan, _ request: SampleRequest) throws -> Decision {
        var decider = try Decider(plan)
        return try decider.decide(request)
    }

    private func request(
        _ path: String, _ fields: (String, String)..., from client: String = "198.51.100.7"
    ) -> SampleRequest {
        var request = SampleRequest("GET", path)
        request.fields = fields.map { (name: $0.0, value: $0.1) }
        request.client = IPAddress(client)!
        return request
    }

    // MARK: Rules

    @Test("Of the rules of a list the first that holds decides")
    func order() throws {
        let redirect = Redirect(target: [.text(Array("https://b.example/".utf8))], status: 301)
        let plan = plan(
            rules: [
                Rule(name: "one", condition: path(starts: "/a"), action: .deny(status: 451, page: nil)),
                Rule(name: "two", condition: path(starts: "/ab"), action: .deny(status: 403, page: nil)),
                Rule(name: "three", condition: path(starts: "/b"), action: .redirect(redirect)),
                Rule(name: "four", condition: path(starts: "/c"), action: .respond(FixedResponse(status: 204))),
            ], route("/*"))
        let one = try decide(plan, request("/abc"))
        #expect(one.action == .refuse(.ruleDeny) && one.rule == 0 && one.status == 451 && one.route == nil)
        let three = try decide(plan, request("/b"))
        #expect(three.action == .redirect(0) && three.rule == 2 && three.site == 0)
        #expect(try decide(plan, request("/c")).action == .respond(0))
        #expect(try decide(plan, request("/d")).action == .forward(pool: 0))
    }

    @Test("allow ends its list and goes on: with the route, and with the rules of the route")
    func allow() throws {
        var inner = route("/*")
        inner.rules = [
            Rule(name: "inner", condition: header("x", "1"), action: .deny(status: 400, page: 3)),
            Rule(name: "all", condition: path(starts: "/x"), action: .allow),
            Rule(name: "never", condition: path(starts: "/x"), action: .deny(status: 403, page: nil)),
        ]
        let plan = plan(
            rules: [
                Rule(name: "pass", condition: path(starts: "/x"), action: .allow),
                Rule(name: "none", action: .deny(status: 403, page: nil)),
            ], inner)
        #expect(try decide(plan, request("/x")).action == .forward(pool: 0))
        #expect(try decide(plan, request("/y")).rule == 1)
        let inside = try decide(plan, request("/x", ("X", "1")))
        #expect(inside.rule == 2 && inside.route == 0 && inside.status == 400 && inside.page == 3)
    }

    @Test("log notes the rule, and the next is tried")
    func log() throws {
        let plan = plan(
            rules: [
                Rule(name: "a", action: .log), Rule(name: "b", condition: path(starts: "/b"), action: .log),
                Rule(name: "c", condition: path(starts: "/c"), action: .deny(status: 403, page: nil)),
            ], route("/*"))
        var decider = try Decider(plan)
        #expect(try decider.decide(request("/b")).action == .forward(pool: 0))
        #expect(decider.notes == [0, 1])
        #expect(try decider.decide(request("/c")).rule == 2)
        #expect(decider.notes == [0])
    }

    @Test("Rules have numbers through the whole plan, and a place")
    func places() throws {
        var first = plan(rules: [Rule(name: "a", action: .log)], route("/*"), route("/b"))
        first.sites[0].routes[1].rules = [Rule(name: "b", action: .log), Rule(name: "c", action: .log)]
        first.sites.append(
            Site(
                names: [.exact("b.example")], listeners: [0], rules: [Rule(name: "d", action: .log)],
                routes: [route("/*")]))
        let table = try DecisionTable(first)
        let places = (0..<table.ruleCount).map { table.place(ofRule: $0) }
        #expect(places.map(\.site) == [0, 0, 0, 1] && places.map(\.route) == [nil, 1, 1, nil])
        #expect(places.map(\.index) == [0, 0, 1, 0])
    }

    // MARK: Routes

    @Test("Of the routes of one path those with a condition come first, in their order")
    func conditions() throws {
        var plain = route("/*", .proxy(pool: 0))
        plain.methods = MethodSet(bit: 0)
        var beta = route("/*", .proxy(pool: 1))
        beta.condition = header("x", "beta")
        var both = route("/*", .proxy(pool: 2))
        both.condition = condition(Comparison(Subject(.header(Array("x".utf8))), .exists, .nothing))
        let plan = plan(plain, beta, both, route("/a"))
        #expect(try decide(plan, request("/x", ("X", "beta"))).action == .forward(pool: 1))
        #expect(try decide(plan, request("/x", ("X", "other"))).action == .forward(pool: 2))
        #expect(try decide(plan, request("/x")).action == .forward(pool: 0))
        var post = request("/x")
        post.method = "POST"
        #expect(try decide(plan, post).action == .refuse(.routeMethod))
        #expect(try decide(plan, request("/a", ("X", "beta"))).route == 3)
    }

    @Test("The most specific path decides alone, even when none of its conditions holds")
    func noFallback() throws {
        var office = route("/admin/*")
        office.condition = condition(Comparison(Subject(.client), .isIn, .addresses(networks: [0], blocks: [])))
        let plan = plan(route("/*"), office)
        #expect(try decide(plan, request("/admin/x", from: "203.0.113.5")).route == 1)
        #expect(try decide(plan, request("/admin/x")).action == .refuse(.routeNone))
    }

    @Test("A route in maintenance is closed for all but some networks")
    func maintenance() throws {
        let open = Maintenance(except: [0], pool: 4, page: 2, retryAfter: 600_000)
        let plan = plan(route("/*", .maintenance(open)), route("/all", .maintenance(Maintenance())))
        #expect(try decide(plan, request("/x", from: "203.0.113.5")).action == .forward(pool: 4))
        let closed = try decide(plan, request("/x"))
        #expect(closed.action == .refuse(.routeMaintenance) && closed.status == 503)
        #expect(closed.page == 2 && closed.retryAfter == 600)
        let all = try decide(plan, request("/all", from: "203.0.113.5"))
        #expect(all.action == .refuse(.routeMaintenance) && all.page == nil && all.retryAfter == 0)
    }

    @Test("A listener that redirects, an unknown site and another name are decided before any rule")
    func before() throws {
        var plan = plan(rules: [Rule(name: "all", action: .deny(status: 403, page: nil))], route("/*"))
        plan.listeners.append(
            Listener(
                name: "r", kind: .redirect, address: SocketAddress(address: IPAddress(ipv4: 0), port: 81),
                redirectPort: 8443))
        plan.sites[0].names = [.exact("a.example")]
        plan.sites[0].listeners = [0, 1]
        var decider = try Decider(plan)
        var request = request("/")
        request.listener = 1
        #expect(try decider.decide(request).action == .redirectToHTTPS(port: 8443))
        request.host = "b.example"
        let unknown = try decider.decide(request)
        #expect(unknown.action == .refuse(.siteUnknown) && unknown.site == nil && unknown.status == 421)
    }

    // MARK: Splits

    private func shares(_ split: Split, _ requests: [SampleRequest]) throws -> [Int: Int] {
        var decider = try Decider(plan(route("/*", .split(split))))
        var counts: [Int: Int] = [:]
        for request in requests {
            guard case .forward(let pool) = try decider.decide(request).action else { continue }
            counts[pool, default: 0] += 1
        }
        return counts
    }

    @Test("A split gives each pool its share, whatever decides", arguments: ["cookie", "header", "client", "random"])
    func split(by key: String) throws {
        let keys: [String: Split.Key] = [
            "cookie": .cookie(Array("s".utf8)), "header": .header(Array("x-user".utf8)), "client": .client,
            "random": .random,
        ]
        let shares = [Split.Share(pool: 5, portion: 9_000), Split.Share(pool: 6, portion: 1_000)]
        let requests = (0..<10_000).map { number in
            var request = request("/", ("Cookie", "a=b; s=user\(number)"), ("X-User", "user\(number)"))
            request.client = IPAddress(ipv4: 0x0a00_0000 + UInt32(number))
            request.chance = UInt64(number)
            return request
        }
        let counts = try self.shares(Split(shares: shares, key: keys[key]!), requests)
        #expect(abs(counts[5, default: 0] - 9_000) < 150 && counts[5, default: 0] + counts[6, default: 0] == 10_000)
    }

    @Test("Equal values go to the same pool, and without a value the client's address decides")
    func sticky() throws {
        let shares = [Split.Share(pool: 0, portion: 5_000), Split.Share(pool: 1, portion: 5_000)]
        let split = Split(shares: shares, key: .cookie(Array("s".utf8)))
        for user in 0..<20 {
            let same = (0..<10).map { number in
                request("/\(number)", ("Cookie", "s=u\(user)"), from: "10.0.0.\(number)")
            }
            #expect(try self.shares(split, same).count == 1)
            #expect(try self.shares(split, (0..<10).map { request("/\($0)", from: "10.1.0.\(user)") }).count == 1)
        }
        let different = try self.shares(split, (0..<200).map { request("/", from: "10.0.0.\($0)") })
        #expect(different.count == 2)
    }

    @Test("A forced value decides by itself")
    func forced() throws {
        let shares = [Split.Share(pool: 0, portion: 9_999), Split.Share(pool: 1, portion: 1)]
        let forced = [Split.Forced(value: Array("beta".utf8), pool: 7)]
        let split = Split(shares: shares, key: .header(Array("x-canary".utf8)), forced: forced)
        #expect(try self.shares(split, [request("/", ("X-Canary", "beta"))]) == [7: 1])
        #expect(try self.shares(split, [request("/", ("X-Canary", "beta2"))])[7] == nil)
    }

    // MARK: The way

    @Test("An explanation tells every step in order")
    func explanation() throws {
        var admin = route("/admin/*")
        admin.condition = header("x", "1")
        admin.methods = MethodSet(bit: 0)
        admin.from = [0]
        let plan = plan(rules: [Rule(name: "log", condition: path(starts: "/z"), action: .log)], admin)
        var decider = try Decider(plan)
        let (decision, steps) = try decider.explain(request("/admin/x", ("X", "1")))
        #expect(decision.action == .refuse(.routeFrom) && decision.route == 0)
        #expect(
            steps == [
                .site(0), .serverName(agrees: true), .rule(0, holds: false), .condition(route: 0, holds: true),
                .methods(route: 0, takes: true), .networks(route: 0, contain: false),
            ])
        let steps2 = try decider.explain(request("/other")).steps
        #expect(steps2.last == .noRoute)
    }

    @Test("A plan with a pattern that is no regular expression is refused by name")
    func badPattern() {
        let bad = condition(Comparison(Subject(.path), .matches, .pattern(Array("(a".utf8))))
        let plan = plan(rules: [Rule(name: "bad", condition: bad, action: .log)], route("/*"))
        let text: String
        do throws(UnusablePlan) {
            _ = try DecisionTable(plan)
            text = ""
        } catch { text = error.description }
        #expect(text.contains("rule \"bad\"") && text.contains("(a"))
    }
}
