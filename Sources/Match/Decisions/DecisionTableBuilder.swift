import Plan

/// Lays out what a ``DecisionTable`` holds.
struct DecisionTableBuilder {
    private(set) var conditions: ConditionTableBuilder
    private(set) var routeConditions: [UInt32] = []
    private(set) var routeNetworks: [TextPlace] = []
    private(set) var siteRules: [TextPlace] = []
    private(set) var actions: [RouteAction] = []
    private(set) var rules: [RuleEntry] = []
    private(set) var places: [RulePlace] = []
    private(set) var splits: [Split] = []
    private(set) var redirects: [Redirect] = []
    private(set) var responses: [FixedResponse] = []

    init(_ plan: Plan) throws(UnusablePlan) {
        conditions = ConditionTableBuilder(plan)
        for (number, site) in plan.sites.enumerated() {
            siteRules.append(try add(site.rules, site: number, route: nil))
            for route in site.routes { try add(route, site: number) }
        }
    }

    private mutating func add(_ route: Route, site: Int) throws(UnusablePlan) {
        let number = actions.count
        routeConditions.append(try conditions.add(route.condition))
        routeNetworks.append(route.from.map { conditions.run(ofNetworks: $0) } ?? TextPlace())
        var action = action(of: route)
        action.rules = try add(route.rules, site: site, route: number)
        actions.append(action)
    }

    private mutating func action(of route: Route) -> RouteAction {
        var action = RouteAction()
        switch route.action {
        case .proxy(let pool): action.number = UInt32(pool)
        case .split(let split):
            action.kind = .split
            action.number = UInt32(splits.count)
            splits.append(split)
        case .redirect(let redirect):
            action.kind = .redirect
            action.number = add(redirect)
        case .respond(let response):
            action.kind = .respond
            action.number = add(response)
        case .maintenance(let maintenance):
            action.kind = .maintenance
            action.number = maintenance.pool.map { UInt32($0) } ?? RouteAction.nowhere
            action.except = conditions.run(ofNetworks: maintenance.except)
            action.page = Int32(maintenance.page ?? -1)
            action.retryAfter = UInt32(maintenance.retryAfter / 1_000)
        }
        return action
    }

    private mutating func add(_ list: [Rule], site: Int, route: Int?) throws(UnusablePlan) -> TextPlace {
        let start = rules.count
        for (index, rule) in list.enumerated() {
            var entry = RuleEntry()
            do throws(UnusablePlan) {
                entry.condition = try conditions.add(rule.condition)
            } catch { throw UnusablePlan("rule \"\(rule.name)\": \(error)") }
            switch rule.action {
            case .deny(let status, let page):
                entry.action = .deny
                entry.status = status
                entry.page = Int32(page ?? -1)
            case .allow: entry.action = .allow
            case .redirect(let redirect):
                entry.action = .redirect
                entry.number = add(redirect)
            case .respond(let response):
                entry.action = .respond
                entry.number = add(response)
            case .log: entry.action = .log
            }
            rules.append(entry)
            places.append(RulePlace(site: site, route: route, index: index))
        }
        return TextPlace(start: start, count: list.count)
    }

    private mutating func add(_ redirect: Redirect) -> UInt32 {
        redirects.append(redirect)
        return UInt32(redirects.count - 1)
    }

    private mutating func add(_ response: FixedResponse) -> UInt32 {
        responses.append(response)
        return UInt32(responses.count - 1)
    }
}
