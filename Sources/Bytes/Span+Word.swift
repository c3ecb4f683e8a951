extension Span where Element == UInt8 {
    /// The eight bytes from `index` on as one number, the first byte lowest; traps past the end.
    @inlinable @inline(__always)
    public func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && count >= 8 && index <= count &- 8)
        return unsafe word(unchecked: index)
    }

    /// The first eight bytes as one number, the first byte lowest; of fewer bytes all, with zeros above them.
    @inlinable
    public var firstWord: UInt64 {
        if count >= 8 { return unsafe word(unchecked: 0) }
        if count >= 4 {
            // The two halves overlap; where they do they are equal.
            let high = unsafe UInt64(halfWord(unchecked: count &- 4))
            return unsafe UInt64(halfWord(unchecked: 0)) | high &<< UInt64(8 &* (count &- 4))
        }
        if count == 0 { return 0 }
        // Of three bytes or fewer these are all.
        let middle = count &>> 1
        let last = count &- 1
        return UInt64(self[0]) | UInt64(self[middle]) &<< UInt64(8 &* middle) | UInt64(self[last]) &<< UInt64(8 &* last)
    }

    /// The last eight bytes as one number, the last byte highest; of fewer bytes all, with zeros below them.
    @inlinable
    public var lastWord: UInt64 {
        if count >= 8 { return unsafe word(unchecked: count &- 8) }
        return count == 0 ? 0 : firstWord &<< UInt64(64 &- 8 &* count)
    }

    /// Whether the bytes are those of `other`: eight at a time, for texts that are compared often.
    public func equals(_ other: Span<UInt8>) -> Bool {
        if count != other.count { return false }
        if count < 8 { return firstWord == other.firstWord }
        var index = 0
        while index &+ 8 <= count {
            if unsafe word(unchecked: index) != other.word(unchecked: index) { return false }
            index &+= 8
        }
        // The last eight bytes overlap those already compared.
        return lastWord == other.lastWord
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

    /// Four bytes as one number, without a check: the caller has made sure that 0 ≤ `index` ≤ `count` − 4.
    @unsafe
    @inlinable @inline(__always)
    func halfWord(unchecked index: Int) -> UInt32 {
        unsafe withUnsafeBufferPointer { buffer in
            let bytes = unsafe UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped)
            return unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
        }
    }
}
