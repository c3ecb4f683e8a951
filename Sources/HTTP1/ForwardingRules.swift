/// What the upstream is told about the client, and what becomes of what the client says about itself.
public struct ForwardingRules: BitwiseCopyable, Equatable, Sendable {
    /// What becomes of one family of fields.
    public enum Treatment: UInt8, BitwiseCopyable, Sendable {
        /// Received ones are dropped, ours are sent.
        case replace
        /// Ours are sent behind the received ones: only where another proxy, which is trusted, stands in front.
        case append
        /// Received ones are dropped, none are sent.
        case remove
    }

    /// `X-Forwarded-For`, `-Proto`, `-Host` and all others of that family. Where received ones are kept, `-Proto`
    /// and `-Host` are sent only if they were not received.
    public var xForwarded: Treatment = .replace

    /// `Forwarded` (RFC 7239).
    public var forwarded: Treatment = .replace

    /// `Via` (RFC 9110 section 7.6.3).
    public var via: Treatment = .append

    /// Whether `X-Real-IP` is sent. Received ones are dropped always.
    public var sendsXRealIP: Bool = false

    /// Whether `Expect: 100-continue` is forwarded; otherwise it is answered here.
    public var forwardsExpect: Bool = false

    /// The defaults.
    public init() {}
}
