@testable import Match
import Plan
import Testing

@Suite("The site of a request")
struct SiteTableTests {
    @Test("the exact name wins over the wildcard, the wildcard over the rest")
    func precedence() {
        let plan = plan([
            ([.wildcard("example.org")], [0]), ([.exact("a.example.org"), .exact("example.org")], [0]), ([.any], [0]),
        ])
        #expect(find(plan, ["a.example.org", "example.org", "b.example.org", "other.example"], 0) == [1, 1, 0, 2])
    }

    @Test("an asterisk stands for exactly one label")
    func oneLabel() {
        let plan = plan([([.wildcard("example.org")], [0])])
        #expect(
            find(plan, ["a.example.org", "a.b.example.org", "example.org", ".example.org", "", "a."], 0)
                == [0, nil, nil, nil, nil, nil])
    }

    @Test("a name and the wildcard for it are different things")
    func wildcardIsNoName() {
        let plan = plan([([.wildcard("example.org")], [0]), ([.exact("b.example")], [0])])
        #expect(find(plan, ["example.org", "x.b.example"], 0) == [nil, nil])
    }

    @Test("each listener has sites of its own")
    func listeners() {
        let plan = plan([
            ([.exact("a.example")], [0]), ([.exact("a.example"), .any], [1]), ([.exact("c.example")], [0, 2]),
        ])
        #expect(find(plan, ["a.example", "c.example"], 0) == [0, 2])
        #expect(find(plan, ["a.example", "c.example"], 1) == [1, 1])
        #expect(find(plan, ["a.example", "c.example"], 2) == [nil, 2])
    }

    @Test("addresses are hosts as well")
    func addresses() {
        let plan = plan([([.exact("192.0.2.1"), .exact("[2001:db8::1]")], [0])])
        #expect(find(plan, ["192.0.2.1", "[2001:db8::1]", "192.0.2.2"], 0) == [0, 0, nil])
    }

    @Test("among many names each is found, and no other")
    func many() {
        let names = (0..<3000).map { "host-\($0).example" }
        let plan = plan(names.map { ([.exact($0)], [0]) })
        #expect(find(plan, names, 0) == Array(0..<3000))
        #expect(find(plan, (3000..<6000).map { "host-\($0).example" }, 0).allSatisfy { $0 == nil })
    }

    private func plan(_ sites: [(names: [HostPattern], listeners: [Int])]) -> Plan {
        var plan = Plan()
        for port in 0..<3 {
            plan.listeners.append(
                Listener(
                    name: "l\(port)", kind: .http,
                    address: SocketAddress(address: IPAddress(ipv4: 0), port: UInt16(80 + port))))
        }
        plan.sites = sites.map { Site(names: $0.names, listeners: $0.listeners, routes: []) }
        return plan
    }

    private func find(_ plan: Plan, _ hosts: [String], _ listener: Int) -> [Int?] {
        let table = SiteTable(plan)
        return hosts.map { host in
            let bytes = Array(host.utf8)
            return table.site(of: bytes.span, listener: listener)
        }
    }
}
