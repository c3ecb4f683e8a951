internal import Bytes

/// A reference to a character or to one of the five predefined entities (XML 1.0 sections 4.1, 4.6), byte by byte.
struct Reference: BitwiseCopyable {
    private enum Form: UInt8 {
        case start, name, number, decimal, hexadecimalStart, hexadecimal
    }

    private var form = Form.start
    /// The bytes of the name, the latest lowest; or the number.
    private var value: UInt32 = 0
    private var count = 0

    /// The longest name is of four bytes.
    private static var longestName: Int { 4 }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) throws(BodyStop) {
        switch form {
        case .start:
            form = byte == UInt8(ascii: "#") ? .number : .name
            if form == .name { try takeName(byte) }
        case .name: try takeName(byte)
        case .number:
            form = byte == UInt8(ascii: "x") ? .hexadecimalStart : .decimal
            if form == .decimal { try takeDigit(byte, base: 10) }
        case .decimal: try takeDigit(byte, base: 10)
        case .hexadecimalStart, .hexadecimal:
            form = .hexadecimal
            try takeDigit(byte, base: 16)
        }
    }

    /// What the reference stands for.
    func scalar() throws(BodyStop) -> UInt32 {
        switch form {
        case .name: return try named()
        case .decimal, .hexadecimal:
            if XMLCharacter.isAllowed(value) { return value }
            throw .malformed(.xmlEntity)
        default: throw .malformed(.xmlEntity)
        }
    }

    private mutating func takeName(_ byte: UInt8) throws(BodyStop) {
        count &+= 1
        if count > Reference.longestName { throw .malformed(.xmlEntity) }
        value = value << 8 | UInt32(byte)
    }

    private mutating func takeDigit(_ byte: UInt8, base: UInt32) throws(BodyStop) {
        guard let digit = ASCII.hexadecimalValue(byte), digit < base else { throw .malformed(.xmlEntity) }
        value = value &* base &+ UInt32(digit)
        if value > 0x10_ffff { throw .malformed(.xmlEntity) }
    }

    private func named() throws(BodyStop) -> UInt32 {
        switch value {
        case Reference.packed("lt"): UInt32(UInt8(ascii: "<"))
        case Reference.packed("gt"): UInt32(UInt8(ascii: ">"))
        case Reference.packed("amp"): UInt32(UInt8(ascii: "&"))
        case Reference.packed("quot"): UInt32(UInt8(ascii: "\""))
        case Reference.packed("apos"): UInt32(UInt8(ascii: "'"))
        default: throw .malformed(.xmlEntity)
        }
    }

    private static func packed(_ name: StaticString) -> UInt32 {
        var packed: UInt32 = 0
        let bytes = name.bytes
        for index in bytes.indices { packed = packed << 8 | UInt32(bytes[index]) }
        return packed
    }
}
