/// A `site` block: host names and what is done with the requests for them.
public struct Site: Equatable, Sendable {
    /// The names, in the order of the policy; the first is the one that stands in logs.
    public var names: [HostPattern]

    /// Numbers of the listeners that serve it: every address of the `listen` blocks that `on` names.
    public var listeners: [Int]

    /// The rules for all requests, in the order in which they are tried; before a route is looked for.
    public var rules: [Rule]

    /// The routes, in the order of the policy.
    public var routes: [Route]

    /// What holds for answers that no route gives: refusals before there is one. Routes have what holds for them.
    public var profiles: RouteProfiles

    /// Where the firewall's rules do not look.
    public var exceptions: [FirewallException]

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A site of these parts.
    public init(
        names: [HostPattern], listeners: [Int], rules: [Rule] = [], routes: [Route],
        profiles: RouteProfiles = RouteProfiles(), exceptions: [FirewallException] = [],
        position: SourcePosition = SourcePosition()
    ) {
        self.names = names
        self.listeners = listeners
        self.rules = rules
        self.routes = routes
        self.profiles = profiles
        self.exceptions = exceptions
        self.position = position
    }
}
