extension Span where Element == UInt8 {
    /// The eight bytes from `index` on as one number, the first byte lowest; traps past the end.
    @inlinable @inline(__always)
    public func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && count >= 8 && index <= count &- 8)
        return unsafe word(unchecked: index)
    }

    /// As ``word(at:)``, without the check: the caller has made sure that 0 ≤ `index` ≤ `count` − 8.
    @unsafe
    @inlinable @inline(__always)
    func word(unchecked index: Int) -> UInt64 {
        unsafe withUnsafeBufferPointer { buffer in
            // There is a base address, because there are at least eight bytes.
            let bytes = unsafe UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped)
            return unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        }
    }
}
