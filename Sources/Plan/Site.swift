/// A `site` block: host names and what is done with the requests for them.
public struct Site: Equatable, Sendable {
    /// The names, in the order of the policy; the first is the one that stands in logs.
    public var names: [HostPattern]

    /// Numbers of the listeners that serve it: every address of the `listen` blocks that `on` names.
    public var listeners: [Int]

    /// The routes, in the order of the policy.
    public var routes: [Route]

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A site of these parts.
    public init(names: [HostPattern], listeners: [Int], routes: [Route], position: SourcePosition = SourcePosition()) {
        self.names = names
        self.listeners = listeners
        self.routes = routes
        self.position = position
    }
}
