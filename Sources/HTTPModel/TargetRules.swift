/// What may stand in a request target. The defaults refuse every form that two servers could understand differently.
public struct TargetRules: BitwiseCopyable, Equatable, Sendable {
    /// Which bytes may stand unencoded in paths and queries.
    public enum Characters: UInt8, BitwiseCopyable, Sendable {
        /// Those of RFC 3986 alone.
        case standard
        /// Also those that browsers do not encode: `[ ] ^ |` in paths, and `[ ] ^ | { } \` and the backtick in
        /// queries.
        case browsers
        /// Every visible ASCII character but `#`.
        case visible
    }

    /// Unencoded bytes. In a path, those outside RFC 3986 are encoded in the canonical form.
    public var characters: Characters = .browsers

    /// Whether runs of `/` in a path become one.
    public var mergesSlashes: Bool = true

    /// Whether a path with runs of `/` is refused.
    public var refusesEmptySegments: Bool = false

    /// Whether `%2F` may stand in a path; it stays encoded.
    public var allowsEncodedSlash: Bool = false

    /// Whether `%5C` may stand in a path; it stays encoded.
    public var allowsEncodedBackslash: Bool = false

    /// Whether `\` may stand in a path; it is encoded in the canonical form.
    public var allowsBackslash: Bool = false

    /// Whether encoded control bytes (`%01` to `%1F`, `%7F`) may stand in a path. `%00` never may.
    public var allowsEncodedControls: Bool = false

    /// Whether a `%` that two hexadecimal digits do not follow may stand in a path; it becomes `%25`.
    public var allowsInvalidPercent: Bool = false

    /// Whether `;` may stand in a path.
    public var allowsParameters: Bool = true

    /// Whether a path may decode to something that is not UTF-8.
    public var allowsInvalidUTF8: Bool = false

    /// Whether `..` above the root is passed over instead of refused.
    public var allowsDotSegmentsBeyondRoot: Bool = false

    /// Whether a `%` that two hexadecimal digits do not follow may stand in a query; it stays as it is.
    public var allowsInvalidPercentInQuery: Bool = true

    /// The defaults.
    public init() {}

    /// Whether `byte` may stand unencoded in a path. `/`, `%`, `\` and `;` are decided elsewhere.
    func allowsInPath(_ byte: UInt8) -> Bool {
        if TargetRules.isPathCharacter(byte) { return true }
        switch characters {
        case .standard: return false
        case .browsers: return byte == 0x5b || byte == 0x5d || byte == 0x5e || byte == 0x7c
        case .visible: return byte > 0x20 && byte < 0x7f && byte != 0x23
        }
    }

    /// Whether `byte` may stand in a query. `%` is decided elsewhere.
    func allowsInQuery(_ byte: UInt8) -> Bool {
        if TargetRules.isPathCharacter(byte) || byte == 0x2f || byte == 0x3f { return true }
        switch characters {
        case .standard: return false
        // `[ \ ] ^` and the backtick but not `_` between them, which is a path character; `{ | }`.
        case .browsers: return (byte >= 0x5b && byte <= 0x60) || (byte >= 0x7b && byte <= 0x7d)
        case .visible: return byte > 0x20 && byte < 0x7f && byte != 0x23
        }
    }

    /// `unreserved` of RFC 3986 section 2.3.
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool { contains(byte, 0x03ff_6000_0000_0000, 0x47ff_fffe_87ff_fffe) }

    /// `pchar` of RFC 3986 section 3.3 without the percent-encoded forms.
    @inline(__always)
    static func isPathCharacter(_ byte: UInt8) -> Bool { contains(byte, 0x2fff_7fd2_0000_0000, 0x47ff_fffe_87ff_ffff) }

    /// Whether the bit of `byte` is set in one of two masks, for 0–63 and for 64–127.
    @inline(__always)
    private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        let mask = byte < 64 ? low : high
        return byte < 128 && (mask &>> UInt64(byte)) & 1 == 1
    }
}
