import Bytes
import Plan
import Testing

@testable import Match

@Suite("The route of a request")
struct RouteTableTests {
    private let get = "GET"
    private let post = "POST"
    private let anyone = IPAddress("198.51.100.7")!

    @Test("an exact path wins over every prefix, the longer prefix over the shorter")
    func precedence() {
        let plan = plan([["/*", "/a/*", "/a/b", "/a/b/*", "/a/"]])
        #expect(find(plan, "/") == .route(0))
        #expect(find(plan, "/x") == .route(0))
        #expect(find(plan, "/a") == .route(0))
        #expect(find(plan, "/a/x") == .route(1))
        #expect(find(plan, "/a/b") == .route(2))
        #expect(find(plan, "/a/b/") == .route(3))
        #expect(find(plan, "/a/b/c/d") == .route(3))
        #expect(find(plan, "/a/bc") == .route(1))
        #expect(find(plan, "/a/") == .route(4))
    }

    @Test("a prefix is for what is below it, not for the path without the slash")
    func slash() {
        let plan = plan([["/x/*"]])
        #expect(find(plan, "/x/") == .route(0) && find(plan, "/x/y") == .route(0))
        #expect(find(plan, "/x") == .noRoute && find(plan, "/xy") == .noRoute && find(plan, "/") == .noRoute)
    }

    @Test("sites have routes of their own, with numbers through the whole plan")
    func sites() {
        let plan = plan([["/*", "/a"], ["/a"], ["/b/*"]])
        #expect(find(plan, "/a", site: 0) == .route(1) && find(plan, "/a", site: 1) == .route(2))
        #expect(find(plan, "/a", site: 2) == .noRoute && find(plan, "/b/c", site: 2) == .route(3))
    }

    @Test("the most specific path decides alone: another method is refused with those that are allowed")
    func methods() {
        var plan = plan([["/*", "/a/*", "/a/*"]])
        plan.sites[0].routes[1].methods = [MethodSet(bit: 0), MethodSet(bit: 1)]
        plan.sites[0].routes[2].methods = MethodSet(bit: 3)
        let allow = MethodSet([MethodSet(bit: 0), MethodSet(bit: 1), MethodSet(bit: 3)])
        #expect(find(plan, "/a/b", method: get) == .route(1))
        #expect(find(plan, "/a/b", method: "PUT") == .route(2))
        #expect(find(plan, "/a/b", method: post) == .methodNotAllowed(route: 1, allow: allow))
        #expect(find(plan, "/a/b", method: "X-OTHER") == .methodNotAllowed(route: 1, allow: allow))
        #expect(find(plan, "/b", method: "X-OTHER") == .route(0))
    }

