/// Appends to a fixed span and remembers whether anything did not fit.
///
/// Nothing is written past the end: once an append does not fit, ``overflowed`` is set and every later append is
/// ignored, so a caller checks once, at the end.
@safe
public struct ByteWriter: ~Copyable, ~Escapable {
    @usableFromInline var target: MutableSpan<UInt8>
    @usableFromInline var position: Int = 0
    @usableFromInline var failed: Bool = false

    /// Writes from the start of `target`.
    @inlinable
    @_lifetime(copy target)
    public init(_ target: consuming MutableSpan<UInt8>) { self.target = target }

    /// Bytes written so far.
    @inlinable public var count: Int { position }

    /// Whether an append did not fit.
    @inlinable public var overflowed: Bool { failed }

    /// Bytes that still fit.
    @inlinable public var remaining: Int { target.count - position }

    /// Appends one byte.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(_ byte: UInt8) {
        if failed || position == target.count {
            failed = true
            return
        }
        target[position] = byte
        position += 1
    }

    /// Appends all of `bytes`, or nothing.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(_ bytes: Span<UInt8>) {
        let count = bytes.count
        if failed || count > target.count - position {
            failed = true
            return
        }
        unsafe target.withUnsafeMutableBufferPointer { target in
            unsafe bytes.withUnsafeBufferPointer { source in
                if let from = source.baseAddress, let to = target.baseAddress {
                    // The two cannot overlap: a MutableSpan is exclusive.
                    unsafe (to + position).update(from: from, count: count)
                }
            }
        }
        position += count
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
