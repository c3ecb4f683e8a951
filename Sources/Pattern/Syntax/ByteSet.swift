import Bytes

/// A set of byte values.
struct ByteSet: BitwiseCopyable, Hashable, Sendable {
    private var bits0: UInt64 = 0
    private var bits1: UInt64 = 0
    private var bits2: UInt64 = 0
    private var bits3: UInt64 = 0

    /// The empty set.
    init() {}

    /// The set of one byte.
    init(_ byte: UInt8) { insert(byte) }

    /// The set of the bytes in these ranges.
    init(_ ranges: ClosedRange<UInt8>...) {
        for range in ranges { insert(range) }
    }

    static let all = ByteSet(0...255)
    static let lineFeed = ByteSet(0x0a)
    static let digit = ByteSet(0x30...0x39)
    static let word = ByteSet(0x30...0x39, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a)

    /// Space, and the controls from tab to carriage return, vertical tab among them.
    static let space = ByteSet(0x09...0x0d, 0x20...0x20)

    /// PCRE2's `\h` over bytes: tab, space, and the no-break space of Latin-1.
    static let horizontalSpace = ByteSet(0x09...0x09, 0x20...0x20, 0xa0...0xa0)

    /// PCRE2's `\v` over bytes: line feed to carriage return, and the next line of Latin-1.
    static let verticalSpace = ByteSet(0x0a...0x0d, 0x85...0x85)

    /// Whether ``word`` contains `byte`, without the look-up of a global.
    static func isWord(_ byte: UInt8) -> Bool { ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x5f }

    var isEmpty: Bool { bits0 | bits1 | bits2 | bits3 == 0 }

    var count: Int {
        bits0.nonzeroBitCount + bits1.nonzeroBitCount + bits2.nonzeroBitCount + bits3.nonzeroBitCount
    }

    /// The lowest byte of the set, or nil.
    var first: UInt8? {
        if bits0 != 0 { return UInt8(bits0.trailingZeroBitCount) }
        if bits1 != 0 { return 64 + UInt8(bits1.trailingZeroBitCount) }
        if bits2 != 0 { return 128 + UInt8(bits2.trailingZeroBitCount) }
        if bits3 != 0 { return 192 + UInt8(bits3.trailingZeroBitCount) }
        return nil
    }

    /// The bytes of the set, ascending.
    var bytes: [UInt8] { (0...255).filter { contains($0) } }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 128 ? (byte < 64 ? bits0 : bits1) : (byte < 192 ? bits2 : bits3)
        return bits &>> UInt64(byte & 63) & 1 == 1
    }

    mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 &<< UInt64(byte & 63)
        switch byte >> 6 {
        case 0: bits0 |= bit
        case 1: bits1 |= bit
        case 2: bits2 |= bit
        default: bits3 |= bit
        }
    }

    mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    mutating func formUnion(_ other: ByteSet) {
        bits0 |= other.bits0
        bits1 |= other.bits1
        bits2 |= other.bits2
        bits3 |= other.bits3
    }

    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.formUnion(other)
        return result
    }

    func isDisjoint(with other: ByteSet) -> Bool {
        bits0 & other.bits0 | bits1 & other.bits1 | bits2 & other.bits2 | bits3 & other.bits3 == 0
    }

    /// Every byte that is not in the set.
    var inverted: ByteSet {
        var result = ByteSet()
        result.bits0 = ~bits0
        result.bits1 = ~bits1
        result.bits2 = ~bits2
        result.bits3 = ~bits3
        return result
    }

    /// The set with both cases of every letter of ASCII that is in it.
    var ignoringCase: ByteSet {
        // All letters are in the second word, lower case 32 bits above upper case.
        let upper: UInt64 = 0x07ff_fffe
        var result = self
        result.bits1 |= (bits1 & upper) << 32 | (bits1 >> 32) & upper
        return result
    }
}
