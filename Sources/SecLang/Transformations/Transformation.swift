/// How a value is changed before it is looked at, by ModSecurity's names.
public enum Transformation: String, CaseIterable, Sendable {
    /// Base64 (RFC 4648), up to the first byte that is not of it.
    case base64Decode

    /// Base64, bytes that are not of it left out.
    case base64DecodeExt

    /// To Base64.
    case base64Encode

    /// What shells take for nothing is removed, and letters become lower case.
    case cmdLine

    /// Each run of white space becomes one space.
    case compressWhitespace

    /// Escapes of CSS 2.
    case cssDecode

    /// Escapes of C.
    case escapeSeqDecode

    /// Pairs of hexadecimal digits.
    case hexDecode

    /// To pairs of hexadecimal digits.
    case hexEncode

    /// Entities of HTML.
    case htmlEntityDecode

    /// Escapes of JavaScript.
    case jsDecode

    /// The number of bytes.
    case length

    /// Letters of ASCII to lower case.
    case lowercase

    /// The MD5 digest, in bytes.
    case md5

    /// Without `//`, `/./` and `/../`.
    case normalizePath

    /// The same, with backslashes taken for slashes.
    case normalizePathWin

    /// The highest bit makes the parity even.
    case parityEven7bit

    /// The highest bit makes the parity odd.
    case parityOdd7bit

    /// The highest bit is cleared.
    case parityZero7bit

    /// Names as PHP changes them: spaces, dots and brackets become `_`.
    case phpArgsNames

    /// Without `/*…*/`, `<!--…-->`, and what follows `--` or `#`.
    case removeComments

    /// Without the marks of comments: `/*`, `*/`, `<!--`, `-->`, `--` and `#`.
    case removeCommentsChar

    /// Without bytes of value zero.
    case removeNulls

    /// Without white space.
    case removeWhitespace

    /// Each comment of C becomes a space.
    case replaceComments

    /// Each byte of value zero becomes a space.
    case replaceNulls

    /// The SHA-1 digest, in bytes.
    case sha1

    /// Hexadecimal numbers of SQL, as `0x414243`.
    case sqlHexDecode

    /// Without white space at both ends.
    case trim

    /// Without white space at the start.
    case trimLeft

    /// Without white space at the end.
    case trimRight

    /// Letters of ASCII to upper case.
    case uppercase

    /// Percent-encoding of forms.
    case urlDecode

    /// Percent-encoding of forms, with `%uHHHH`.
    case urlDecodeUni

    /// To the percent-encoding of forms.
    case urlEncode

    /// Characters of UTF-8 beyond ASCII to `%uHHHH`.
    case utf8toUnicode

    /// The transformation that `text`, in any case and either spelling, names.
    static func named(_ text: String) -> Transformation? { byName[text.lowercased()] }

    /// The names for which there is a nearest one.
    static let names = ["none", "normalisePath", "normalisePathWin"] + allCases.map(\.rawValue)

    private static let byName: [String: Transformation] = {
        var table: [String: Transformation] = [
            "normalisepath": .normalizePath, "normalisepathwin": .normalizePathWin,
        ]
        for transformation in allCases { table[transformation.rawValue.lowercased()] = transformation }
        return table
    }()
}
