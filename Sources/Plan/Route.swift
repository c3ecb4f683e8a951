/// A `route` block: what is done with requests for some paths of a site.
public struct Route: Equatable, Sendable {
    /// What is done with a request.
    public enum Action: Equatable, Sendable {
        /// It is passed to a server of the pool with this number.
        case proxy(pool: Int)

        /// It is passed to a server of one of several pools.
        case split(Split)

        /// The client is sent elsewhere.
        case redirect(Redirect)

        /// It is answered here.
        case respond(FixedResponse)

        /// It is answered 503, unless it comes from some networks.
        case maintenance(Maintenance)
    }

    /// The paths it is for.
    public var pattern: PathPattern

    /// For which of the requests for these paths it is; nil means all. Among the routes of one pattern, those with a
    /// condition are tried in the order of the policy, then those without, of which one takes the method at most.
    public var condition: Condition?

    /// The methods it takes; nil means every method. Others are answered 405.
    public var methods: MethodSet?

    /// Numbers of the networks whose clients may use it; nil means everybody. Others are refused.
    public var from: [Int]?

    /// The largest request body in bytes; nil means ``LimitName/body`` of the plan.
    public var bodyLimit: UInt64?

    /// The rules that are tried once the route is found, after ``from`` and ``methods``.
    public var rules: [Rule]

    /// What is done with a request.
    public var action: Action

    /// How the path is changed before it is passed on; nil leaves it.
    public var path: PathRewrite?

    /// What holds for its requests and answers; see there for what comes from the site.
    public var profiles: RouteProfiles

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A route of these parts.
    public init(
        pattern: PathPattern, condition: Condition? = nil, methods: MethodSet? = nil, from: [Int]? = nil,
        bodyLimit: UInt64? = nil, rules: [Rule] = [], action: Action, path: PathRewrite? = nil,
        profiles: RouteProfiles = RouteProfiles(), position: SourcePosition = SourcePosition()
    ) {
        self.pattern = pattern
        self.condition = condition
        self.methods = methods
        self.from = from
        self.bodyLimit = bodyLimit
        self.rules = rules
        self.action = action
        self.path = path
        self.profiles = profiles
        self.position = position
    }
}
