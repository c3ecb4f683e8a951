internal import Bytes

/// The boundary parameter of a `Content-Type: multipart/form-data`, under the rules of mod_security2: it is the only
/// parameter, and it is written in the one way that all receivers read alike.
struct BoundaryParameter {
    /// Where the boundary stands in the field's value.
    private(set) var range = 0..<0
    /// What is unusual about it.
    private(set) var flags: BodyFlags = []

    private static let mediaType: StaticString = "multipart/form-data"
    private static let word: StaticString = "boundary"

    /// Finds the boundary in the value of `Content-Type`.
    init(_ field: Span<UInt8>, _ limits: BodyLimits) throws(BodyStop) {
        if field.count == 0 { throw .malformed(.contentTypeMissing) }
        if field.count > limits.contentType { throw .limited(.contentType) }
        let typeEnd = BoundaryParameter.mediaType.utf8CodeUnitCount
        if field.count < typeEnd
            || !ASCII.equalIgnoringCase(field.extracting(0..<typeEnd), BoundaryParameter.mediaType)
        {
            throw .malformed(.mediaType)
        }
        let count = BoundaryParameter.countParameters(in: field)
        if count > 1 { throw .malformed(.boundaryRepeated) }
        guard let start = BoundaryParameter.find(in: field, from: 0, exact: true) else {
            throw .malformed(count > 0 ? .boundaryLetterCase : .boundaryMissing)
        }
        try checkBetween(field, typeEnd, start)
        let equals = try findEquals(field, start + BoundaryParameter.word.utf8CodeUnitCount)
        try takeValue(field, equals + 1)
    }

    /// Between the type and the parameter stand one semicolon and white space.
    private mutating func checkBetween(_ field: Span<UInt8>, _ start: Int, _ end: Int) throws(BodyStop) {
        var hasSemicolon = false
        for index in start..<max(start, end) where !ASCII.isSpace(field[index]) {
            if hasSemicolon || field[index] != UInt8(ascii: ";") { throw .malformed(.boundaryMalformed) }
            hasSemicolon = true
        }
        if !hasSemicolon { flags.insert(.missingSemicolon) }
    }

    private mutating func findEquals(_ field: Span<UInt8>, _ start: Int) throws(BodyStop) -> Int {
        let equals = ByteSearch.first(UInt8(ascii: "="), in: field, from: start)
        if equals == field.count { throw .malformed(.boundaryMalformed) }
        for index in start..<equals {
            if !ASCII.isSpace(field[index]) { throw .malformed(.boundaryMalformed) }
            flags.insert(.boundaryWhitespace)
        }
        return equals
    }

    private mutating func takeValue(_ field: Span<UInt8>, _ start: Int) throws(BodyStop) {
        let quote = UInt8(ascii: "\"")
        let end = field.count
        if start == end { throw .malformed(.boundaryEmpty) }
        if ASCII.isSpace(field[start]) { flags.insert(.boundaryWhitespace) }
        let opens = field[start] == quote
        let closes = end - start >= 2 && field[end - 1] == quote
        if opens != closes { throw .malformed(.boundaryQuotes) }
        range = opens ? (start + 1)..<(end - 1) : start..<end
        if opens { flags.insert(.boundaryQuoted) }
        try checkValue(field.extracting(range))
    }

    private func checkValue(_ boundary: Span<UInt8>) throws(BodyStop) {
        if boundary.count == 0 { throw .malformed(.boundaryEmpty) }
        if BoundaryParameter.countParameters(in: boundary) > 0 { throw .malformed(.boundaryContent) }
        for index in boundary.indices where !BoundaryParameter.isAllowed(boundary[index]) {
            throw .malformed(.boundaryCharacters)
        }
        if boundary[boundary.count - 1] == 0x20 { throw .malformed(.boundaryCharacters) }
    }

    /// `bchars` of RFC 2046 section 5.1.1.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        if ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x20 { return true }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"), UInt8(ascii: "_"),
            UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"),
            UInt8(ascii: "="), UInt8(ascii: "?"):
            return true
        default: return false
        }
    }

    /// How often the word stands before an equals sign, at whatever distance and in whatever letter case.
    private static func countParameters(in text: Span<UInt8>) -> Int {
        var last = text.count - 1
        while last >= 0, text[last] != UInt8(ascii: "=") { last -= 1 }
        var count = 0
        var start = 0
        while let found = find(in: text, from: start, exact: false) {
            start = found + word.utf8CodeUnitCount
            if start <= last { count += 1 }
        }
        return count
    }

    /// Where the word stands next, written exactly so or in any letter case.
    private static func find(in text: Span<UInt8>, from start: Int, exact: Bool) -> Int? {
        let count = word.utf8CodeUnitCount
        var index = start
        while index + count <= text.count {
            let candidate = text.extracting(index..<(index + count))
            if exact ? ASCII.equal(candidate, word) : ASCII.equalIgnoringCase(candidate, word) { return index }
            index += 1
        }
        return nil
    }
}