    @Test("a route for some networks refuses the clients of others, and no other route is tried")
    func networks() {
        var plan = plan([["/*", "/a/*", "/b/*", "/c/*"]])
        plan.networks = [
            Network(name: "office", blocks: [AddressBlock(IPAddress("203.0.113.0")!, prefixLength: 24)!]),
            Network(name: "home", blocks: [AddressBlock(IPAddress("2001:db8::")!, prefixLength: 32)!]),
        ]
        plan.sites[0].routes[1].from = [0]
        plan.sites[0].routes[2].from = [1, 0]
        plan.sites[0].routes[3].from = [0]
        plan.sites[0].routes[3].methods = MethodSet(bit: 0)
        let (office, home) = (IPAddress("203.0.113.9")!, IPAddress("2001:db8::1")!)
        #expect(find(plan, "/a/x", client: office) == .route(1))
        #expect(find(plan, "/a/x", client: home) == .clientNotAllowed(route: 1))
        #expect(find(plan, "/b/x", client: office) == .route(2) && find(plan, "/b/x", client: home) == .route(2))
        #expect(find(plan, "/b/x", client: anyone) == .clientNotAllowed(route: 2))
        #expect(find(plan, "/x", client: anyone) == .route(0))
        #expect(
            find(plan, "/c/x", method: post, client: anyone) == .methodNotAllowed(route: 3, allow: MethodSet(bit: 0)))
    }

    @Test("random tables answer as a list of patterns that is tried in turn", arguments: 0..<40)
    func oracle(seed: UInt64) {
        var random = SplitMix(state: seed)
        let patterns = Set((0..<Int.random(in: 1...120, using: &random)).map { _ in pattern(&random) }).sorted()
        let plan = plan([["/never"], patterns])
        let table = RouteTable(plan)
        for _ in 0..<400 {
            let path = path(&random)
            let found = route(of: path, site: 1, table)
            #expect(found == slowMatch(patterns, path), "\(path)")
        }
    }

    @Test("paths of all bytes, and hundreds of routes that begin alike, find their way")
    func branches() {
        let bytes = (UInt8(0x21)...0x7e).filter { $0 != UInt8(ascii: "*") }
        let patterns = bytes.map { "/" + String(decoding: [$0], as: UTF8.self) + "x" }
        let plan = plan([patterns + (0..<600).map { "/long/prefix/item-\($0)/*" }])
        let table = RouteTable(plan)
        for (number, pattern) in patterns.enumerated() {
            let found = route(of: pattern, table)
            #expect(found == number)
        }
        for item in 0..<600 {
            let found = route(of: "/long/prefix/item-\(item)/x", table)
            #expect(found == patterns.count + item)
        }
        let others = ["/long/prefix/item-600/x", "/\u{7f}x", ""].map { route(of: $0, table) }
        #expect(others == [nil, nil, nil])
    }

    @Test("a table of nested paths as long as may be is built and asked")
    func nested() {
        let patterns = (1...PlanBounds.path).map { "/" + String(repeating: "a", count: $0 - 1) }
        let plan = plan([patterns])
        let table = RouteTable(plan)
        let found = [patterns[2000], patterns[2047] + "a"].map { route(of: $0, table) }
        #expect(found == [2000, nil])
    }

    private func slowMatch(_ patterns: [String], _ path: String) -> Int? {
        if let exact = patterns.firstIndex(of: path) { return exact + 1 }
        let fitting = patterns.indices.filter { patterns[$0].hasSuffix("*") && path.hasPrefix(patterns[$0].dropLast()) }
        let longest = fitting.max { patterns[$0].count < patterns[$1].count }
        return longest.map { $0 + 1 }
    }

    private func path(_ random: inout SplitMix) -> String {
        let segments = ["a", "ab", "b", "abc", "static", "x"]
        var path = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) { path += "/" + segments.randomElement(using: &random)! }
        return Bool.random(using: &random) ? path : path + "/"
    }

    private func pattern(_ random: inout SplitMix) -> String {
        let path = Int.random(in: 0..<12, using: &random) == 0 ? "/" : path(&random)
        return path.hasSuffix("/") && Bool.random(using: &random) ? path + "*" : path
    }

    /// A plan of sites that each have a listener of their own.
    private func plan(_ sites: [[String]]) -> Plan {
        var plan = Plan()
        for (number, patterns) in sites.enumerated() {
            plan.listeners.append(
                Listener(
                    name: "l\(number)", kind: .http,
                    address: SocketAddress(address: IPAddress(ipv4: 0), port: UInt16(80 + number))))
            let routes = patterns.map { pattern in
                let bytes = Array(pattern.utf8)
                let isPrefix = pattern.hasSuffix("*")
                return Route(
                    pattern: PathPattern(isPrefix ? .prefix : .exact, isPrefix ? bytes.dropLast() : bytes),
                    action: .proxy(pool: 0))
            }
            plan.sites.append(Site(names: [.any], listeners: [number], routes: routes))
        }
        return plan
    }

    /// The route of `path`, of those that ask for nothing else.
    private func route(of path: String, site: Int = 0, _ table: borrowing RouteTable) -> Int? {
        let bytes = Array(path.utf8)
        let group = table.mostSpecific(site: site, path: bytes.span)
        return group.count == 0 ? nil : Int(table.entries[Int(group.start)].route)
    }

    private enum Match: Equatable {
        case route(Int), noRoute, methodNotAllowed(route: Int, allow: MethodSet), clientNotAllowed(route: Int)
        case other
    }

    private func find(
        _ plan: Plan, _ path: String, site: Int = 0, method: String = "GET", client: IPAddress? = nil
    ) -> Match {
        var request = SampleRequest(method, path)
        request.listener = site
        request.client = client ?? anyone
        guard var decider = try? Decider(plan), let decision = try? decider.decide(request) else { return .other }
        switch (decision.action, decision.route) {
        case (.forward, let route?): return .route(route)
        case (.refuse(.routeNone), _): return .noRoute
        case (.refuse(.routeMethod), let route?): return .methodNotAllowed(route: route, allow: decision.allow)
        case (.refuse(.routeFrom), let route?): return .clientNotAllowed(route: route)
        default: return .other
        }
    }
}

extension RouteTable {
    /// The table of routes without conditions and networks.
    init(_ plan: Plan) {
        let count = plan.routeCount
        self.init(
            RouteTableBuilder(
                plan, conditions: Array(repeating: ConditionTable.always, count: count),
                networks: Array(repeating: TextPlace(), count: count)))
    }
}
