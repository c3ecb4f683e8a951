public import Bytes

/// The names and values of a request: one arena of bytes, and a table of what stands where.
///
/// Both are allocated once. The caller owns the store; processors append to it, rules read names and values in place.
/// Most values grow from the front; those that are complete while another one still grows are put at the back.
public struct ValueStore: ~Copyable {
    @usableFromInline var bytes: Slab<UInt8>
    @usableFromInline var entries: Slab<ValueEntry>
    /// Where the next byte goes.
    var front = 0
    /// Where the values at the back begin.
    var back: Int

    /// The number of entries.
    public internal(set) var count = 0

    /// Memory for at most `bytes` bytes of names and values, and `values` entries.
    public init(bytes: Int, values: Int) {
        precondition(bytes >= 0 && bytes < Int(UInt32.max) && values >= 0)
        self.bytes = Slab(capacity: bytes, repeating: 0)
        entries = Slab(
            capacity: values, repeating: ValueEntry(.queryArgument, name: 0..<0, value: 0..<0, origin: 0..<0))
        back = bytes
    }

    /// Memory as `limits` say.
    public init(_ limits: BodyLimits) { self.init(bytes: limits.storedBytes, values: limits.values) }

    /// Bytes in use.
    public var usedBytes: Int { front + bytes.capacity - back }

    /// The entry at `index`, in the order in which values were complete; traps past ``count``.
    public subscript(_ index: Int) -> ValueEntry {
        precondition(index >= 0 && index < count)
        return entries[index]
    }

    /// The name of the entry at `index`; empty when it has none.
    @inlinable
    @_lifetime(borrow self)
    public func name(_ index: Int) -> Span<UInt8> {
        bytes.span(Int(entries[index].nameStart), Int(entries[index].nameEnd))
    }

    /// The value of the entry at `index`.
    @inlinable
    @_lifetime(borrow self)
    public func value(_ index: Int) -> Span<UInt8> {
        bytes.span(Int(entries[index].valueStart), Int(entries[index].valueEnd))
    }

    /// Forgets everything.
    public mutating func clear() {
        count = 0
        front = 0
        back = bytes.capacity
    }
}
