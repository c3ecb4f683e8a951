extension Plan {
    /// Checks that the plan is sound: that every part is within ``PlanBounds`` and well formed, every number stands
    /// for something, and nothing is ambiguous.
    ///
    /// A plan that the policy checker made is sound; ``init(decoding:)`` checks every image again.
    public func validate() throws(PlanError) {
        try Plan.check(count: listeners.count, in: 1...PlanBounds.listeners, "listeners")
        try Plan.check(count: tls.count, in: 0...PlanBounds.tls, "tls settings")
        try Plan.check(count: networks.count, in: 0...PlanBounds.networks, "networks")
        try Plan.check(count: pools.count, in: 0...PlanBounds.pools, "pools")
        try Plan.check(count: sites.count, in: 1...PlanBounds.sites, "sites")
        try Plan.check(
            count: pools.reduce(0) { $0 + $1.servers.count }, in: 0...PlanBounds.upstreams, "servers of all pools")
        for listener in listeners { try listener.validate(tlsCount: tls.count) }
        for settings in tls { try settings.validate() }
        for network in networks { try network.validate() }
        for pool in pools { try pool.validate() }
        for site in sites { try site.validate(in: self) }
        try Plan.checkDistinct(listeners.map(\.address), "a listener's address")
        try Plan.checkDistinct(tls.map(\.name), "a tls name")
        try Plan.checkDistinct(networks.map(\.name), "a network's name")
        try Plan.checkDistinct(pools.map(\.name), "a pool's name")
        try checkSitesDiffer()
        try checkSettings()
    }

    private func checkSettings() throws(PlanError) {
        try limits.validate()
        if limits[.target] > limits[.headSize] { throw .outOfRange("the limit target") }
        if limits[.field] > limits[.headSize] { throw .outOfRange("the limit field") }
        if let workers, !(1...PlanBounds.workers).contains(workers) { throw .outOfRange("workers") }
        if !PlanText.isToken(forwarding.via) { throw .badText("the name in Via") }
        try audit.validate()
    }

    private func checkSitesDiffer() throws(PlanError) {
        var hosts: [Set<HostPattern>] = listeners.map { _ in [] }
        for site in sites {
            for listener in site.listeners {
                for name in site.names where !hosts[listener].insert(name).inserted {
                    throw .duplicate("a site's host")
                }
            }
        }
    }

    static func check(count: Int, in range: ClosedRange<Int>, _ part: String) throws(PlanError) {
        if !range.contains(count) { throw .badCount(part) }
    }

    static func check(reference: Int, below count: Int, _ part: String) throws(PlanError) {
        if !(0..<count).contains(reference) { throw .badReference(part) }
    }

    static func check(name: String, _ part: String) throws(PlanError) {
        if !PlanText.isName(name) { throw .badText(part) }
    }

    static func checkDistinct<Value: Hashable>(_ values: [Value], _ part: String) throws(PlanError) {
        if Set(values).count != values.count { throw .duplicate(part) }
    }
}

extension SettingValues {
    func validate() throws(PlanError) {
        for name in Name.allCases where !name.setting.range.contains(self[name]) {
            throw .outOfRange("the limit \(name.setting.word)")
        }
    }
}
