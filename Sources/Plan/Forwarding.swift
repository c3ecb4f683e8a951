/// A `forwarding` block: what upstreams are told about the client and the way of the request.
public struct Forwarding: Equatable, Sendable {
    /// What is done with `X-Forwarded-*` and `Forwarded` (RFC 7239) that a client sent.
    public enum Received: UInt8, BitwiseCopyable, Sendable {
        /// They are removed; upstreams see the appliance's own alone.
        case drop = 1

        /// The appliance appends its own to them: only behind another proxy that is trusted.
        case append = 2
    }

    /// What is done with received forwarding fields.
    public var received: Received

    /// The pseudonym in `Via` (RFC 9110 section 7.6.3), a token.
    public var via: String

    /// Forwarding of these parts.
    public init(received: Received = .drop, via: String = "masugata") {
        self.received = received
        self.via = via
    }
}
