import Plan

/// A plan that is sound, with one pool of these servers.
enum PoolPlan {
    static func image(_ servers: [(host: String, port: UInt16)], connections: UInt64 = 1_000, connect: UInt64 = 2_000)
        -> [UInt8]
    {
        let address = SocketAddress(address: IPAddress(ipv4: 0x7f00_0001), port: 8080)
        let listener = Listener(name: "public", kind: .http, address: address)
        let route = Route(pattern: PathPattern(.prefix, [UInt8(ascii: "/")]), action: .proxy(pool: 0))
        let site = Site(names: [.any], listeners: [0], routes: [route])
        var limits = PoolLimits()
        limits[.connections] = connections
        limits[.connect] = connect
        let pool = Pool(name: "app", servers: servers.map { Server(host: $0.host, port: $0.port) }, limits: limits)
        return Plan(listeners: [listener], pools: [pool], sites: [site]).encoded()
    }
}
