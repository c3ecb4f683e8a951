import Bytes
public import Plan

/// The policy as requests ask it: sites, rules, conditions, routes and splits. Built once from a plan, never changed.
///
/// A decision allocates nothing and costs the length of the head and what its conditions cost, however many sites,
/// routes and networks there are.
public struct DecisionTable: ~Copyable {
    let sites: SiteTable
    let routes: RouteTable
    let conditions: ConditionTable
    let splits: SplitTable

    /// For each listener, the port that it sends everybody to by HTTPS; 0 when it does not.
    let redirectPorts: Slab<UInt16>

    /// For each site, its rules; for each route, what it does.
    let siteRules: Slab<TextPlace>
    let actions: Slab<RouteAction>
    let rules: Slab<RuleEntry>
    let limits: Limits
    private let places: [RulePlace]

    /// The redirects of the plan's rules and routes, which decisions name by number.
    public let redirects: [Redirect]

    /// The fixed answers of the plan's rules and routes, which decisions name by number.
    public let responses: [FixedResponse]

    /// The table of a sound plan.
    ///
    /// - Throws: what in the plan cannot be served: a pattern that is no regular expression.
    public init(_ plan: Plan) throws(UnusablePlan) {
        self.init(plan, try DecisionTableBuilder(plan))
    }

    private init(_ plan: Plan, _ builder: consuming DecisionTableBuilder) {
        sites = SiteTable(plan)
        routes = RouteTable(
            RouteTableBuilder(plan, conditions: builder.routeConditions, networks: builder.routeNetworks))
        conditions = ConditionTable(builder.conditions)
        splits = SplitTable(builder.splits)
        redirectPorts = Slab(plan.listeners.map { $0.kind == .redirect ? $0.redirectPort : 0 }, empty: 0)
        siteRules = Slab(builder.siteRules, empty: TextPlace())
        actions = Slab(builder.actions, empty: RouteAction())
        rules = Slab(builder.rules, empty: RuleEntry())
        limits = plan.limits
        places = builder.places
        redirects = builder.redirects
        responses = builder.responses
    }

    /// Rules of all sites and routes together.
    public var ruleCount: Int { places.count }

    /// Where the rule with the plan-wide number `rule` stands. Rules are numbered site by site: those of the site, then
    /// those of its routes in their order.
    public func place(ofRule rule: Int) -> RulePlace { places[rule] }
}
