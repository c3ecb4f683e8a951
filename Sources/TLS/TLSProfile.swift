/// The protocol versions that are spoken.
public enum TLSVersion: UInt8, Comparable, Sendable {
    /// RFC 5246.
    case tls12 = 12
    /// RFC 8446.
    case tls13 = 13

    public static func < (one: TLSVersion, other: TLSVersion) -> Bool { one.rawValue < other.rawValue }
}

/// A certificate chain, and the number of its private key at the key-holder.
public struct TLSCertificate: Sendable {
    /// The file, for diagnostics.
    public var file: String
    /// PEM, leaf first.
    public var chain: [UInt8]
    /// The key's number in the generation.
    public var key: UInt16

    public init(file: String, chain: [UInt8], key: UInt16) {
        self.file = file
        self.chain = chain
        self.key = key
    }
}

/// How clients are met on a listener: versions, certificates, names and protocols. Cipher suites and groups are
/// Mozilla's intermediate configuration.
public struct TLSProfile: Sendable {
    /// What happens to a client that asks for a name that no certificate has, or for none.
    public enum UnknownName: Sendable {
        /// It gets the first certificate.
        case `default`
        /// It gets the alert `unrecognized_name` (RFC 6066 section 3).
        case refuse
    }

    /// The name in the policy. Sessions are not resumed across names.
    public var name: String
    public var minimum: TLSVersion
    public var maximum: TLSVersion
    /// The first one is the default. Several for one name may stand side by side when their keys differ in kind.
    public var certificates: [TLSCertificate]
    public var unknownName: UnknownName
    /// Whether sessions can be resumed by tickets.
    public var tickets: Bool
    /// How long a ticket is good for, seconds; at most as long as the key-holder's epoch.
    public var ticketLifetime: UInt32
    /// Protocols in our order of preference (RFC 7301), each 1 to 255 bytes; empty: the extension is ignored.
    public var applicationProtocols: [String]

    public init(
        name: String, certificates: [TLSCertificate], minimum: TLSVersion = .tls12, maximum: TLSVersion = .tls13,
        unknownName: UnknownName = .default, tickets: Bool = true, ticketLifetime: UInt32 = 3600,
        applicationProtocols: [String] = ["http/1.1"]
    ) {
        self.name = name
        self.certificates = certificates
        self.minimum = minimum
        self.maximum = maximum
        self.unknownName = unknownName
        self.tickets = tickets
        self.ticketLifetime = ticketLifetime
        self.applicationProtocols = applicationProtocols
    }
}
