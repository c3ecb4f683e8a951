extension StaticString {
    /// The literal's UTF-8 bytes, which live as long as the program.
    @inlinable
    public var bytes: Span<UInt8> {
        @_lifetime(immortal) get {
            precondition(hasPointerRepresentation)
            let span = unsafe Span(_unsafeStart: utf8Start, count: utf8CodeUnitCount)
            return unsafe _overrideLifetime(span, borrowing: ())
        }
    }

    /// The bytes from `index` on as one number, the first byte lowest: eight, or as many as there are with zeros
    /// above them. For a literal this is a constant; it does not go by way of a span, which the optimiser would not
    /// fold in large functions.
    @inlinable @inline(__always)
    public func word(at index: Int) -> UInt64 {
        precondition(hasPointerRepresentation && index >= 0 && index <= utf8CodeUnitCount)
        let bytes = unsafe UnsafeRawPointer(utf8Start)
        if utf8CodeUnitCount &- index >= 8 {
            return unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        }
        var word: UInt64 = 0
        var position = utf8CodeUnitCount
        while position > index {
            position &-= 1
            word = unsafe word &<< 8 | UInt64(bytes.load(fromByteOffset: position, as: UInt8.self))
        }
        return word
    }
}
