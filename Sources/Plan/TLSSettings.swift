/// A `tls` block: certificates and how they are offered.
public struct TLSSettings: Equatable, Sendable {
    /// What is done when the client names no known name (RFC 6066 section 3).
    public enum UnknownName: UInt8, BitwiseCopyable, Sendable {
        /// The certificate of the listener's first `tls` is offered.
        case serveDefault = 1

        /// The handshake ends with `unrecognized_name`.
        case refuse = 2
    }

    /// The name in the policy.
    public var name: String

    /// One certificate for each kind of key, most wanted first.
    public var certificates: [CertificateFiles]

    /// The lowest version that is spoken.
    public var minimum: TLSVersion

    /// The highest version that is spoken.
    public var maximum: TLSVersion

    /// What is done with an unknown or missing server name.
    public var unknownName: UnknownName

    /// Whether session tickets are issued.
    public var sessionTickets: Bool

    /// Milliseconds for which one ticket key is used; tickets of the epoch before are still accepted.
    public var ticketEpoch: UInt64

    /// The server names these certificates are offered for; empty means the names in the certificates.
    public var names: [HostPattern]

    /// Settings of these parts.
    public init(
        name: String, certificates: [CertificateFiles], minimum: TLSVersion = .v1_2, maximum: TLSVersion = .v1_3,
        unknownName: UnknownName = .serveDefault, sessionTickets: Bool = true, ticketEpoch: UInt64 = 8 * 3_600_000,
        names: [HostPattern] = []
    ) {
        self.name = name
        self.certificates = certificates
        self.minimum = minimum
        self.maximum = maximum
        self.unknownName = unknownName
        self.sessionTickets = sessionTickets
        self.ticketEpoch = ticketEpoch
        self.names = names
    }
}
