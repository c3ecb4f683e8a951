extension Span where Element == UInt8 {
    /// The eight bytes from `index` on as one number, the first byte lowest; traps past the end.
    @inlinable
    public func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && count >= 8 && index <= count - 8)
        return unsafe withUnsafeBufferPointer { buffer in
            // The buffer has a base address, because it has at least eight bytes.
            UInt64(littleEndian: unsafe UnsafeRawPointer(buffer.baseAddress!).loadUnaligned(fromByteOffset: index, as: UInt64.self))
        }
    }
}
