/// The bytes of one character in UTF-8 (RFC 3629).
struct UTF8Sequence: BitwiseCopyable {
    private var bytes: InlineArray<4, UInt8> = [0, 0, 0, 0]
    /// The number of bytes, 1 to 4.
    let count: Int

    /// Encodes a scalar value, which is below 0x110000 and no surrogate.
    init(_ scalar: UInt32) {
        let lead: UInt32
        switch scalar {
        case 0..<0x80: (count, lead) = (1, 0)
        case 0x80..<0x800: (count, lead) = (2, 0xc0)
        case 0x800..<0x1_0000: (count, lead) = (3, 0xe0)
        default: (count, lead) = (4, 0xf0)
        }
        var rest = scalar
        var index = count - 1
        while index > 0 {
            bytes[index] = UInt8(truncatingIfNeeded: rest & 0x3f | 0x80)
            rest >>= 6
            index -= 1
        }
        bytes[0] = UInt8(truncatingIfNeeded: rest | lead)
    }

    /// The byte at `index`, which is below ``count``.
    subscript(_ index: Int) -> UInt8 { bytes[index] }
}
