/// What is text in UTF-8 and what is not.
enum UTF8Text {
    /// The length of the character that starts at `index` with a byte of 80 or above; 0 when the bytes there are not
    /// well-formed UTF-8 (Unicode 16, table 3-7).
    static func length(_ bytes: Span<UInt8>, at index: Int) -> Int {
        switch bytes[index] {
        case 0xc2...0xdf: follows(bytes, index, 0x80...0xbf, 2)
        case 0xe0: follows(bytes, index, 0xa0...0xbf, 3)
        case 0xed: follows(bytes, index, 0x80...0x9f, 3)
        case 0xe1...0xef: follows(bytes, index, 0x80...0xbf, 3)
        case 0xf0: follows(bytes, index, 0x90...0xbf, 4)
        case 0xf1...0xf3: follows(bytes, index, 0x80...0xbf, 4)
        case 0xf4: follows(bytes, index, 0x80...0x8f, 4)
        default: 0
        }
    }

    /// Whether one of the control characters U+0080 to U+009F starts at `index`.
    static func isControl(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        bytes[index] == 0xc2 && index + 1 < bytes.count && bytes[index + 1] < 0xa0
    }

    private static func follows(
        _ bytes: Span<UInt8>, _ index: Int, _ second: ClosedRange<UInt8>, _ length: Int
    ) -> Int {
        if bytes.count - index < length || !second.contains(bytes[index + 1]) { return 0 }
        for next in (index + 2)..<(index + length) where bytes[next] & 0xc0 != 0x80 { return 0 }
        return length
    }
}
