/// What a site or a route has by name or by a block within it. A route that says nothing about one of them has its
/// site's: the plan holds for each route what holds for it, and `show` finds by the positions where it came from.
public struct RouteProfiles: Equatable, Sendable {
    /// The number of the ``HeaderProfile``; nil changes no field.
    public var headers: Int?

    /// The number of the ``ErrorPages``; nil means the appliance's own pages.
    public var errors: Int?

    /// Changes of `Location` and cookies; nil means none.
    public var rewrite: ResponseRewrite?

    /// Numbers of the ``RateLimit``s, in the order of the policy.
    public var limits: [Int]

    /// The number of the ``Firewall``; nil inspects nothing.
    public var firewall: Int?

    /// Profiles of these parts; none unless told.
    public init(
        headers: Int? = nil, errors: Int? = nil, rewrite: ResponseRewrite? = nil, limits: [Int] = [],
        firewall: Int? = nil
    ) {
        self.headers = headers
        self.errors = errors
        self.rewrite = rewrite
        self.limits = limits
        self.firewall = firewall
    }
}
