/// One thing that was looked at on the way to a decision, in the order of the way.
public enum DecisionStep: Equatable, Sendable {
    /// The listener serves the host by the site with this number; nil when by none.
    case site(Int?)

    /// Whether the head names the host of the TLS handshake.
    case serverName(agrees: Bool)

    /// The listener sends everybody to HTTPS.
    case redirectListener

    /// Whether the condition of the rule with this plan-wide number holds; a rule without one always does.
    case rule(Int, holds: Bool)

    /// No route of the site is for the path.
    case noRoute

    /// Whether the condition of the route with this plan-wide number holds; routes without one are not asked.
    case condition(route: Int, holds: Bool)

    /// Whether the route takes the method; routes that take all are not asked.
    case methods(route: Int, takes: Bool)

    /// Whether the client is in the networks that the route is for; routes for everybody are not asked.
    case networks(route: Int, contain: Bool)

    /// The route with this number decides.
    case route(Int)

    /// A split chose this pool, because of a forced value or else by the hash of its key or by chance.
    case split(pool: Int, isForced: Bool)

    /// Whether the client is in the networks that pass while the route is closed.
    case maintenance(passes: Bool)
}

/// Who is told of the steps.
protocol DecisionObserver {
    mutating func note(_ step: DecisionStep)
}

/// Nobody: the compiler leaves the steps out.
struct NoObserver: DecisionObserver {
    @inline(__always)
    mutating func note(_ step: DecisionStep) {}
}

/// Keeps the steps.
struct StepRecorder: DecisionObserver {
    private(set) var steps: [DecisionStep] = []

    mutating func note(_ step: DecisionStep) { steps.append(step) }
}
