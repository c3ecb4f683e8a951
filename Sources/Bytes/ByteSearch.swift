/// Searches that look at eight bytes at a time.
///
/// The tests on words are the classic ones ("has zero byte", "has byte below n"): bytes above a hit may be
/// reported falsely, because a borrow runs upwards, but the lowest hit is always true, and only it is used.
///
/// Words are loaded without a check of their own: `start` is checked on entry and only grows, and each loop's
/// condition keeps the word inside the span. Spans are far shorter than `Int.max` − 8, so no sum overflows.
public enum ByteSearch {
    @usableFromInline static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @usableFromInline static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// The index of the first byte equal to `byte` at or after `start`; `bytes.count` when there is none.
    @inlinable
    public static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
        let pattern = ones &* UInt64(byte)
        precondition(start >= 0)
        var index = start
        while index &+ 8 <= bytes.count {
            let word = unsafe bytes.word(unchecked: index) ^ pattern
            let hits = (word &- ones) & ~word & highs
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        if index < bytes.count && bytes.count >= 8 {
            // The last eight bytes, without those already seen; what the shift brings in lies past the end.
            let seen = UInt64(8 &- (bytes.count &- index)) &* 8
            let word = unsafe bytes.word(unchecked: bytes.count &- 8) &>> seen ^ pattern
            let hits = (word &- ones) & ~word & highs
            return min(index &+ hits.trailingZeroBitCount / 8, bytes.count)
        }
        while index < bytes.count && bytes[index] != byte { index &+= 1 }
        return index
    }

    /// Whether `second` may stand behind `first` somewhere; false is certain, true in all but rare cases. Two bytes at
    /// once, because one alone occurs in most texts.
    public static func mayOccur(_ first: UInt8, _ second: UInt8, in bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        if count < 9 {
            var index = 1
            while index < count {
                if bytes[index &- 1] == first && bytes[index] == second { return true }
                index &+= 1
            }
            return false
        }
        let one = ones &* UInt64(first)
        let other = ones &* UInt64(second)
        let last = count &- 9
        var index = 0
        while index < last {
            if unsafe standTogether(one, other, bytes, index) { return true }
            index &+= 8
        }
        // The last nine bytes overlap those already seen.
        return unsafe standTogether(one, other, bytes, last)
    }

    /// Whether one of eight bytes is that of `one` and the next that of `other`. There are nine bytes at `index`.
    @unsafe
    @inline(__always)
    private static func standTogether(_ one: UInt64, _ other: UInt64, _ bytes: Span<UInt8>, _ index: Int) -> Bool {
        let low = unsafe bytes.word(unchecked: index) ^ one
        let high = unsafe bytes.word(unchecked: index &+ 1) ^ other
        return (low &- ones) & ~low & (high &- ones) & ~high & highs != 0
    }

    /// The index of the first byte at or after `start` that is no token byte (RFC 9110 section 5.6.2);
    /// `bytes.count` when there is none.
    @inlinable
    public static func firstNonToken(in bytes: Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0)
        var index = start
        while index < bytes.count {
            // Words of letters, digits and `-` are passed over at once; every other byte is looked at alone.
            if index &+ 8 <= bytes.count {
                let hits = unsafe nonNameHits(bytes.word(unchecked: index))
                if hits == 0 {
                    index &+= 8
                    continue
                }
                index &+= hits.trailingZeroBitCount / 8
            }
            if !ASCII.isToken(bytes[index]) { return index }
            index &+= 1
        }
        return index
    }

    /// The high bit of every byte of `word` that is no letter, no digit and no `-`.
    ///
    /// With the high bits cleared first, no sum carries into the next byte: adding 0x80 − x sets the high bit of
    /// exactly the bytes that are at least x.
    @inlinable @inline(__always)
    static func nonNameHits(_ word: UInt64) -> UInt64 {
        let seven = word & ~highs
        let lower = seven | (ones &* 0x20)
        let letters = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7b))
        let digits = (seven &+ ones &* (0x80 - 0x30)) & ~(seven &+ ones &* (0x80 - 0x3a))
        let others = (seven ^ (ones &* 0x2d)) &+ ones &* 0x7f
        return (word | (~letters & ~digits & others)) & highs
    }

    /// The index of the first byte at or after `start` that is not visible ASCII (0x21 to 0x7e); `bytes.count`
    /// when there is none.
    @inlinable
    public static func firstNonVisible(in bytes: Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0)
        var index = start
        while index &+ 8 <= bytes.count {
            let word = unsafe bytes.word(unchecked: index)
            let deleted = word ^ (ones &* 0x7f)
            let hits = ((word &- ones &* 0x21) & ~word | (deleted &- ones) & ~deleted | word) & highs
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count && bytes[index] > 0x20 && bytes[index] < 0x7f { index &+= 1 }
        return index
    }

    /// The index of the first control byte (below 0x20, or 0x7f) at or after `start`; `bytes.count` when there
    /// is none.
    @inlinable @inline(__always)
    public static func firstControl(in bytes: Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0)
        var index = start
        while index &+ 8 <= bytes.count {
            let word = unsafe bytes.word(unchecked: index)
            let deleted = word ^ (ones &* 0x7f)
            let hits = ((word &- ones &* 0x20) & ~word | (deleted &- ones) & ~deleted) & highs
            if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < bytes.count && bytes[index] >= 0x20 && bytes[index] != 0x7f { index &+= 1 }
        return index
    }
}
