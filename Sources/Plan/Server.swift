/// One server of a pool.
public struct Server: Equatable, Sendable {
    /// A host name or an address, as the dialer resolves it; an IPv6 address stands without brackets.
    public var host: String

    /// The port, 1 to 65535.
    public var port: UInt16

    /// How often it is chosen, compared with its neighbours; within ``PlanBounds/weight``.
    public var weight: Int

    /// The server at `host` and `port`.
    public init(host: String, port: UInt16, weight: Int = 1) {
        self.host = host
        self.port = port
        self.weight = weight
    }
}
