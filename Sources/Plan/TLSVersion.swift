/// The versions of TLS that are spoken; the raw value is the number in the protocol (RFC 8446 section 4.2.1).
public enum TLSVersion: UInt16, BitwiseCopyable, Comparable, Sendable {
    /// TLS 1.2, RFC 5246.
    case v1_2 = 0x0303

    /// TLS 1.3, RFC 8446.
    case v1_3 = 0x0304

    public static func < (one: TLSVersion, other: TLSVersion) -> Bool { one.rawValue < other.rawValue }
}

extension TLSVersion: CustomStringConvertible {
    public var description: String { self == .v1_2 ? "1.2" : "1.3" }
}
