/// What MD5 and SHA-1 share: the input in blocks of 64 bytes, behind it one bit, zeros, and its length in bits.
enum DigestInput {
    /// Blocks of the padded input.
    static func blockCount(_ input: Span<UInt8>) -> Int { (input.count + 8) / 64 + 1 }

    /// The sixteen words of a block.
    static func words(_ input: Span<UInt8>, _ block: Int, isBigEndian: Bool) -> InlineArray<16, UInt32> {
        var words = InlineArray<16, UInt32>(repeating: 0)
        let start = block * 64
        for index in 0..<64 {
            let position = start + index
            let byte: UInt8 = position < input.count ? input[position] : position == input.count ? 0x80 : 0
            let shift = UInt32(isBigEndian ? 3 - index & 3 : index & 3) * 8
            words[index >> 2] |= UInt32(byte) << shift
        }
        if block == blockCount(input) - 1 {
            let bits = UInt64(input.count) &* 8
            let high = UInt32(truncatingIfNeeded: bits >> 32)
            let low = UInt32(truncatingIfNeeded: bits)
            words[14] = isBigEndian ? high : low
            words[15] = isBigEndian ? low : high
        }
        return words
    }
}
