internal import Bytes

/// What a body is compressed with, as far as it decides whether it can be looked at (RFC 9110 section 8.4.1).
public enum ContentCoding: UInt8, Sendable, Equatable {
    case identity, gzip, deflate
    /// Another coding, or more than one.
    case other

    /// What a `Content-Encoding` field's value says.
    public init(field: Span<UInt8>) {
        let name = field.extracting(MediaType.essence(of: field))
        if name.count == 0 || ASCII.equalIgnoringCase(name, "identity") {
            self = .identity
        } else if ASCII.equalIgnoringCase(name, "gzip") || ASCII.equalIgnoringCase(name, "x-gzip") {
            self = .gzip
        } else {
            self = ASCII.equalIgnoringCase(name, "deflate") ? .deflate : .other
        }
    }

    /// What the first bytes of a body look like: those of gzip (RFC 1952 section 2.3.1), of zlib, which `deflate` means
    /// (RFC 1950 section 2.2), or of neither.
    public init(firstBytes bytes: Span<UInt8>) {
        if bytes.count >= 3 && bytes[0] == 0x1f && bytes[1] == 0x8b && bytes[2] == 8 {
            self = .gzip
        } else if bytes.count >= 2 && bytes[0] & 0x0f == 8 && bytes[0] >> 4 <= 7
            && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
        {
            self = .deflate
        } else {
            self = .identity
        }
    }
}
