extension Transformation {
    /// A value that contains none of these bytes is left unchanged. An empty value always may change: see
    /// ``changesEmpty``.
    public var triggers: ByteSet {
        switch self {
        case .none: ByteSet()
        case .urlDecode, .urlDecodeUni: Triggers.percentOrPlus
        case .htmlEntityDecode: Triggers.ampersand
        case .jsDecode, .cssDecode, .escapeSeqDecode: Triggers.backslash
        case .lowercase: Triggers.upper
        case .uppercase: Triggers.lower
        case .removeNulls, .replaceNulls: Triggers.null
        case .utf8toUnicode: Triggers.nullOrHigh
        case .removeWhitespace: Triggers.spaceOrNoBreak
        case .compressWhitespace: Triggers.spaceOrNoBreak
        case .trim, .trimLeft, .trimRight: Triggers.space
        case .replaceComments: Triggers.slash
        case .removeComments: Triggers.commentOpening
        case .removeCommentsChar: Triggers.commentMark
        case .cmdLine: Triggers.commandLine
        case .normalizePath: Triggers.path
        case .normalizePathWin: Triggers.pathWin
        case .sqlHexDecode: Triggers.zeroOrNull
        case .urlEncode: Triggers.notSafe
        case .parityZero7bit: Triggers.high
        case .parityEven7bit: Triggers.oddParity
        case .parityOdd7bit: Triggers.evenParity
        case .phpArgsNames: Triggers.argumentName
        case .base64Decode, .base64DecodeExt, .base64Encode, .hexDecode, .hexEncode, .length, .md5, .sha1:
            Triggers.all
        }
    }

    /// Whether a value whose bytes are `contained` may be changed: when not, ``apply(_:to:unicode:)`` need not be called.
    public func mayChange(_ contained: ByteSet) -> Bool {
        contained.isEmpty ? changesEmpty : !triggers.isDisjoint(with: contained)
    }

    /// Whether even the empty value is changed.
    public var changesEmpty: Bool {
        switch self {
        case .length, .md5, .sha1: true
        default: false
        }
    }
}

/// The bytes that transformations look for.
enum Triggers {
    static let all = ByteSet(0...255)
    static let percentOrPlus = ByteSet(0x25...0x25, 0x2b...0x2b)
    static let ampersand = ByteSet(0x26...0x26)
    static let backslash = ByteSet(0x5c...0x5c)
    static let upper = ByteSet(0x41...0x5a)
    static let lower = ByteSet(0x61...0x7a)
    static let null = ByteSet(0...0)
    static let high = ByteSet(0x80...0xff)
    static let nullOrHigh = ByteSet(0...0, 0x80...0xff)
    static let space = ByteSet(0x09...0x0d, 0x20...0x20)
    static let spaceOrNoBreak = ByteSet(0x09...0x0d, 0x20...0x20, 0xa0...0xa0)
    static let slash = ByteSet(0x2f...0x2f)
    /// `/` `<` `-` `#`
    static let commentOpening = ByteSet(0x2f...0x2f, 0x3c...0x3c, 0x2d...0x2d, 0x23...0x23)
    /// As above, and `*`.
    static let commentMark = ByteSet(0x2f...0x2f, 0x3c...0x3c, 0x2d...0x2d, 0x23...0x23, 0x2a...0x2a)
    /// `"` `'` `\` `^`, what becomes a space, what takes spaces away, and what has another case.
    static let commandLine = ByteSet(
        0x22...0x22, 0x27...0x28, 0x5c...0x5c, 0x5e...0x5e, 0x20...0x20, 0x2c...0x2c, 0x3b...0x3b, 0x09...0x0a,
        0x0d...0x0d, 0x2f...0x2f, 0x41...0x5a)
    static let path = ByteSet(0x2e...0x2f)
    static let pathWin = ByteSet(0x2e...0x2f, 0x5c...0x5c)
    static let zeroOrNull = ByteSet(0x30...0x30, 0...0)
    /// All but letters, digits and `*`.
    static let notSafe = ByteSet(0x2a...0x2a, 0x30...0x39, 0x41...0x5a, 0x61...0x7a).inverted
    static let oddParity = Parity.set { Parity.even($0) != $0 }
    static let evenParity = Parity.set { Parity.odd($0) != $0 }
    /// Space, `.`, `[` and the end of a C string.
    static let argumentName = ByteSet(0...0, 0x20...0x20, 0x2e...0x2e, 0x5b...0x5b)
}
