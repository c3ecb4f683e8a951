extension ByteWriter {
    /// Appends two bytes, the low one first.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(littleEndian value: UInt16) { append(word: value) }

    /// Appends four bytes, the low one first.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(littleEndian value: UInt32) { append(word: value) }

    /// Appends eight bytes, the low one first.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(littleEndian value: UInt64) { append(word: value) }

    /// Appends a run of bytes behind its 16-bit count; what is over `limit` is cut off.
    // Not inlined: a record has a dozen of them, and code that is used once in a request costs more in the processor's
    // instruction cache than its calls.
    @inline(never)
    @_lifetime(self: copy self)
    public mutating func append(counted bytes: Span<UInt8>, limit: Int) {
        let count = min(bytes.count, min(limit, 65_535))
        append(littleEndian: UInt16(truncatingIfNeeded: count))
        append(bytes.extracting(0..<count))
    }

    @inlinable @inline(__always)
    @_lifetime(self: copy self)
    mutating func append<Word: FixedWidthInteger & BitwiseCopyable>(word: Word) {
        let end = position &+ MemoryLayout<Word>.size
        if end > limit {
            limit = -1
            return
        }
        let start = position
        unsafe target.withUnsafeMutableBufferPointer { target in
            if let to = target.baseAddress {
                unsafe UnsafeMutableRawPointer(to).storeBytes(
                    of: word.littleEndian, toByteOffset: start, as: Word.self)
            }
        }
        position = end
    }
}
