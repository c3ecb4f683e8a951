internal import Bytes

/// A range of addresses: one address, or a block in CIDR notation such as `10.0.0.0/8` or `2001:db8::/32`.
public struct ClientBlock: BitwiseCopyable, Equatable, Sendable {
    private let first: ClientAddress

    /// Bits that all addresses share, counted in the 128 bits of the mapped form.
    private let prefix: Int

    /// The block written as `text`, or nil; bits behind the prefix are not looked at.
    public init?(_ text: Span<UInt8>) {
        var slash = text.count
        for index in text.indices where text[index] == UInt8(ascii: "/") { slash = index }
        guard let address = ClientAddress(text.extracting(0..<slash)) else { return nil }
        first = address
        let bits = address.isIPv4 ? 32 : 128
        var length = bits
        if slash < text.count {
            guard let given = ClientBlock.number(text.extracting((slash + 1)..<text.count)), given <= bits else {
                return nil
            }
            length = given
        }
        prefix = length + 128 - bits
    }

    /// Whether `address` is in the block. An IPv6 block holds no IPv4 address, not even `::/0`.
    public func contains(_ address: ClientAddress) -> Bool {
        address.isIPv4 == first.isIPv4 && (address.high ^ first.high) & ClientBlock.mask(prefix) == 0
            && (address.low ^ first.low) & ClientBlock.mask(prefix - 64) == 0
    }

    private static func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : .max << UInt64(64 - min(bits, 64)) }

    private static func number(_ text: Span<UInt8>) -> Int? {
        if text.isEmpty || text.count > 3 { return nil }
        var value = 0
        for index in text.indices {
            if !ASCII.isDigit(text[index]) { return nil }
            value = value * 10 + Int(text[index] - 0x30)
        }
        return value
    }
}
