import Bytes

/// The hash of the tables: eight bytes at a time, with the high bits folded into the low ones, which choose the slot.
///
/// What the tables hold comes from the policy, so nobody outside can fill a run of slots: it need not be keyed.
enum TextHash {
    /// The hash of `text` in the group of texts that `seed` names.
    static func of(_ text: Span<UInt8>, seed: UInt64) -> UInt64 {
        var hash = (seed &* multiplier) ^ UInt64(truncatingIfNeeded: text.count)
        var index = 0
        while index &+ 8 < text.count {
            hash = mix(hash, text.word(at: index))
            index &+= 8
        }
        return mix(hash, index == 0 ? text.firstWord : text.lastWord)
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* multiplier
        return product ^ product &>> 32
    }

    /// The golden ratio as a part of 2^64 (Knuth, The Art of Computer Programming, section 6.4).
    @inline(__always)
    private static var multiplier: UInt64 { 0x9e37_79b9_7f4a_7c15 }
}
