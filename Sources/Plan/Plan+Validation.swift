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
        try validateProfiles()
        for site in sites { try site.validate(in: self) }
        try Plan.checkDistinct(listeners.map(\.address), "a listener's address")
        try Plan.checkDistinct(tls.map(\.name), "a tls name")
        try Plan.checkDistinct(networks.map(\.name), "a network's name")
        try Plan.checkDistinct(pools.map(\.name), "a pool's name")
        try checkSitesDiffer()
        try checkSettings()
    }

    private func validateProfiles() throws(PlanError) {
        try Plan.check(count: lists.count, in: 0...PlanBounds.lists, "lists")
        try Plan.check(count: pages.count, in: 0...PlanBounds.pages, "pages")
        try Plan.check(count: headers.count, in: 0...PlanBounds.profiles, "headers")
        try Plan.check(count: errors.count, in: 0...PlanBounds.profiles, "errors")
        try Plan.check(count: rateLimits.count, in: 0...PlanBounds.profiles, "limits")
        try Plan.check(count: firewalls.count, in: 0...PlanBounds.profiles, "wafs")
        for list in lists { try list.validate() }
        for page in pages { try page.validate() }
        if pages.reduce(0, { $0 + $1.body.count }) > PlanBounds.allPages { throw .badCount("bytes of pages") }
        for profile in headers { try profile.validate() }
        for profile in errors { try profile.validate(in: self) }
        for limit in rateLimits { try limit.validate() }
        for firewall in firewalls { try firewall.validate() }
        try Plan.checkDistinct(lists.map(\.name), "a list's name")
        try Plan.checkDistinct(pages.map(\.file), "a page's file")
        try Plan.checkDistinct(headers.compactMap(\.name), "a headers' name")
        try Plan.checkDistinct(errors.compactMap(\.name), "an errors' name")
        try Plan.checkDistinct(rateLimits.map(\.name), "a limit's name")
        try Plan.checkDistinct(firewalls.map(\.name), "a waf's name")
    }

    private func checkSettings() throws(PlanError) {
        try limits.validate()
        if limits[.target] > limits[.headSize] { throw .outOfRange("the limit target") }
        if limits[.field] > limits[.headSize] { throw .outOfRange("the limit field") }
        if let workers, !(1...PlanBounds.workers).contains(workers) { throw .outOfRange("workers") }
        if !PlanText.isToken(forwarding.via) { throw .badText("the name in Via") }
        try audit.validate()
        try zone.validate()
        try Plan.check(count: sources.count, in: 0...PlanBounds.sources, "sources")
        for name in sources where !PlanText.isFileName(name) { throw .badText("a source's name") }
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
