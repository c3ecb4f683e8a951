extension ByteWriter {
    /// Appends two bytes, the low one first.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(littleEndian value: UInt16) { append(littleEndian: UInt64(value), size: 2) }

    /// Appends four bytes, the low one first.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(littleEndian value: UInt32) { append(littleEndian: UInt64(value), size: 4) }

    /// Appends eight bytes, the low one first.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(littleEndian value: UInt64) { append(littleEndian: value, size: 8) }

    /// Appends a run of bytes behind its 16-bit count; what is over `limit` is cut off.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(counted bytes: Span<UInt8>, limit: Int) {
        let count = min(bytes.count, min(limit, 65_535))
        append(littleEndian: UInt16(truncatingIfNeeded: count))
        append(bytes.extracting(0..<count))
    }

    @inlinable
    @_lifetime(self: copy self)
    mutating func append(littleEndian value: UInt64, size: Int) {
        if failed || size > target.count - position {
            failed = true
            return
        }
        for index in 0..<size { target[position + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
        position += size
    }
}
