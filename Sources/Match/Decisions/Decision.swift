public import HTTPModel
public import Plan

/// What becomes of a request, and what decided it.
public struct Decision: BitwiseCopyable, Equatable, Sendable {
    /// What becomes of it.
    public enum Action: BitwiseCopyable, Equatable, Sendable {
        /// It is passed to a server of the pool with this number.
        case forward(pool: Int)

        /// It is refused; ``Decision/status`` says how.
        case refuse(Reason)

        /// It is answered with the redirect of this number in ``DecisionTable/redirects``.
        case redirect(Int)

        /// It is answered with the fixed answer of this number in ``DecisionTable/responses``.
        case respond(Int)

        /// It is sent to the same place by HTTPS, which is served at this port.
        case redirectToHTTPS(port: UInt16)
    }

    /// What becomes of it.
    public var action: Action

    /// The number of its site; nil when there is none.
    public var site: Int?

    /// The plan-wide number of the route that was found for it; nil when it was decided without one. For a method that
    /// no route of the path takes it is the first of these routes.
    public var route: Int?

    /// The plan-wide number of the rule that decided, see ``DecisionTable/place(ofRule:)``; nil when none did.
    public var rule: Int?

    /// The status of a refusal; 0 for everything else.
    public var status: UInt16 = 0

    /// The number of the plan's page that a refusal shows; nil means that of the route or site for the status.
    public var page: Int?

    /// The methods that the path takes, when that is why it is refused.
    public var allow: MethodSet = []

    /// Seconds after which a refused client may try again; 0 says nothing about it.
    public var retryAfter: UInt64 = 0

    /// `action` at a site and a route.
    init(_ action: Action, site: Int?, route: Int? = nil, rule: Int? = nil) {
        self.action = action
        self.site = site
        self.route = route
        self.rule = rule
        if case .refuse(let reason) = action { status = reason.status }
    }
}
