import Plan

/// A sound plan in which every kind of part and every optional part occurs.
enum PlanSample {
    static func make() -> Plan {
        var plan = Plan(
            listeners: [
                Listener(name: "public", kind: .https, address: address("0.0.0.0", 443), tls: [0, 1], http2: true),
                Listener(name: "public", kind: .redirect, address: address("0.0.0.0", 80), redirectPort: 443),
                Listener(name: "inner", kind: .http, address: address("2001:db8::1", 8080)),
            ],
            tls: [
                TLSSettings(
                    name: "main",
                    certificates: [
                        CertificateFiles(certificate: "tls/rsa.pem", key: "tls/rsa.key"),
                        CertificateFiles(certificate: "tls/ec.pem", key: "tls/ec.key"),
                    ]),
                TLSSettings(
                    name: "other", certificates: [CertificateFiles(certificate: "/etc/o.pem", key: "/etc/o.key")],
                    minimum: .v1_3, unknownName: .refuse, sessionTickets: false, ticketEpoch: 3_600_000,
                    names: [.exact("other.example"), .wildcard("other.example")]),
            ],
            networks: [
                Network(
                    name: "office",
                    blocks: [block("203.0.113.0", 24), block("2001:db8:10::", 48), block("192.0.2.7", 32)])
            ],
            pools: [
                Pool(
                    name: "wiki",
                    servers: [
                        Server(host: "10.20.0.11", port: 8080, weight: 2), Server(host: "wiki.inner", port: 80),
                        Server(host: "2001:db8::5", port: 80),
                    ]),
                Pool(name: "app", servers: [Server(host: "app", port: 81)]),
            ])
        plan.sites = [
            Site(
                names: [.exact("a.example"), .wildcard("a.example")], listeners: [0, 1],
                routes: [
                    Route(pattern: pattern("/*"), action: .proxy(pool: 0)),
                    Route(
                        pattern: pattern("/admin/*"), methods: [MethodSet(bit: 0), MethodSet(bit: 2)], from: [0],
                        bodyLimit: 65_536, action: .proxy(pool: 1), position: SourcePosition(line: 9, column: 3)),
                    Route(pattern: pattern("/x"), bodyLimit: 0, action: .proxy(pool: 1)),
                ], position: SourcePosition(line: 7, column: 1)),
            Site(
                names: [.any, .exact("192.0.2.1"), .exact("[2001:db8::1]")], listeners: [2],
                routes: [Route(pattern: pattern("/*"), action: .proxy(pool: 1))]),
        ]
        PlanSample.addEverything(to: &plan)
        plan.limits[.head] = 5_000
        plan.pools[0].limits[.connections] = 200
        plan.forwarding = Forwarding(received: .append, via: "edge-1")
        plan.audit = AuditSettings(
            directory: "audit", accessLog: .file("access.log"), must: [.login, .deny], onFull: .deny, keep: 86_400_000)
        plan.workers = 4
        return plan
    }

    static func address(_ text: String, _ port: UInt16) -> SocketAddress {
        SocketAddress(address: IPAddress(text)!, port: port)
    }

    static func block(_ text: String, _ length: Int) -> AddressBlock {
        AddressBlock(IPAddress(text)!, prefixLength: length)!
    }

    static func pattern(_ text: String) -> PathPattern {
        text.hasSuffix("*") ? PathPattern(.prefix, Array(text.utf8.dropLast())) : PathPattern(.exact, Array(text.utf8))
    }
}
