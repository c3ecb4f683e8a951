public import Bytes

/// An internet address as it stands in a record. IPv4 is held as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2).
public struct ClientAddress: BitwiseCopyable, Equatable, Sendable {
    /// The first eight bytes, most significant first.
    let high: UInt64

    /// The last eight bytes, most significant first.
    let low: UInt64

    /// The address of these sixteen bytes in network order.
    public init(octets: InlineArray<16, UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<8 {
            high = high << 8 | UInt64(octets[index])
            low = low << 8 | UInt64(octets[index + 8])
        }
        self.init(high: high, low: low)
    }

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Whether this is an IPv4 address.
    public var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

    /// Group `index`, 0 to 7, of the eight groups of 16 bits.
    func group(_ index: Int) -> UInt64 { (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)) & 0xffff }
}

extension ByteWriter {
    /// Appends `address`: IPv4 with dots, IPv6 as RFC 5952 writes it.
    @_lifetime(self: copy self)
    public mutating func append(address: ClientAddress) {
        if address.isIPv4 {
            for shift in stride(from: 24, through: 0, by: -8) {
                append(decimal: address.low >> UInt64(shift) & 255)
                if shift != 0 { append(UInt8(ascii: ".")) }
            }
        } else {
            append(groupsOf: address)
        }
    }

    @_lifetime(self: copy self)
    private mutating func append(groupsOf address: ClientAddress) {
        let gap = longestRunOfZeros(address)
        var index = 0
        while index < 8 {
            if index == gap.start && gap.count > 1 {
                append("::")
                index += gap.count
                continue
            }
            if index > 0 && !(gap.count > 1 && index == gap.start + gap.count) { append(UInt8(ascii: ":")) }
            append(hexadecimal: address.group(index))
            index += 1
        }
    }
}

/// The first of the longest runs of zero groups (RFC 5952 section 4.2.3).
private func longestRunOfZeros(_ address: ClientAddress) -> (start: Int, count: Int) {
    var longest = (start: 0, count: 0)
    var start = 0
    for index in 0...8 where index == 8 || address.group(index) != 0 {
        if index - start > longest.count { longest = (start, index - start) }
        start = index + 1
    }
    return longest
}
