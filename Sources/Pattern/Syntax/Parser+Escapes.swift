import Bytes

// What stands behind a backslash.
extension Parser {
    /// An escape outside of classes.
    mutating func parseEscape() throws(PatternError) -> Expression {
        let start = position
        guard start + 1 < text.count else { throw trailingBackslash(start) }
        if let set = parseClassEscape() { return .bytes(set) }
        switch text[start + 1] {
        case 0x41: return assertion(.textStart)  // A
        case 0x5a: return assertion(.textEndOrFinalLineFeed)  // Z
        case 0x7a: return assertion(.textEnd)  // z
        case 0x62: return assertion(.wordBoundary)  // b
        case 0x42: return assertion(.noWordBoundary)  // B
        case 0x31...0x39, 0x67, 0x6b: throw backReference(start)  // 1…9 g k
        case 0x4b, 0x47:  // K G
            throw PatternError(
                .matchPoint, start..<(start + 2), "'\(shown(start..<(start + 2)))' moves the place of a match",
                remedy: "leave it out: only whether and where the whole pattern matches is asked")
        case 0x52:  // R
            throw PatternError(
                .atomicGroup, start..<(start + 2), "'\\R' never gives a byte back, which needs back-tracking",
                remedy: "write '(?:\\r\\n|\\v)'")
        default: return literal(try parseByteEscape())
        }
    }

    private mutating func assertion(_ assertion: Assertion) -> Expression {
        position += 2
        return .assertion(assertion)
    }

    /// `\d` and its kin, inside and outside of classes; nil when something else is next.
    mutating func parseClassEscape() -> ByteSet? {
        guard position + 1 < text.count else { return nil }
        let set: ByteSet
        switch text[position + 1] {
        case 0x64: set = .digit
        case 0x44: set = ByteSet.digit.inverted
        case 0x77: set = .word
        case 0x57: set = ByteSet.word.inverted
        case 0x73: set = .space
        case 0x53: set = ByteSet.space.inverted
        case 0x68: set = .horizontalSpace
        case 0x48: set = ByteSet.horizontalSpace.inverted
        case 0x76: set = .verticalSpace
        case 0x56: set = ByteSet.verticalSpace.inverted
        case 0x4e: set = ByteSet.lineFeed.inverted
        default: return nil
        }
        position += 2
        return set
    }

    /// An escape that stands for one byte, inside and outside of classes.
    mutating func parseByteEscape() throws(PatternError) -> UInt8 {
        let start = position
        guard start + 1 < text.count else { throw trailingBackslash(start) }
        let byte = text[start + 1]
        position += 2
        switch byte {
        case 0x61: return 0x07  // a
        case 0x65: return 0x1b  // e
        case 0x66: return 0x0c  // f
        case 0x6e: return 0x0a  // n
        case 0x72: return 0x0d  // r
        case 0x74: return 0x09  // t
        case 0x78: return try parseHexadecimal(from: start)
        case 0x6f: return try parseBraced(from: start, radix: 8)
        case 0x30: return try parseOctal(from: start)
        case 0x63: return try parseControl(from: start)
        case 0x70, 0x50, 0x58, 0x75, 0x55, 0x4c, 0x6c:  // p P X u U L l
            throw PatternError(
                .unicode, start..<(start + 2),
                "'\(shown(start..<(start + 2)))' speaks of characters; patterns match bytes",
                remedy: "write a class such as '[[:alpha:]]', or the bytes in UTF-8 as '\\xHH'")
        default:
            if ASCII.isLetter(byte) || ASCII.isDigit(byte) {
                throw PatternError(
                    .unknownEscape, start..<(start + 2), "unknown escape '\(shown(start..<(start + 2)))'",
                    remedy: "write '\(shown((start + 1)..<(start + 2)))' for the byte itself, or '\\\\' for a backslash"
                )
            }
            return byte
        }
    }

    /// `\xHH` or `\x{…}`.
    private mutating func parseHexadecimal(from start: Int) throws(PatternError) -> UInt8 {
        if peek == 0x7b { return try parseBraced(from: start, radix: 16) }
        guard position + 1 < text.count, let high = ASCII.hexadecimalValue(text[position]),
            let low = ASCII.hexadecimalValue(text[position + 1])
        else {
            throw PatternError(
                .escapeDigits, start..<position, "'\\x' needs two hexadecimal digits",
                remedy: "write them, as in '\\x0a', or '\\x{a}'")
        }
        position += 2
        return high << 4 | low
    }

    /// `{…}` of `\x` or `\o`.
    private mutating func parseBraced(from start: Int, radix: Int) throws(PatternError) -> UInt8 {
        var value = 0
        var digits = 0
        if take(0x7b) {
            while let byte = peek, let digit = ASCII.hexadecimalValue(byte), digit < radix {
                value = min(value * radix + Int(digit), 1 << 32)
                digits += 1
                position += 1
            }
        }
        if digits == 0 || !take(0x7d) {
            let letter = radix == 8 ? "o" : "x"
            throw PatternError(
                .escapeDigits, start..<position,
                "'\\\(letter){…}' needs \(radix == 8 ? "octal" : "hexadecimal") digits between braces",
                remedy: "write them, as in '\\\(letter){\(radix == 8 ? "12" : "a")}'")
        }
        return try byteValue(value, from: start)
    }

    /// `\0` with up to two more digits; inside of classes, up to three digits. The first has been read.
    mutating func parseOctal(from start: Int) throws(PatternError) -> UInt8 {
        var value = Int(text[start + 1] - 0x30)
        while position < start + 4, let byte = peek, 0x30...0x37 ~= byte {
            value = value * 8 + Int(byte - 0x30)
            position += 1
        }
        return try byteValue(value, from: start)
    }

    /// `\cX`, as PCRE2: the letter's upper case with bit 6 turned.
    private mutating func parseControl(from start: Int) throws(PatternError) -> UInt8 {
        guard let byte = peek, 0x20...0x7e ~= byte else {
            throw PatternError(
                .escapeDigits, start..<position, "'\\c' needs a character of ASCII behind it",
                remedy: "write it, as in '\\cA', or the byte as '\\x01'")
        }
        position += 1
        return (0x61...0x7a ~= byte ? byte & ~0x20 : byte) ^ 0x40
    }

    private func byteValue(_ value: Int, from start: Int) throws(PatternError) -> UInt8 {
        guard let byte = UInt8(exactly: value) else {
            throw PatternError(
                .byteValue, start..<position, "'\(shown(start..<position))' is more than a byte",
                remedy: "write the character's bytes in UTF-8, each as '\\xHH'")
        }
        return byte
    }

    private func trailingBackslash(_ start: Int) -> PatternError {
        PatternError(
            .unknownEscape, start..<(start + 1), "nothing stands behind the last backslash",
            remedy: "write '\\\\' for a backslash")
    }

    private func backReference(_ start: Int) -> PatternError {
        PatternError(
            .backReference, start..<(start + 2),
            "'\(shown(start..<(start + 2)))' refers back to what a group matched, which needs back-tracking",
            remedy: "write out what may stand there, or for a byte '\\xHH'")
    }
}
