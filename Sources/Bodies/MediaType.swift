internal import Bytes

/// The type in a `Content-Type` field's value (RFC 9110 section 8.3.1), parameters aside.
public enum MediaType {
    /// Where type and subtype stand in the field's value, without the parameters and the white space around.
    public static func essence(of field: Span<UInt8>) -> Range<Int> {
        var start = 0
        while start < field.count, isBlank(field[start]) { start += 1 }
        var end = ByteSearch.first(UInt8(ascii: ";"), in: field, from: start)
        while end > start, isBlank(field[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Whether the field's value has the type `type`, letter case and parameters aside (`SecResponseBodyMimeType`).
    public static func matches(_ field: Span<UInt8>, _ type: Span<UInt8>) -> Bool {
        ASCII.equalIgnoringCase(field.extracting(essence(of: field)), type)
    }

    /// Whether the field's value has one of the types in `list`, which stand there with blanks between them.
    public static func matches(_ field: Span<UInt8>, anyOf list: Span<UInt8>) -> Bool {
        var start = 0
        while start < list.count {
            let end = ByteSearch.first(0x20, in: list, from: start)
            if end > start, matches(field, list.extracting(start..<end)) { return true }
            start = end + 1
        }
        return false
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
