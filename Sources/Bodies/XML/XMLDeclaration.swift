internal import Bytes

/// The version and encoding in an XML declaration (XML 1.0 section 2.8).
struct XMLDeclaration {
    /// Whether the document is in UTF-8, or in ASCII, which is part of it.
    private(set) var isUTF8 = true
    /// Whether the encoding is one whose characters are of two or four bytes: the declaration itself would not be.
    private(set) var isWide = false

    private enum Expected: Int {
        case version, encoding, standalone, nothing
    }

    /// Reads what stands between `<?xml` and `?>`.
    init(_ text: Span<UInt8>) throws(BodyStop) {
        var expected = Expected.version
        var index = 0
        while true {
            while index < text.count, XMLCharacter.isSpace(text[index]) { index += 1 }
            if index == text.count { break }
            let nameStart = index
            while index < text.count, ASCII.isLetter(text[index]) { index += 1 }
            let name = nameStart..<index
            let value = try XMLDeclaration.value(text, &index)
            expected = try take(text.extracting(name), text.extracting(value), expected)
            if index < text.count && !XMLCharacter.isSpace(text[index]) { throw .malformed(.xmlDeclaration) }
        }
        if expected == .version { throw .malformed(.xmlDeclaration) }
    }

    private mutating func take(
        _ name: Span<UInt8>, _ value: Span<UInt8>, _ expected: Expected
    ) throws(BodyStop) -> Expected {
        if expected == .version && ASCII.equal(name, "version") {
            if !isVersion(value) { throw .malformed(.xmlDeclaration) }
            return .encoding
        }
        if expected == .encoding && ASCII.equal(name, "encoding") {
            if !isEncodingName(value) { throw .malformed(.xmlDeclaration) }
            takeEncoding(value)
            return .standalone
        }
        if (expected == .encoding || expected == .standalone) && ASCII.equal(name, "standalone") {
            if !ASCII.equal(value, "yes") && !ASCII.equal(value, "no") { throw .malformed(.xmlDeclaration) }
            return .nothing
        }
        throw .malformed(.xmlDeclaration)
    }

    /// `VersionNum`.
    private func isVersion(_ value: Span<UInt8>) -> Bool {
        if value.count < 3 || value[0] != UInt8(ascii: "1") || value[1] != UInt8(ascii: ".") { return false }
        for index in 2..<value.count where !ASCII.isDigit(value[index]) { return false }
        return true
    }

    /// `EncName`.
    private func isEncodingName(_ value: Span<UInt8>) -> Bool {
        if value.count == 0 || !ASCII.isLetter(value[0]) { return false }
        for index in value.indices where !XMLCharacter.isName(value[index]) || value[index] >= 0x80 { return false }
        return true
    }

    private mutating func takeEncoding(_ name: Span<UInt8>) {
        isUTF8 = ASCII.equalIgnoringCase(name, "utf-8") || ASCII.equalIgnoringCase(name, "us-ascii")
        isWide =
            begins(name, "utf-16") || begins(name, "utf-32") || begins(name, "ucs-")
            || begins(name, "iso-10646-ucs")
    }

    private func begins(_ name: Span<UInt8>, _ prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        return name.count >= count && ASCII.equalIgnoringCase(name.extracting(0..<count), prefix)
    }

    /// An equals sign and a quoted value; gives where it stands between its quotes.
    private static func value(_ text: Span<UInt8>, _ index: inout Int) throws(BodyStop) -> Range<Int> {
        while index < text.count, XMLCharacter.isSpace(text[index]) { index += 1 }
        if index == text.count || text[index] != UInt8(ascii: "=") { throw .malformed(.xmlDeclaration) }
        index += 1
        while index < text.count, XMLCharacter.isSpace(text[index]) { index += 1 }
        if index == text.count { throw .malformed(.xmlDeclaration) }
        let quote = text[index]
        if quote != UInt8(ascii: "\"") && quote != UInt8(ascii: "'") { throw .malformed(.xmlDeclaration) }
        let start = index + 1
        let end = ByteSearch.first(quote, in: text, from: start)
        if end >= text.count { throw .malformed(.xmlDeclaration) }
        index = end + 1
        return start..<end
    }
}
