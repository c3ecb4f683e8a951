/// What a proxy says of the client and of itself.
public struct ForwardedFields: ~Escapable {
    /// The client's address as text, an IPv6 address without brackets; empty when it is not known.
    public let client: Span<UInt8>

    /// The name of this proxy in `Via`, a token; no `Via` is sent when it is empty.
    public let pseudonym: Span<UInt8>

    /// Which fields are sent.
    public let rules: ForwardingRules

    /// Speaks of `client`, by `rules`, as `pseudonym`.
    @_lifetime(copy client, copy pseudonym)
    public init(client: Span<UInt8>, pseudonym: Span<UInt8>, rules: ForwardingRules) {
        self.client = client
        self.pseudonym = pseudonym
        self.rules = rules
    }
}
