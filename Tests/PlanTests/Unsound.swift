import Plan
import Testing

/// A change that makes ``PlanSample`` unsound, and what is said about it.
struct Unsound: Sendable, CustomTestStringConvertible {
    let expected: PlanError
    let change: @Sendable (inout Plan) -> Void

    init(_ expected: PlanError, _ change: @escaping @Sendable (inout Plan) -> Void) {
        self.expected = expected
        self.change = change
    }

    var testDescription: String { expected.description }

    static let all: [Unsound] = general + ofPolicies

    private static let general: [Unsound] = [
        Unsound(.badCount("listeners"), { $0.listeners = [] }),
        Unsound(.badCount("sites"), { $0.sites = [] }),
        Unsound(.badReference("a listener's tls"), { $0.listeners[0].tls = [2] }),
        Unsound(.badCount("tls settings of a listener"), { $0.listeners[0].tls = [] }),
        Unsound(.badCount("tls settings of a listener"), { $0.listeners[2].tls = [0] }),
        Unsound(.outOfRange("a listener's redirect port"), { $0.listeners[1].redirectPort = 0 }),
        Unsound(.outOfRange("whether a listener speaks HTTP/2"), { $0.listeners[1].http2 = true }),
        Unsound(.outOfRange("a listener's port"), { $0.listeners[2].address = PlanSample.address("::", 0) }),
        Unsound(.duplicate("a listener's address"), { $0.listeners[1].address = $0.listeners[0].address }),
        Unsound(.outOfRange("a tls minimum"), { $0.tls[1].maximum = .v1_2 }),
        Unsound(.outOfRange("a tls ticket_epoch"), { $0.tls[0].ticketEpoch = 1 }),
        Unsound(.badText("a key's file name"), { $0.tls[0].certificates[0].key = "" }),
        Unsound(.badText("a tls host"), { $0.tls[1].names = [.exact("Upper.example")] }),
        Unsound(.badCount("blocks of a network"), { $0.networks[0].blocks = [] }),
        Unsound(.badText("a pool's name"), { $0.pools[0].name = "a b" }),
        Unsound(.duplicate("a pool's name"), { $0.pools[0].name = "app" }),
        Unsound(.badCount("servers of a pool"), { $0.pools[0].servers = [] }),
        Unsound(.badText("a server's host"), { $0.pools[0].servers[0].host = "10.20.0.300" }),
        Unsound(.outOfRange("a server's port"), { $0.pools[0].servers[0].port = 0 }),
        Unsound(.outOfRange("a server's weight"), { $0.pools[0].servers[0].weight = 0 }),
        Unsound(.outOfRange("the limit connect"), { $0.pools[0].limits[.connect] = 0 }),
        Unsound(.badReference("a site's listener"), { $0.sites[0].listeners = [3] }),
        Unsound(
            .duplicate("a site's host"),
            {
                $0.sites[1].names = [.wildcard("a.example")]
                $0.sites[1].listeners = [1]
            }),
        Unsound(.badText("a site's host"), { $0.sites[1].names = [.exact("[2001:DB8::1]")] }),
        Unsound(.badText("a route's path"), { $0.sites[0].routes[0].pattern.path = Array("/a".utf8) }),
        Unsound(.badText("a route's path"), { $0.sites[0].routes[2].pattern.path = Array("/a/../b".utf8) }),
        Unsound(.duplicate("a route's path"), { $0.sites[0].routes[1].pattern = $0.sites[0].routes[0].pattern }),
        Unsound(.outOfRange("a route's methods"), { $0.sites[0].routes[1].methods = [] }),
        Unsound(.badReference("a route's from"), { $0.sites[0].routes[1].from = [1] }),
        Unsound(.outOfRange("a route's body"), { $0.sites[0].routes[1].bodyLimit = 1 << 41 }),
        Unsound(.badReference("a route's pool"), { $0.sites[0].routes[1].action = .proxy(pool: 2) }),
        Unsound(.outOfRange("the limit fields"), { $0.limits[.fields] = 251 }),
        Unsound(.outOfRange("the limit target"), { $0.limits[.target] = 20 << 10 }),
        Unsound(.outOfRange("workers"), { $0.workers = 0 }),
        Unsound(.badText("the name in Via"), { $0.forwarding.via = "a b" }),
        Unsound(.outOfRange("the audit's must"), { $0.audit.must = RecordKinds(rawValue: 1 << 15) }),
        Unsound(.outOfRange("the audit's segment_size"), { $0.audit.segmentSize = 1 }),
        Unsound(.outOfRange("the audit's keep"), { $0.audit.keep = 1 }),
    ]
}
