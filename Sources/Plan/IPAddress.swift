/// An IPv4 or IPv6 address in 128 bits; IPv4 is held as `::ffff:0:0/96` (RFC 4291 section 2.5.5.2).
///
/// So a client of a dual-stack listener and the same client of an IPv4 listener are equal.
public struct IPAddress: BitwiseCopyable, Hashable, Sendable {
    /// The first eight bytes, most significant first.
    public let high: UInt64

    /// The last eight bytes, most significant first.
    public let low: UInt64

    /// The address of these two halves.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The IPv4 address whose bytes are `value`, most significant first.
    @inlinable
    public init(ipv4 value: UInt32) { self.init(high: 0, low: 0xffff_0000_0000 | UInt64(value)) }

    /// The address of these sixteen bytes in network order.
    @inlinable
    public init(octets: InlineArray<16, UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<8 { high = high << 8 | UInt64(octets[index]) }
        for index in 8..<16 { low = low << 8 | UInt64(octets[index]) }
        self.init(high: high, low: low)
    }

    /// Whether this is an IPv4 address.
    @inlinable public var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

    /// The family of this address.
    @inlinable public var family: AddressFamily { isIPv4 ? .ipv4 : .ipv6 }

    /// The bytes of an IPv4 address, most significant first.
    @inlinable public var ipv4: UInt32 { UInt32(truncatingIfNeeded: low) }

    /// The sixteen bytes in network order, as `in6_addr` holds them.
    @inlinable
    public var octets: InlineArray<16, UInt8> {
        var octets = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<8 {
            octets[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
            octets[index + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
        }
        return octets
    }
}
