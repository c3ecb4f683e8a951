/// A set of field names, as bits.
public struct FieldNameSet: BitwiseCopyable, Equatable, Sendable {
    @usableFromInline var bits: UInt64

    /// The empty set.
    @inlinable public init() { bits = 0 }

    @usableFromInline init(bits: UInt64) { self.bits = bits }

    /// Whether `name` is in the set.
    @inlinable @inline(__always)
    public func contains(_ name: FieldName) -> Bool { (bits &>> UInt64(name.rawValue)) & 1 == 1 }

    /// Puts `name` into the set.
    @inlinable @inline(__always)
    public mutating func insert(_ name: FieldName) { bits |= 1 &<< UInt64(name.rawValue) }

    /// The set with `name` in it. A chain of these is folded to a constant; a variadic initialiser would allocate.
    @inlinable @inline(__always)
    public func adding(_ name: FieldName) -> FieldNameSet { FieldNameSet(bits: bits | 1 &<< UInt64(name.rawValue)) }

    /// The names that are in either set.
    @inlinable
    public func union(_ other: FieldNameSet) -> FieldNameSet { FieldNameSet(bits: bits | other.bits) }
}
