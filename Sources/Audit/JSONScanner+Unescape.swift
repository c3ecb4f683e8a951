import Bytes

extension JSONScanner {
    /// The bytes that a string stands for, given without its quotes; the string has been scanned, so it is well formed.
    ///
    /// An escape below `\u0100` is a byte, as ``ByteWriter/append(jsonText:)`` writes them; another is the UTF-8 of
    /// its character, and half a surrogate pair the UTF-8 of U+FFFD.
    static func unescaped(_ text: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] != UInt8(ascii: "\\") {
                bytes.append(text[index])
                index += 1
            } else if text[index + 1] == UInt8(ascii: "u") {
                index += append(character: text, at: index, to: &bytes)
            } else {
                bytes.append(control(text[index + 1]))
                index += 2
            }
        }
        return bytes
    }

    /// Appends what the escape at `index` stands for, and answers how long the escape is.
    private static func append(character text: Span<UInt8>, at index: Int, to bytes: inout [UInt8]) -> Int {
        let first = unit(text, at: index)
        if first < 0x100 {
            bytes.append(UInt8(first))
            return 6
        }
        if first & 0xfc00 == 0xd800, index + 11 < text.count, text[index + 6] == UInt8(ascii: "\\"),
            text[index + 7] == UInt8(ascii: "u")
        {
            let second = unit(text, at: index + 6)
            if second & 0xfc00 == 0xdc00, let scalar = Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + second & 0x3ff) {
                bytes += Array(String(Character(scalar)).utf8)
                return 12
            }
        }
        bytes += Array(String(Character(Unicode.Scalar(first) ?? "\u{fffd}")).utf8)
        return 6
    }

    private static func unit(_ text: Span<UInt8>, at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for digit in (index + 2)..<(index + 6) { value = value << 4 | UInt32(ASCII.hexadecimalValue(text[digit]) ?? 0) }
        return value
    }

    private static func control(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
