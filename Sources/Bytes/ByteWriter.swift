/// Appends to a fixed span and remembers whether anything did not fit.
///
/// Nothing is written past the end: once an append does not fit, ``overflowed`` is set and every later append is
/// ignored, so a caller checks once, at the end.
@safe
public struct ByteWriter: ~Copyable, ~Escapable {
    @usableFromInline var target: MutableSpan<UInt8>
    @usableFromInline var position: Int = 0
    /// The bytes of `target`, or -1 once an append did not fit: then nothing fits any more.
    @usableFromInline var limit: Int

    /// Writes from the start of `target`.
    @inlinable
    @_lifetime(copy target)
    public init(_ target: consuming MutableSpan<UInt8>) {
        limit = target.count
        self.target = target
    }

    /// Bytes written so far.
    @inlinable public var count: Int { position }

    /// Whether an append did not fit.
    @inlinable public var overflowed: Bool { limit < 0 }

    /// Bytes that still fit.
    @inlinable public var remaining: Int { max(limit - position, 0) }

    /// Appends one byte.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(_ byte: UInt8) {
        if position >= limit {
            limit = -1
            return
        }
        unsafe target[unchecked: position] = byte
        position &+= 1
    }

    /// Appends all of `bytes`, or nothing.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(_ bytes: Span<UInt8>) {
        let count = bytes.count
        let end = position &+ count
        if end > limit {
            limit = -1
            return
        }
        let start = position
        unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe bytes.withUnsafeBufferPointer { source in
                if let from = source.baseAddress, let to = target.baseAddress {
                    // The two cannot overlap: a MutableSpan is exclusive.
                    unsafe ByteWriter.copy(UnsafeRawPointer(from), to: UnsafeMutableRawPointer(to + start), count)
                }
            }
        }
        position = end
    }

    /// Copies `count` bytes. Most runs in a head are of a few words, for which a call of `memcpy` costs more than the
    /// copying: two loads and stores that may overlap take any count between a power of two and its double.
    @inlinable @inline(__always)
    static func copy(_ from: UnsafeRawPointer, to: UnsafeMutableRawPointer, _ count: Int) {
        if count > 32 {
            unsafe to.copyMemory(from: from, byteCount: count)
        } else if count >= 16 {
            unsafe copyEnds(from, to: to, count, of: (UInt64, UInt64).self)
        } else if count >= 8 {
            unsafe copyEnds(from, to: to, count, of: UInt64.self)
        } else if count >= 4 {
            unsafe copyEnds(from, to: to, count, of: UInt32.self)
        } else if count >= 2 {
            unsafe copyEnds(from, to: to, count, of: UInt16.self)
        } else if count == 1 {
            unsafe copyEnds(from, to: to, count, of: UInt8.self)
        }
    }

    @inlinable @inline(__always)
    static func copyEnds<Word: BitwiseCopyable>(
        _ from: UnsafeRawPointer, to: UnsafeMutableRawPointer, _ count: Int, of: Word.Type
    ) {
        let last = count &- MemoryLayout<Word>.size
        let head = unsafe from.loadUnaligned(as: Word.self)
        let tail = unsafe from.loadUnaligned(fromByteOffset: last, as: Word.self)
        unsafe to.storeBytes(of: head, as: Word.self)
        unsafe to.storeBytes(of: tail, toByteOffset: last, as: Word.self)
    }

    /// Appends the text of a literal.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(_ text: StaticString) {
        append(text.bytes)
    }

    /// Appends `value` in decimal, as ASCII.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(decimal value: UInt64) {
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var start = 20
        var rest = value
        repeat {
            start -= 1
            digits[start] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
            rest /= 10
        } while rest != 0
        append(digits.span.extracting(start..<20))
    }

    /// Appends `value` in decimal, padded with zeros to `width` digits.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(decimal value: UInt64, width: Int) {
        var threshold: UInt64 = 1
        for _ in 1..<max(width, 1) { threshold &*= 10 }
        while threshold > 1 && value < threshold {
            append(0x30)
            threshold /= 10
        }
        append(decimal: value)
    }

    /// Appends `value` in lower-case hexadecimal without leading zeros, as ASCII.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(hexadecimal value: UInt64) {
        var digits: InlineArray<16, UInt8> = .init(repeating: 0)
        var start = 16
        var rest = value
        repeat {
            start -= 1
            digits[start] = ASCII.hexadecimalDigit(UInt8(truncatingIfNeeded: rest & 15))
            rest >>= 4
        } while rest != 0
        append(digits.span.extracting(start..<16))
    }
}
