/// Reads one JSON text (RFC 8259). Numbers are whole and not negative: the appliance sends no others.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0

    /// How deep values may stand in values.
    private static let depthLimit = 16

    /// The text is not what it should be.
    struct Mistake: Error, Equatable {
        /// Bytes before it.
        let position: Int
    }

    /// The value that `bytes` is.
    static func parse(_ bytes: [UInt8]) throws(Mistake) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        if parser.position != bytes.count { throw parser.mistake }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var mistake: Mistake { Mistake(position: position) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(Mistake) -> JSONValue {
        skipBlanks()
        if depth > JSONParser.depthLimit { throw mistake }
        switch next {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "["): return .list(try list(depth: depth))
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func expect(_ byte: UInt8) throws(Mistake) {
        skipBlanks()
        if next != byte { throw mistake }
        position += 1
    }

    /// Whether a comma follows; else `closing` must, which is gone over.
    private mutating func goesOn(closing: UInt8) throws(Mistake) -> Bool {
        skipBlanks()
        if next == UInt8(ascii: ",") {
            position += 1
            return true
        }
        try expect(closing)
        return false
    }

    private mutating func isEmpty(closing: UInt8) -> Bool {
        skipBlanks()
        if next != closing { return false }
        position += 1
        return true
    }

    private mutating func list(depth: Int) throws(Mistake) -> [JSONValue] {
        try expect(UInt8(ascii: "["))
        var values: [JSONValue] = []
        if isEmpty(closing: UInt8(ascii: "]")) { return values }
        repeat { values.append(try value(depth: depth + 1)) } while try goesOn(closing: UInt8(ascii: "]"))
        return values
    }

    private mutating func object(depth: Int) throws(Mistake) -> [JSONValue.Member] {
        try expect(UInt8(ascii: "{"))
        var members: [JSONValue.Member] = []
        if isEmpty(closing: UInt8(ascii: "}")) { return members }
        repeat {
            skipBlanks()
            let name = try text()
            try expect(UInt8(ascii: ":"))
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
        } while try goesOn(closing: UInt8(ascii: "}"))
        return members
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Mistake) -> JSONValue {
        for byte in "\(word)".utf8 {
            if next != byte { throw mistake }
            position += 1
        }
        return value
    }

    private mutating func number() throws(Mistake) -> UInt64 {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard let number = UInt64(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw mistake }
        return number
    }

    private mutating func text() throws(Mistake) -> String {
        if next != UInt8(ascii: "\"") { throw mistake }
        position += 1
        var result: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"): result += try escaped()
            case 0..<0x20: throw mistake
            default: result.append(byte)
            }
        }
        throw mistake
    }

    private mutating func escaped() throws(Mistake) -> [UInt8] {
        guard let byte = next else { throw mistake }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "u"): return try codeUnits()
        default: throw mistake
        }
    }

    /// The characters of `\uXXXX`, or of two of them that are a surrogate pair (RFC 8259 section 7).
    private mutating func codeUnits() throws(Mistake) -> [UInt8] {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]) {
            for byte in "\\u".utf8 {
                if next != byte { throw mistake }
                position += 1
            }
            units.append(try codeUnit())
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private mutating func codeUnit() throws(Mistake) -> UInt16 {
        if position + 4 > bytes.count { throw mistake }
        let digits = bytes[position..<position + 4]
        guard !digits.contains(UInt8(ascii: "+")), let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else {
            throw mistake
        }
        position += 4
        return unit
    }
}
