import Bytes
import Pattern
import Plan

/// Reads the arguments of operators that are more than a text.
struct OperandParser {
    let log: RuleLog

    /// The regular expression of a text; nil when it is none, which has been reported.
    func regularExpression(_ text: PlacedText, options: PatternOptions = .ofOperators) -> RegularExpression? {
        do throws(PatternError) {
            return try RegularExpression(text.bytes, options: options)
        } catch {
            let start = min(error.offset, text.count)
            let end = min(start + max(error.length, 1), text.count)
            log.error(text[start..<end], error.message, hint: error.remedy)
            return nil
        }
    }

    /// `9,10,13,32-126`.
    func byteRanges(_ text: PlacedText) -> ByteRanges? {
        var ranges: [ClosedRange<UInt8>] = []
        for part in text.split(where: { $0 == UInt8(ascii: ",") }) {
            let bounds = part.trimmed.split { $0 == UInt8(ascii: "-") }
            let numbers = bounds.compactMap { $0.trimmed.number.flatMap(UInt8.init(exactly:)) }
            guard numbers.count == bounds.count, numbers.count <= 2, numbers[0] <= numbers[numbers.count - 1] else {
                log.error(
                    part, "'\(part.string)' is no range of bytes", hint: "write as 32-126, with numbers up to 255")
                return nil
            }
            ranges.append(numbers[0]...numbers[numbers.count - 1])
        }
        return ByteRanges(ranges)
    }
}

// MARK: Phrases

extension OperandParser {
    /// The phrases of `@pm`, separated by white space. `|41 42|` stands for bytes, and a backslash before `"`, `\`, `:`,
    /// `;` or `|` for that byte.
    func phrases(_ text: PlacedText) -> [[UInt8]]? {
        var phrases: [[UInt8]] = []
        var phrase: [UInt8] = []
        var index = 0
        while index < text.count {
            let byte = text.bytes[index]
            if PlacedText.isBlank(byte) {
                if !phrase.isEmpty { phrases.append(phrase) }
                phrase = []
            } else if byte == UInt8(ascii: "|") {
                guard let (bytes, end) = hexadecimal(text, from: index) else { return nil }
                phrase += bytes
                index = end
            } else if byte == UInt8(ascii: "\\") {
                index += 1
                guard index < text.count, Array("\"\\:;|".utf8).contains(text.bytes[index]) else {
                    log.error(
                        text[(index - 1)..<index], "a backslash in phrases stands before \" \\ : ; or | alone",
                        hint: "write '\\\\' for the backslash itself")
                    return nil
                }
                phrase.append(text.bytes[index])
            } else {
                phrase.append(byte)
            }
            index += 1
        }
        if !phrase.isEmpty { phrases.append(phrase) }
        if phrases.isEmpty {
            log.error(text, "there are no phrases")
            return nil
        }
        return isShort(phrases, text) ? phrases : nil
    }

    /// The bytes of `|41 42|` at `start`, and where it ends.
    private func hexadecimal(_ text: PlacedText, from start: Int) -> (bytes: [UInt8], end: Int)? {
        guard let end = text.bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "|")) else {
            log.error(
                text[start..<(start + 1)], "the hexadecimal bytes that begin here are not closed",
                hint: "add '|', or write '\\|' for the byte itself")
            return nil
        }
        var bytes: [UInt8] = []
        let digits = text.bytes[(start + 1)..<end].filter { !PlacedText.isBlank($0) }
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard index + 1 < digits.count, let high = ASCII.hexadecimalValue(digits[index]),
                let low = ASCII.hexadecimalValue(digits[index + 1])
            else {
                log.error(text[start..<(end + 1)], "between the '|' there are not pairs of hexadecimal digits")
                return nil
            }
            bytes.append(high << 4 | low)
        }
        if bytes.isEmpty || bytes.contains(where: PlacedText.isBlank) {
            let message = bytes.isEmpty ? "there are no bytes between the '|'" : "phrases of @pm have no white space"
            log.error(text[start..<(end + 1)], message, hint: "use @pmFromFile for phrases with white space")
            return nil
        }
        return (bytes, end)
    }

    /// The phrases of a file: one on each line, white space around it and lines that begin with `#` left out.
    func phraseLines(_ text: PlacedText) -> [[UInt8]]? {
        let phrases = lines(text).map(\.bytes)
        return isShort(phrases, text) ? phrases : nil
    }

    private func isShort(_ phrases: [[UInt8]], _ text: PlacedText) -> Bool {
        if phrases.allSatisfy({ $0.count <= SecLangBounds.phrase }) { return true }
        log.error(text.before(min(1, text.count)), "a phrase has more than \(SecLangBounds.phrase) bytes")
        return false
    }

    private func lines(_ text: PlacedText) -> [PlacedText] {
        text.split { $0 == UInt8(ascii: "\n") }.map(\.trimmed)
            .filter { !$0.isEmpty && $0.bytes[0] != UInt8(ascii: "#") }
    }
}

// MARK: Addresses

extension OperandParser {
    /// `192.0.2.0/24,2001:db8::1`.
    func addressBlocks(_ text: PlacedText) -> [AddressBlock]? {
        blocks(text.split { $0 == UInt8(ascii: ",") }.map(\.trimmed))
    }

    /// The blocks of a file: on each line one or several, separated by commas.
    func addressLines(_ text: PlacedText) -> [AddressBlock]? {
        blocks(lines(text).flatMap { $0.split { $0 == UInt8(ascii: ",") }.map(\.trimmed) })
    }

    private func blocks(_ parts: [PlacedText]) -> [AddressBlock]? {
        var blocks: [AddressBlock] = []
        for part in parts {
            guard let block = block(part) else {
                log.error(
                    part, "'\(part.string)' is no address or block of addresses",
                    hint: "write as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32")
                return nil
            }
            blocks.append(block)
        }
        return blocks
    }

    /// Bits behind the prefix are ignored, as mod_security2 does.
    private func block(_ text: PlacedText) -> AddressBlock? {
        let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.count
        guard let address = IPAddress(text.before(slash).bytes.span) else { return nil }
        // Of an IPv4 address written as IPv6, the prefix counts the 96 bits before it.
        let mapped = address.isIPv4 && text.firstIndex(of: UInt8(ascii: ":")) != nil ? 96 : 0
        var length = address.isIPv4 ? 32 : 128
        if slash < text.count {
            guard let number = text.from(slash + 1).number, (0...length).contains(number - mapped) else { return nil }
            length = number - mapped
        }
        return AddressBlock(AddressBlock.first(of: address, prefixLength: length), prefixLength: length)
    }
}
