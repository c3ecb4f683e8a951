import Bytes

/// The escapes of CSS 2.1, section 4.1.3: up to six hexadecimal digits, of which the last two count, and one space
/// after them.
enum CSSEscapes {
    @_lifetime(writer: copy writer)
    static func decode(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            if input[index] != 0x5c {
                writer.append(input[index])
                index += 1
                continue
            }
            // A backslash at the end continues into nothing.
            index += 1
            if index == input.count { return }
            let digits = digitCount(input, at: index)
            if digits > 0 {
                writer.append(byte(input, at: index, digits))
                index += digits
                if index < input.count && Whitespace.isSpace(input[index]) { index += 1 }
            } else {
                if input[index] != 0x0a { writer.append(input[index]) }
                index += 1
            }
        }
    }

    private static func digitCount(_ input: Span<UInt8>, at index: Int) -> Int {
        var digits = 0
        while digits < 6 && index + digits < input.count && ASCII.hexadecimalValue(input[index + digits]) != nil {
            digits += 1
        }
        return digits
    }

    private static func byte(_ input: Span<UInt8>, at index: Int, _ digits: Int) -> UInt8 {
        var code: UInt32 = 0
        for offset in 0..<digits { code = code << 4 | UInt32(ASCII.hexadecimalValue(input[index + offset]) ?? 0) }
        // Six digits stand for a full-width form only when what is before the last four is zero.
        if digits >= 4 && code <= 0xffff { return UnicodeMap.foldedToByte(UInt16(code)) }
        return UInt8(truncatingIfNeeded: code)
    }
}
