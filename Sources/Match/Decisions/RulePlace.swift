/// Where a rule stands in the plan.
public struct RulePlace: BitwiseCopyable, Equatable, Sendable {
    /// The number of its site.
    public let site: Int

    /// The plan-wide number of its route; nil for a rule of the site.
    public let route: Int?

    /// Its place in the list of the site or route.
    public let index: Int
}

/// A rule as it is tried.
struct RuleEntry: BitwiseCopyable {
    enum Action: UInt8, BitwiseCopyable {
        case deny, allow, redirect, respond, log
    }

    var condition = ConditionTable.always
    var action = Action.log

    /// The status of a denial, and its page or -1.
    var status: UInt16 = 0
    var page: Int32 = -1

    /// The number of the redirect or fixed answer.
    var number: UInt32 = 0
}

/// What a route does, once it has been found.
struct RouteAction: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        case proxy, split, redirect, respond, maintenance
    }

    var kind = Kind.proxy
    var rules = TextPlace()

    /// The number of the pool, split, redirect or fixed answer. Of a maintenance the pool, or ``nowhere``.
    var number: UInt32 = 0

    /// Of a maintenance: the networks that pass, the page or -1, seconds.
    var except = TextPlace()
    var page: Int32 = -1
    var retryAfter: UInt32 = 0

    static var nowhere: UInt32 { .max }
}
