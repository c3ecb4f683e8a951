/// A set of byte values: what a value contains, or what a transformation looks for.
///
/// An engine that knows the set of a value asks ``Transformation/mayChange(_:)`` instead of reading the value again.
public struct ByteSet: BitwiseCopyable, Hashable, Sendable {
    @usableFromInline var bits0: UInt64 = 0
    @usableFromInline var bits1: UInt64 = 0
    @usableFromInline var bits2: UInt64 = 0
    @usableFromInline var bits3: UInt64 = 0

    /// The empty set.
    @inlinable public init() {}

    /// The set of the bytes of `text`.
    @inlinable
    public init(of text: Span<UInt8>) {
        for index in text.indices { insert(text[index]) }
    }

    init(_ ranges: ClosedRange<UInt8>...) {
        for range in ranges {
            for byte in range { insert(byte) }
        }
    }

    /// Whether nothing is in the set.
    @inlinable public var isEmpty: Bool { bits0 | bits1 | bits2 | bits3 == 0 }

    /// Whether `byte` is in the set.
    @inlinable @inline(__always)
    public func contains(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 128 ? (byte < 64 ? bits0 : bits1) : (byte < 192 ? bits2 : bits3)
        return bits &>> UInt64(byte & 63) & 1 == 1
    }

    /// Adds `byte`.
    @inlinable @inline(__always)
    public mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 &<< UInt64(byte & 63)
        if byte < 128 {
            if byte < 64 { bits0 |= bit } else { bits1 |= bit }
        } else {
            if byte < 192 { bits2 |= bit } else { bits3 |= bit }
        }
    }

    /// Whether the two have no byte in common.
    @inlinable
    public func isDisjoint(with other: ByteSet) -> Bool {
        bits0 & other.bits0 | bits1 & other.bits1 | bits2 & other.bits2 | bits3 & other.bits3 == 0
    }

    var inverted: ByteSet {
        var result = ByteSet()
        result.bits0 = ~bits0
        result.bits1 = ~bits1
        result.bits2 = ~bits2
        result.bits3 = ~bits3
        return result
    }

    /// The index of the first byte of `text` that is in the set; the count of `text` when there is none.
    func first(in text: Span<UInt8>) -> Int {
        var index = 0
        while index < text.count && !contains(text[index]) { index &+= 1 }
        return index
    }
}
