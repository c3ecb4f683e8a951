/// A `route` block: what is done with requests for some paths of a site.
public struct Route: Equatable, Sendable {
    /// What is done with a request.
    public enum Action: Equatable, Sendable {
        /// It is passed to a server of the pool with this number.
        case proxy(pool: Int)
    }

    /// The paths it is for.
    public var pattern: PathPattern

    /// The methods it takes; nil means every method. Others are answered 405.
    public var methods: MethodSet?

    /// Numbers of the networks whose clients may use it; nil means everybody. Others are refused.
    public var from: [Int]?

    /// The largest request body in bytes; nil means ``LimitName/body`` of the plan.
    public var bodyLimit: UInt64?

    /// What is done with a request.
    public var action: Action

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A route of these parts.
    public init(
        pattern: PathPattern, methods: MethodSet? = nil, from: [Int]? = nil, bodyLimit: UInt64? = nil, action: Action,
        position: SourcePosition = SourcePosition()
    ) {
        self.pattern = pattern
        self.methods = methods
        self.from = from
        self.bodyLimit = bodyLimit
        self.action = action
        self.position = position
    }
}
