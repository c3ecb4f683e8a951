import Bytes

// `[…]`
extension Parser {
    /// A class, with the bytes that it stands for.
    mutating func parseClass() throws(PatternError) -> ByteSet {
        let start = position
        if let end = namedClassEnd(0x3a), text[start + 1] == 0x3a {
            throw PatternError(
                .unknownClass, start..<end, "a named class stands only within a class",
                remedy: "write '[\(shown(start..<end))]'")
        }
        position += 1
        let isNegated = take(0x5e)
        var set = ByteSet()
        var isFirst = true
        while true {
            guard let byte = peek else {
                throw PatternError(
                    .unclosedClass, start..<(start + 1), "the class that begins here is not closed",
                    remedy: "add ']', or write '\\[' for the byte itself")
            }
            if byte == 0x5d && !isFirst { break }
            isFirst = false
            try parseMember(into: &set)
        }
        position += 1
        // Case before negation: without case, `[^a]` means neither `a` nor `A`.
        let bytes = folded(set)
        return isNegated ? bytes.inverted : bytes
    }

    /// One byte, range, escape or named class.
    private mutating func parseMember(into set: inout ByteSet) throws(PatternError) {
        let start = position
        if let named = try parseNamedClass() {
            set.formUnion(named)
            return try refuseRange(behind: start..<position)
        }
        if peek == 0x5c, let escaped = parseClassEscape() {
            set.formUnion(escaped)
            return try refuseRange(behind: start..<position)
        }
        let low = try parseClassByte()
        // A `-` at the end of the class stands for itself.
        guard peek == 0x2d, position + 1 < text.count, text[position + 1] != 0x5d else { return set.insert(low) }
        position += 1
        let end = position
        if try parseNamedClass() != nil { throw rangeOfSet(start..<position) }
        if peek == 0x5c, parseClassEscape() != nil { throw rangeOfSet(start..<position) }
        let high = try parseClassByte()
        if high < low {
            throw PatternError(
                .classRange, start..<position, "the range '\(shown(start..<position))' is empty",
                remedy: "write '\(shown(end..<position))-\(shown(start..<(end - 1)))', or '\\-' for the byte itself")
        }
        set.insert(low...high)
    }

    /// Behind `\d` or `[:alpha:]`, a `-` that is not the last of the class is most likely a slip (so PCRE2).
    private func refuseRange(behind place: Range<Int>) throws(PatternError) {
        guard peek == 0x2d, position + 1 < text.count, text[position + 1] != 0x5d else { return }
        throw rangeOfSet(place.lowerBound..<(position + 1))
    }

    private func rangeOfSet(_ place: Range<Int>) -> PatternError {
        PatternError(
            .classRange, place, "'\(shown(place))': a range ends in single bytes, not in sets",
            remedy: "write '\\-' for the byte itself, or put it last")
    }

    /// One byte within a class; there is one.
    private mutating func parseClassByte() throws(PatternError) -> UInt8 {
        let start = position
        let byte = text[start]
        if byte >= 0x80 && !options.contains(.rawBytes) {
            let place = character(around: start)
            throw PatternError(
                .unicode, place, "a class stands for one byte, and '\(shown(place))' is \(place.count)",
                remedy: "write alternatives, as in '(?:\(shown(place))|…)'")
        }
        if byte != 0x5c {
            position += 1
            return byte
        }
        guard start + 1 < text.count else { return try parseByteEscape() }
        switch text[start + 1] {
        case 0x62:  // b
            position += 2
            return 0x08
        case 0x31...0x37:
            position += 2
            return try parseOctal(from: start)
        case 0x41, 0x42, 0x47, 0x4b, 0x51, 0x45, 0x52, 0x5a, 0x7a, 0x67, 0x6b:  // A B G K Q E R Z z g k
            throw PatternError(
                .unknownEscape, start..<(start + 2), "'\(shown(start..<(start + 2)))' has no meaning within a class",
                remedy: "write '\(shown((start + 1)..<(start + 2)))' for the byte itself, or move it out of the class")
        default: return try parseByteEscape()
        }
    }

    /// `[:name:]` or `[:^name:]`; nil when something else is next.
    private mutating func parseNamedClass() throws(PatternError) -> ByteSet? {
        let start = position
        guard peek == 0x5b, position + 1 < text.count else { return nil }
        let kind = text[position + 1]
        guard kind == 0x3a || kind == 0x2e || kind == 0x3d, let end = namedClassEnd(kind) else { return nil }
        var name = text[(start + 2)..<(end - 2)]
        let isNegated = name.first == 0x5e
        if isNegated { name = name.dropFirst() }
        guard kind == 0x3a, let set = Parser.namedClass(String(decoding: name, as: UTF8.self)) else {
            throw PatternError(
                .unknownClass, start..<end, "unknown class '\(shown(start..<end))'",
                remedy: "known are \(Parser.classNames.joined(separator: ", ")), each as '[:name:]' or '[:^name:]'")
        }
        position = end
        return isNegated ? set.inverted : set
    }

    /// Where a class that begins with `[` and `kind` ends with `kind` and `]`; nil when it does not.
    private func namedClassEnd(_ kind: UInt8) -> Int? {
        var index = position + 2
        while index + 1 < text.count {
            if text[index] == kind { return text[index + 1] == 0x5d ? index + 2 : nil }
            guard ASCII.isLetter(text[index]) || text[index] == 0x5e else { return nil }
            index += 1
        }
        return nil
    }

    private static let classNames = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    ]

    /// The classes of POSIX in the locale "C", with PCRE2's `ascii` and `word`.
    private static func namedClass(_ name: String) -> ByteSet? {
        switch name {
        case "alnum": ByteSet(0x30...0x39, 0x41...0x5a, 0x61...0x7a)
        case "alpha": ByteSet(0x41...0x5a, 0x61...0x7a)
        case "ascii": ByteSet(0x00...0x7f)
        case "blank": ByteSet(0x09...0x09, 0x20...0x20)
        case "cntrl": ByteSet(0x00...0x1f, 0x7f...0x7f)
        case "digit": .digit
        case "graph": ByteSet(0x21...0x7e)
        case "lower": ByteSet(0x61...0x7a)
        case "print": ByteSet(0x20...0x7e)
        case "punct": ByteSet(0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e)
        case "space": .space
        case "upper": ByteSet(0x41...0x5a)
        case "word": .word
        case "xdigit": ByteSet(0x30...0x39, 0x41...0x46, 0x61...0x66)
        default: nil
        }
    }
}
