/// The two families of internet addresses.
public enum AddressFamily: UInt8, BitwiseCopyable, Sendable {
    /// IPv4: 32 bits.
    case ipv4 = 4

    /// IPv6: 128 bits.
    case ipv6 = 6

    /// The number of bits of an address.
    @inlinable public var bits: Int { self == .ipv4 ? 32 : 128 }
}
