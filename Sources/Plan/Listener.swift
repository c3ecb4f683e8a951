/// One address that is listened on. A `listen` block of the policy makes one of these for each of its addresses.
public struct Listener: Equatable, Sendable {
    /// What is spoken on a listener.
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// HTTP over TLS.
        case https = 1

        /// HTTP without TLS.
        case http = 2

        /// HTTP without TLS, where every request for a known site is redirected to `https`.
        case redirect = 3
    }

    /// The name of the `listen` block; shared by all its addresses.
    public var name: String

    /// What is spoken here.
    public var kind: Kind

    /// Where connections are accepted.
    public var address: SocketAddress

    /// Numbers of TLS settings, in the order of the policy; the first is the default. Empty unless `https`.
    public var tls: [Int]

    /// The port that a redirect names, when the kind is `redirect`; 0 otherwise.
    public var redirectPort: UInt16

    /// Whether HTTP/2 is spoken: offered in the TLS handshake, or without TLS to clients that know it beforehand
    /// (RFC 9113 section 3.3). Never on a redirect.
    public var http2: Bool

    /// A listener of these parts.
    public init(
        name: String, kind: Kind, address: SocketAddress, tls: [Int] = [], redirectPort: UInt16 = 0,
        http2: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.tls = tls
        self.redirectPort = redirectPort
        self.http2 = http2
    }
}
