/// Searches that look at eight bytes at a time.
///
/// The tests on words are the classic ones ("has zero byte", "has byte below n"): bytes above a hit may be
/// reported falsely, because a borrow runs upwards, but the lowest hit is always true, and only it is used.
public enum ByteSearch {
    @usableFromInline static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @usableFromInline static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// The index of the first byte equal to `byte` at or after `start`; `bytes.count` when there is none.
    @inlinable
    public static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
        let pattern = ones &* UInt64(byte)
        var index = start
        while index &+ 8 <= bytes.count {
            let word = bytes.word(at: index) ^ pattern
            let hits = (word &- ones) & ~word & highs
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count && bytes[index] != byte { index &+= 1 }
        return index
    }

    /// The index of the first control byte (below 0x20, or 0x7f) at or after `start`; `bytes.count` when there
    /// is none.
    @inlinable
    public static func firstControl(in bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let word = bytes.word(at: index)
            let deleted = word ^ (ones &* 0x7f)
            let hits = ((word &- ones &* 0x20) & ~word | (deleted &- ones) & ~deleted) & highs
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count && bytes[index] >= 0x20 && bytes[index] != 0x7f { index &+= 1 }
        return index
    }
}
