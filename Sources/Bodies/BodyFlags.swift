/// What is unusual about a body though it can be parsed. The names in brackets are mod_security2's variables.
public struct BodyFlags: OptionSet, BitwiseCopyable, Sendable {
    public let rawValue: UInt32

    /// Flags with these bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A `%` that does not begin an escape; it was kept as it is (`INVALID_URL_ENCODING`).
    public static let invalidURLEncoding = BodyFlags(rawValue: 1 << 0)

    /// The boundary parameter is in quotes (`MULTIPART_BOUNDARY_QUOTED`).
    public static let boundaryQuoted = BodyFlags(rawValue: 1 << 1)
    /// White space around the `=` of the boundary parameter (`MULTIPART_BOUNDARY_WHITESPACE`).
    public static let boundaryWhitespace = BodyFlags(rawValue: 1 << 2)
    /// A line before the first boundary (`MULTIPART_DATA_BEFORE`).
    public static let dataBefore = BodyFlags(rawValue: 1 << 3)
    /// Bytes behind the last boundary (`MULTIPART_DATA_AFTER`).
    public static let dataAfter = BodyFlags(rawValue: 1 << 4)
    /// A part's header goes on in the next line (`MULTIPART_HEADER_FOLDING`).
    public static let headerFolding = BodyFlags(rawValue: 1 << 5)
    /// A structural line that ends in LF alone (`MULTIPART_LF_LINE`).
    public static let lfLine = BodyFlags(rawValue: 1 << 6)
    /// A structural line that ends in CRLF.
    public static let crlfLine = BodyFlags(rawValue: 1 << 7)
    /// No semicolon before the boundary parameter (`MULTIPART_MISSING_SEMICOLON`).
    public static let missingSemicolon = BodyFlags(rawValue: 1 << 8)
    /// A name or file name in `'`, or with a `'` that is not in `"` (`MULTIPART_INVALID_QUOTING`).
    public static let invalidQuoting = BodyFlags(rawValue: 1 << 9)
    /// A part without a name, or a boundary where a part's data should begin (`MULTIPART_INVALID_PART`).
    public static let invalidPart = BodyFlags(rawValue: 1 << 10)
    /// A folded line that begins with white space other than SP and HTAB (`MULTIPART_INVALID_HEADER_FOLDING`).
    public static let invalidHeaderFolding = BodyFlags(rawValue: 1 << 11)
    /// More files than ``BodyLimits/files`` (`MULTIPART_FILE_LIMIT_EXCEEDED`).
    public static let fileLimitExceeded = BodyFlags(rawValue: 1 << 12)
    /// A line that looks like a boundary and is none (`MULTIPART_UNMATCHED_BOUNDARY`).
    public static let unmatchedBoundary = BodyFlags(rawValue: 1 << 13)

    /// An object has two members of the same name; both are kept.
    public static let duplicateKey = BodyFlags(rawValue: 1 << 14)
    /// So many keys collide that some were not looked at for duplicates.
    public static let uncheckedKeys = BodyFlags(rawValue: 1 << 15)

    /// A document type declaration; it was skipped.
    public static let doctype = BodyFlags(rawValue: 1 << 16)
    /// The document type declaration has an internal subset; nothing in it has an effect.
    public static let internalSubset = BodyFlags(rawValue: 1 << 17)
    /// The XML declaration names an encoding other than UTF-8; the bytes were taken as they are.
    public static let otherEncoding = BodyFlags(rawValue: 1 << 18)

    /// What counts for `MULTIPART_STRICT_ERROR`, besides errors.
    public static let multipartStrict: BodyFlags = [
        .boundaryQuoted, .boundaryWhitespace, .dataBefore, .dataAfter, .headerFolding, .lfLine, .missingSemicolon,
        .invalidQuoting, .invalidPart, .invalidHeaderFolding, .fileLimitExceeded,
    ]
}
