/// Byte classes and small conversions of the protocols that speak ASCII.
public enum ASCII {
    /// `tchar` of RFC 9110 section 5.6.2: what methods and field names are made of.
    @inlinable
    public static func isToken(_ byte: UInt8) -> Bool {
        // Two masks of 64 bits instead of a table: no global, no memory access.
        let low: UInt64 = 0x03ff_6cfa_0000_0000
        let high: UInt64 = 0x57ff_ffff_c7ff_fffe
        if byte < 64 { return (low >> UInt64(byte)) & 1 == 1 }
        if byte < 128 { return (high >> UInt64(byte - 64)) & 1 == 1 }
        return false
    }

    /// `0`–`9`.
    @inlinable
    public static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// `a`–`z`, `A`–`Z`.
    @inlinable
    public static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// `byte` with `A`–`Z` made lower case; every other byte as it is.
    @inlinable
    public static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// The value of a hexadecimal digit of either case, or nil.
    @inlinable
    public static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    /// The lower-case hexadecimal digit of `value`, which is below 16.
    @inlinable
    public static func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }

    /// Whether `bytes` and `text` are equal, letter case aside.
    @inlinable
    public static func equalIgnoringCase(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool {
        equalIgnoringCase(bytes, text.bytes)
    }

    /// Whether two runs of bytes are equal, letter case aside.
    @inlinable
    public static func equalIgnoringCase(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        if one.count != other.count { return false }
        for index in one.indices where lowercased(one[index]) != lowercased(other[index]) { return false }
        return true
    }

    /// Whether `bytes` and `text` are equal, byte for byte.
    @inlinable
    public static func equal(_ bytes: Span<UInt8>, _ text: StaticString) -> Bool { equal(bytes, text.bytes) }

    /// Whether two runs of bytes are equal.
    @inlinable
    public static func equal(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        if one.count != other.count { return false }
        for index in one.indices where one[index] != other[index] { return false }
        return true
    }

    /// Whether `name`, which is made of token bytes alone, equals `text`, letter case aside.
    ///
    /// `text` is lower case, of letters, digits and `-`. Setting bit 5 maps no other token byte onto one of
    /// these, so eight bytes can be compared at once. Inlined always: with a literal and a known count, the
    /// comparison is one of a few words with constants.
    @inlinable @inline(__always)
    public static func tokenEquals(_ name: Span<UInt8>, _ text: StaticString) -> Bool {
        let text = text.bytes
        let count = name.count
        if count != text.count { return false }
        let lower: UInt64 = 0x2020_2020_2020_2020
        if count < 8 {
            for index in 0..<count where name[index] | 0x20 != text[index] { return false }
            return true
        }
        var index = 0
        while index &+ 8 <= count {
            if name.word(at: index) | lower != text.word(at: index) { return false }
            index &+= 8
        }
        // The last eight bytes overlap those already compared.
        return name.word(at: count &- 8) | lower == text.word(at: count &- 8)
    }
}
