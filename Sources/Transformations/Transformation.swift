import Bytes

/// A transformation of ModSecurity's rule language (`t:`), as a pure function over bytes.
///
/// All take linear time and allocate nothing. Where the engines differ, mod_security2 is followed.
public enum Transformation: UInt8, CaseIterable, Sendable {
    case none
    case base64Decode
    case base64DecodeExt
    case base64Encode
    case cmdLine
    case compressWhitespace
    case cssDecode
    case escapeSeqDecode
    case hexDecode
    case hexEncode
    case htmlEntityDecode
    case jsDecode
    case length
    case lowercase
    case md5
    case normalizePath
    case normalizePathWin
    case parityEven7bit
    case parityOdd7bit
    case parityZero7bit
    case phpArgsNames
    case removeComments
    case removeCommentsChar
    case removeNulls
    case removeWhitespace
    case replaceComments
    case replaceNulls
    case sha1
    case sqlHexDecode
    case trim
    case trimLeft
    case trimRight
    case uppercase
    case urlDecode
    case urlDecodeUni
    case urlEncode
    case utf8toUnicode

    /// The transformation that a rule names, letter case aside, in either spelling of `normalise`; nil for an
    /// unknown name.
    public init?(name: Span<UInt8>) {
        for transformation in Transformation.allCases
        where ASCII.equalIgnoringCase(name, transformation.name) {
            self = transformation
            return
        }
        if ASCII.equalIgnoringCase(name, "normalisePath") {
            self = .normalizePath
        } else if ASCII.equalIgnoringCase(name, "normalisePathWin") {
            self = .normalizePathWin
        } else {
            return nil
        }
    }

    /// The name in rules.
    public var name: StaticString {
        switch self {
        case .none: "none"
        case .base64Decode: "base64Decode"
        case .base64DecodeExt: "base64DecodeExt"
        case .base64Encode: "base64Encode"
        case .cmdLine: "cmdLine"
        case .compressWhitespace: "compressWhitespace"
        case .cssDecode: "cssDecode"
        case .escapeSeqDecode: "escapeSeqDecode"
        case .hexDecode: "hexDecode"
        case .hexEncode: "hexEncode"
        case .htmlEntityDecode: "htmlEntityDecode"
        case .jsDecode: "jsDecode"
        case .length: "length"
        case .lowercase: "lowercase"
        case .md5: "md5"
        case .normalizePath: "normalizePath"
        case .normalizePathWin: "normalizePathWin"
        case .parityEven7bit: "parityEven7bit"
        case .parityOdd7bit: "parityOdd7bit"
        case .parityZero7bit: "parityZero7bit"
        case .phpArgsNames: "phpArgsNames"
        case .removeComments: "removeComments"
        case .removeCommentsChar: "removeCommentsChar"
        case .removeNulls: "removeNulls"
        case .removeWhitespace: "removeWhitespace"
        case .replaceComments: "replaceComments"
        case .replaceNulls: "replaceNulls"
        case .sha1: "sha1"
        case .sqlHexDecode: "sqlHexDecode"
        case .trim: "trim"
        case .trimLeft: "trimLeft"
        case .trimRight: "trimRight"
        case .uppercase: "uppercase"
        case .urlDecode: "urlDecode"
        case .urlDecodeUni: "urlDecodeUni"
        case .urlEncode: "urlEncode"
        case .utf8toUnicode: "utf8toUnicode"
        }
    }
}
