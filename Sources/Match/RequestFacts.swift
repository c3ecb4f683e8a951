public import Plan

/// What is known of a request besides its head.
public struct RequestFacts: BitwiseCopyable, Sendable {
    /// The number of the listener that it came by.
    public var listener: Int

    /// The address of the client.
    public var client: IPAddress

    /// The version of TLS; nil without TLS.
    public var tlsVersion: TLSVersion?

    /// Whether the head names the host that the client named in its TLS handshake, if it named one (RFC 9110
    /// section 7.4).
    public var namesAgree: Bool

    /// When it came: microseconds since 1970-01-01 00:00 UTC.
    public var time: UInt64

    /// A number that differs from request to request, for splits by chance.
    public var chance: UInt64

    /// Facts of these parts.
    public init(
        listener: Int, client: IPAddress, tlsVersion: TLSVersion? = nil, namesAgree: Bool = true, time: UInt64 = 0,
        chance: UInt64 = 0
    ) {
        self.listener = listener
        self.client = client
        self.tlsVersion = tlsVersion
        self.namesAgree = namesAgree
        self.time = time
        self.chance = chance
    }
}
