/// A range of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), such as `10.0.0.0/8`.
public struct AddressBlock: BitwiseCopyable, Hashable, Sendable {
    /// The first address of the block.
    public let address: IPAddress

    /// The bits all addresses of the block share: 0 to 32 for IPv4, 0 to 128 for IPv6.
    public let prefixLength: Int

    /// The block of `prefixLength` bits at `address`, or nil when the length is out of range or bits behind it are set.
    public init?(_ address: IPAddress, prefixLength: Int) {
        if prefixLength < 0 || prefixLength > address.family.bits { return nil }
        if address != AddressBlock.first(of: address, prefixLength: prefixLength) { return nil }
        self.address = address
        self.prefixLength = prefixLength
    }

    /// The first address of the block of `prefixLength` bits that holds `address`.
    public static func first(of address: IPAddress, prefixLength: Int) -> IPAddress {
        let bits = address.isIPv4 ? prefixLength + 96 : prefixLength
        return IPAddress(
            high: bits >= 64 ? address.high : address.high & mask(bits),
            low: bits >= 64 ? address.low & mask(bits - 64) : 0)
    }

    /// Whether `address` is in the block. An IPv6 block holds no IPv4 address, not even `::/0`.
    public func contains(_ address: IPAddress) -> Bool {
        address.family == self.address.family
            && AddressBlock.first(of: address, prefixLength: prefixLength) == self.address
    }

    private static func mask(_ bits: Int) -> UInt64 {
        bits <= 0 ? 0 : UInt64.max << UInt64(64 - min(bits, 64))
    }
}

extension AddressBlock: CustomStringConvertible {
    public var description: String { "\(address)/\(prefixLength)" }
}
