public import Bytes

/// How text stands in a record.
///
/// Requests carry bytes that are no text. So that every byte can be read back, and none of them reaches a terminal as
/// a control sequence, the strings of a record hold to one rule: what is not escaped is UTF-8 that stands for itself,
/// and an escape `\u00XX` stands for the single byte XX. Escaped are control characters (00 to 1F, 7F), every byte
/// that is not part of well-formed UTF-8, and the bytes of the control characters U+0080 to U+009F. `"` and `\` are
/// escaped as `\"` and `\\`. Each line is valid JSON (RFC 8259).
extension ByteWriter {
    /// Appends `text` in quotes.
    @_lifetime(self: copy self)
    public mutating func append(jsonText text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        var start = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if isPlain(byte) {
                index += 1
                continue
            }
            let length = byte < 0x80 || UTF8Text.isControl(text, at: index) ? 0 : UTF8Text.length(text, at: index)
            if length > 0 {
                index += length
                continue
            }
            append(text.extracting(start..<index))
            append(jsonEscapeOf: byte)
            index += 1
            start = index
        }
        append(text.extracting(start..<text.count))
        append(UInt8(ascii: "\""))
    }

    /// The most bytes that ``append(jsonText:)`` makes of `count`.
    public static func jsonTextLimit(_ count: Int) -> Int { 6 * count + 2 }

    @_lifetime(self: copy self)
    private mutating func append(jsonEscapeOf byte: UInt8) {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            append(UInt8(ascii: "\\"))
            append(byte)
        } else {
            append("\\u00")
            append(ASCII.hexadecimalDigit(byte >> 4))
            append(ASCII.hexadecimalDigit(byte & 15))
        }
    }
}

/// Whether a byte is printable ASCII that JSON does not escape.
@inline(__always)
private func isPlain(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x5f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}
