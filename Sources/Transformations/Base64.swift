import Bytes

/// Base64 of RFC 4648 section 4.
enum Base64 {
    @_lifetime(writer: copy writer)
    static func encode(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        var index = 0
        while index < input.count {
            let left = input.count - index
            let group =
                UInt32(input[index]) << 16 | (left > 1 ? UInt32(input[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(input[index + 2]) : 0)
            writer.append(digit(group >> 18))
            writer.append(digit(group >> 12))
            writer.append(left > 1 ? digit(group >> 6) : 0x3d)
            writer.append(left > 2 ? digit(group) : 0x3d)
            index += 3
        }
    }

    /// Decodes up to the first byte that is no digit.
    @_lifetime(writer: copy writer)
    static func decode(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        var group = Group()
        for index in input.indices {
            guard let value = value(input[index]) else { return }
            if let byte = group.take(value) { writer.append(byte) }
        }
    }

    /// Passes over bytes that are no digits (RFC 2045 section 6.8), up to a null byte. Padding after one digit of a
    /// group makes the result empty.
    @_lifetime(writer: copy writer)
    static func decodeForgiving(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        if hasMisplacedPadding(input) { return }
        var group = Group()
        for index in input.indices {
            if input[index] == 0 { return }
            if let value = value(input[index]), let byte = group.take(value) { writer.append(byte) }
        }
    }

    private static func hasMisplacedPadding(_ input: Span<UInt8>) -> Bool {
        var digits = 0
        for index in input.indices {
            let byte = input[index]
            if byte == 0 { return false }
            if byte == 0x3d && digits % 4 == 1 && !(index + 1 < input.count && input[index + 1] == 0x3d) { return true }
            if value(byte) != nil { digits += 1 }
        }
        return false
    }

    private static func digit(_ bits: UInt32) -> UInt8 {
        switch UInt8(bits & 63) {
        case let value where value < 26: 0x41 + value
        case let value where value < 52: 0x61 + value - 26
        case let value where value < 62: 0x30 + value - 52
        case 62: 0x2b
        default: 0x2f
        }
    }

    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5a: byte - 0x41
        case 0x61...0x7a: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case 0x2b: 62
        case 0x2f: 63
        default: nil
        }
    }

    /// The bits of up to four digits.
    private struct Group {
        private var bits: UInt32 = 0
        private var digits = 0

        /// Every digit but the first of a group completes a byte.
        mutating func take(_ value: UInt8) -> UInt8? {
            bits = bits &<< 6 | UInt32(value)
            digits = (digits + 1) & 3
            switch digits {
            case 1: return nil
            case 2: return UInt8(truncatingIfNeeded: bits >> 4)
            case 3: return UInt8(truncatingIfNeeded: bits >> 2)
            default: return UInt8(truncatingIfNeeded: bits)
            }
        }
    }
}
