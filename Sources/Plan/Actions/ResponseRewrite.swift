/// A `rewrite` block: what is changed in responses so that no name from inside leaks, and what comes back is at home
/// under the site's own host and paths.
public struct ResponseRewrite: Equatable, Sendable {
    /// Changes of cookies that upstreams set (RFC 6265 section 4.1).
    public struct Cookies: Equatable, Sendable {
        /// `SameSite` (RFC 6265bis section 4.1.2.7).
        public enum SameSite: UInt8, BitwiseCopyable, Sendable {
            /// `Strict`
            case strict = 1

            /// `Lax`
            case lax = 2

            /// `None`
            case none = 3
        }

        /// Whether `Domain` is removed, so that the cookie is for the host that the client named.
        public var domain: Bool

        /// Whether `Path` is changed back the way that ``Route/path`` changed the request's.
        public var path: Bool

        /// Whether `Secure` is added where the client's connection has TLS.
        public var secure: Bool

        /// Whether `HttpOnly` is added.
        public var httpOnly: Bool

        /// The `SameSite` that is added where there is none; nil leaves it.
        public var sameSite: SameSite?

        /// Changes of these kinds; none unless told.
        public init(
            domain: Bool = false, path: Bool = false, secure: Bool = false, httpOnly: Bool = false,
            sameSite: SameSite? = nil
        ) {
            self.domain = domain
            self.path = path
            self.secure = secure
            self.httpOnly = httpOnly
            self.sameSite = sameSite
        }
    }

    /// Whether `Location` and `Content-Location` that lead to a server of the route's pools, or to one of ``hosts``,
    /// are changed to the client's scheme, host and port, and their path back the way that ``Route/path`` changed the
    /// request's.
    public var location: Bool

    /// Other hosts from inside, by which upstreams may call themselves; in lower case, without a port.
    public var hosts: [String]

    /// Changes of cookies; nil means none.
    public var cookies: Cookies?

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A rewriting of these parts; none unless told.
    public init(
        location: Bool = false, hosts: [String] = [], cookies: Cookies? = nil,
        position: SourcePosition = SourcePosition()
    ) {
        self.location = location
        self.hosts = hosts
        self.cookies = cookies
        self.position = position
    }
}
