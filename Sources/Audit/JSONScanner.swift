import Bytes

/// Walks over JSON (RFC 8259) and says where its values are. It reads what logd writes and what a later version may
/// add to it: values in values up to ``depthLimit``, blanks between them.
struct JSONScanner: ~Escapable {
    /// What a value is.
    enum Kind: UInt8, BitwiseCopyable {
        case string, number, array, other
    }

    /// Where a value is; of a string, without its quotes.
    struct Value: BitwiseCopyable {
        var start: Int
        var end: Int
        var kind: Kind
        var isEscaped = false
    }

    /// How deep values may stand in values.
    static let depthLimit = 8

    private let bytes: Span<UInt8>
    private var position = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// Goes over `byte`, which must be next.
    @_lifetime(self: copy self)
    mutating func expect(_ byte: UInt8) throws(LineError) {
        if !skip(byte) { throw error }
    }

    /// Whether `byte` is next, which is then gone over.
    @_lifetime(self: copy self)
    mutating func skip(_ byte: UInt8) -> Bool {
        skipBlanks()
        if position == bytes.count || bytes[position] != byte { return false }
        position += 1
        return true
    }

    /// Nothing but blanks may be left.
    @_lifetime(self: copy self)
    mutating func end() throws(LineError) {
        skipBlanks()
        if position != bytes.count { throw error }
    }

    /// Goes over the value that is next.
    @_lifetime(self: copy self)
    mutating func value(depth: Int = 0) throws(LineError) -> Value {
        skipBlanks()
        if position == bytes.count || depth > JSONScanner.depthLimit { throw error }
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "["):
            try list(closing: UInt8(ascii: "]"), named: false, depth: depth)
            return Value(start: start, end: position, kind: .array)
        case UInt8(ascii: "{"):
            try list(closing: UInt8(ascii: "}"), named: true, depth: depth)
            return Value(start: start, end: position, kind: .other)
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default:
            try number()
            return Value(start: start, end: position, kind: .number)
        }
        return Value(start: start, end: position, kind: .other)
    }

    private var error: LineError { .malformed(at: position + 1) }

    @_lifetime(self: copy self)
    private mutating func list(closing: UInt8, named: Bool, depth: Int) throws(LineError) {
        position += 1
        if skip(closing) { return }
        repeat {
            let first = try value(depth: depth + 1)
            if !named { continue }
            if first.kind != .string { throw error }
            try expect(UInt8(ascii: ":"))
            _ = try value(depth: depth + 1)
        } while skip(UInt8(ascii: ","))
        try expect(closing)
    }

    @_lifetime(self: copy self)
    private mutating func string() throws(LineError) -> Value {
        var value = Value(start: position + 1, end: 0, kind: .string)
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                value.end = position
                position += 1
                return value
            }
            if byte < 0x20 { throw error }
            if byte >= 0x80 {
                let length = UTF8Text.length(bytes, at: position)
                if length == 0 { throw error }
                position += length
            } else if byte == UInt8(ascii: "\\") {
                value.isEscaped = true
                try escape()
            } else {
                position += 1
            }
        }
        throw error
    }

    @_lifetime(self: copy self)
    private mutating func escape() throws(LineError) {
        position += 1
        if position == bytes.count { throw error }
        switch bytes[position] {
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                position += 1
                if position == bytes.count || ASCII.hexadecimalValue(bytes[position]) == nil { throw error }
            }
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            break
        default: throw error
        }
        position += 1
    }

    @_lifetime(self: copy self)
    private mutating func word(_ word: StaticString) throws(LineError) {
        let word = word.bytes
        if bytes.count - position < word.count
            || !ASCII.equal(bytes.extracting(position..<(position + word.count)), word)
        {
            throw error
        }
        position += word.count
    }

    /// `-`, digits without a leading zero, a fraction, an exponent.
    @_lifetime(self: copy self)
    private mutating func number() throws(LineError) {
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let start = position
        if digits() == 0 || (bytes[start] == UInt8(ascii: "0") && position > start + 1) { throw error }
        if position < bytes.count && bytes[position] == UInt8(ascii: ".") {
            position += 1
            if digits() == 0 { throw error }
        }
        if position < bytes.count && bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count && (bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")) {
                position += 1
            }
            if digits() == 0 { throw error }
        }
    }

    @_lifetime(self: copy self)
    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count && ASCII.isDigit(bytes[position]) { position += 1 }
        return position - start
    }

    @_lifetime(self: copy self)
    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }
}
