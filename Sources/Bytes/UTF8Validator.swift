/// Checks UTF-8 (RFC 3629) byte by byte: no overlong form, no surrogate, nothing above U+10FFFF.
public struct UTF8Validator: BitwiseCopyable, Sendable {
    @usableFromInline var expected: UInt8 = 0
    @usableFromInline var lowest: UInt8 = 0x80
    @usableFromInline var highest: UInt8 = 0xbf

    /// Starts between two characters.
    @inlinable public init() {}

    /// Whether no character is cut off here.
    @inlinable public var isComplete: Bool { expected == 0 }

    /// Takes the next byte; false when it cannot stand here.
    @inlinable
    public mutating func accept(_ byte: UInt8) -> Bool {
        if expected > 0 {
            if byte < lowest || byte > highest { return false }
            expected &-= 1
            lowest = 0x80
            highest = 0xbf
            return true
        }
        if byte < 0x80 { return true }
        switch byte {
        case 0xc2...0xdf: expected = 1
        case 0xe0...0xef:
            expected = 2
            if byte == 0xe0 { lowest = 0xa0 }
            if byte == 0xed { highest = 0x9f }
        case 0xf0...0xf4:
            expected = 3
            if byte == 0xf0 { lowest = 0x90 }
            if byte == 0xf4 { highest = 0x8f }
        default: return false
        }
        return true
    }
}
