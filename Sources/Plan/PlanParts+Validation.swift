extension Listener {
    func validate(tlsCount: Int) throws(PlanError) {
        try Plan.check(name: name, "a listener's name")
        if address.port == 0 { throw .outOfRange("a listener's port") }
        try Plan.check(count: tls.count, in: kind == .https ? 1...PlanBounds.tls : 0...0, "tls settings of a listener")
        for number in tls { try Plan.check(reference: number, below: tlsCount, "a listener's tls") }
        try Plan.checkDistinct(tls, "a listener's tls")
        if (kind == .redirect) != (redirectPort != 0) { throw .outOfRange("a listener's redirect port") }
        if kind == .redirect && http2 { throw .outOfRange("whether a listener speaks HTTP/2") }
    }
}

extension TLSSettings {
    func validate() throws(PlanError) {
        try Plan.check(name: name, "a tls name")
        try Plan.check(count: certificates.count, in: 1...PlanBounds.certificates, "certificates of a tls")
        for files in certificates {
            if !PlanText.isFileName(files.certificate) { throw .badText("a certificate's file name") }
            if !PlanText.isFileName(files.key) { throw .badText("a key's file name") }
        }
        if minimum > maximum { throw .outOfRange("a tls minimum") }
        if !PlanBounds.ticketEpoch.contains(ticketEpoch) { throw .outOfRange("a tls ticket_epoch") }
        try Plan.check(count: names.count, in: 0...PlanBounds.names, "names of a tls")
        for name in names {
            try name.validate("a tls host")
            if name == .any { throw .outOfRange("a tls host") }
        }
        try Plan.checkDistinct(names, "a tls host")
    }
}

extension HostPattern {
    func validate(_ part: String) throws(PlanError) {
        switch self {
        case .exact(let name): if !PlanText.isExactHost(name) { throw .badText(part) }
        case .wildcard(let name): if !PlanText.isHostName(name) { throw .badText(part) }
        case .any: break
        }
    }
}

extension Network {
    func validate() throws(PlanError) {
        try Plan.check(name: name, "a network's name")
        try Plan.check(count: blocks.count, in: 1...PlanBounds.blocks, "blocks of a network")
    }
}

extension Pool {
    func validate() throws(PlanError) {
        try Plan.check(name: name, "a pool's name")
        try Plan.check(count: servers.count, in: 1...PlanBounds.servers, "servers of a pool")
        for server in servers {
            if !PlanText.isServerHost(server.host) { throw .badText("a server's host") }
            if server.port == 0 { throw .outOfRange("a server's port") }
            if !PlanBounds.weight.contains(server.weight) { throw .outOfRange("a server's weight") }
        }
        try limits.validate()
    }
}

extension Site {
    func validate(in plan: Plan) throws(PlanError) {
        try Plan.check(count: names.count, in: 1...PlanBounds.names, "names of a site")
        for name in names { try name.validate("a site's host") }
        try Plan.check(count: listeners.count, in: 1...PlanBounds.listeners, "listeners of a site")
        for number in listeners { try Plan.check(reference: number, below: plan.listeners.count, "a site's listener") }
        try Plan.check(count: routes.count, in: 1...PlanBounds.routes, "routes of a site")
        try Plan.check(count: rules.count, in: 0...PlanBounds.rules, "rules of a site")
        for rule in rules { try rule.validate(in: plan) }
        try profiles.validate(in: plan)
        try Plan.check(count: exceptions.count, in: 0...PlanBounds.exceptions, "exceptions of a site")
        for exception in exceptions { try exception.validate() }
        try validateRoutes(in: plan)
    }

    private func validateRoutes(in plan: Plan) throws(PlanError) {
        var taken: [PathPattern: MethodSet] = [:]
        for route in routes {
            try route.validate(in: plan)
            // Those with a condition are tried in their order; nothing is ambiguous among them.
            if route.condition != nil { continue }
            let methods = route.methods ?? .all
            if !methods.isDisjoint(with: taken[route.pattern, default: []]) { throw .duplicate("a route's path") }
            taken[route.pattern, default: []].formUnion(methods)
        }
    }
}

extension Route {
    func validate(in plan: Plan) throws(PlanError) {
        try pattern.validate("a route's path")
        if let condition { try condition.validate(in: plan) }
        if let methods, methods.isEmpty || !methods.isSubset(of: .all) { throw .outOfRange("a route's methods") }
        if let from {
            try Plan.check(count: from.count, in: 1...PlanBounds.networks, "networks of a route")
            for number in from { try Plan.check(reference: number, below: plan.networks.count, "a route's from") }
        }
        if let bodyLimit, !LimitName.body.setting.range.contains(bodyLimit) { throw .outOfRange("a route's body") }
        try Plan.check(count: rules.count, in: 0...PlanBounds.rules, "rules of a route")
        for rule in rules { try rule.validate(in: plan) }
        try validateAction(in: plan)
        if let path { try path.validate() }
        try profiles.validate(in: plan)
    }

    private func validateAction(in plan: Plan) throws(PlanError) {
        switch action {
        case .proxy(let pool): try Plan.check(reference: pool, below: plan.pools.count, "a route's pool")
        case .split(let split): try split.validate(in: plan)
        case .redirect(let redirect): try redirect.validate()
        case .respond(let response): try response.validate()
        case .maintenance(let maintenance): try maintenance.validate(in: plan)
        }
    }
}

extension PathPattern {
    func validate(_ part: String) throws(PlanError) {
        if !PlanText.isCanonicalPath(path) { throw .badText(part) }
        if kind == .prefix && path.last != UInt8(ascii: "/") { throw .badText(part) }
    }
}

extension AuditSettings {
    func validate() throws(PlanError) {
        if let directory, !PlanText.isFileName(directory) { throw .badText("the audit directory") }
        if case .file(let name) = accessLog, !PlanText.isFileName(name) { throw .badText("the access log") }
        if !must.isSubset(of: .all) { throw .outOfRange("the audit's must") }
        if !PlanBounds.segmentSize.contains(segmentSize) { throw .outOfRange("the audit's segment_size") }
        if !PlanBounds.segmentAge.contains(segmentAge) { throw .outOfRange("the audit's segment_age") }
        if let keep, !PlanBounds.keep.contains(keep) { throw .outOfRange("the audit's keep") }
    }
}
