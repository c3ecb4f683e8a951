/// One server, as the dialer knows it: by its plan-wide number, see ``Plan/upstreams``.
public struct Upstream: Equatable, Sendable {
    /// The number of its pool.
    public let pool: Int

    /// Its place in that pool.
    public let server: Int

    /// A host name or an address; an IPv6 address stands without brackets.
    public let host: String

    /// The port, 1 to 65535.
    public let port: UInt16
}
