import Plan

/// The smallest plan that is sound.
enum SmallPlan {
    static func image(_ settings: AuditSettings) -> [UInt8] {
        let address = SocketAddress(address: IPAddress(ipv4: 0x7f00_0001), port: 8080)
        let listener = Listener(name: "public", kind: .http, address: address)
        let pool = Pool(name: "app", servers: [Server(host: "127.0.0.1", port: 9)])
        let route = Route(pattern: PathPattern(.prefix, [UInt8(ascii: "/")]), action: .proxy(pool: 0))
        let site = Site(names: [.any], listeners: [0], routes: [route])
        return Plan(listeners: [listener], pools: [pool], sites: [site], audit: settings).encoded()
    }
}
