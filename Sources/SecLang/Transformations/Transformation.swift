/// How a value is changed before it is looked at, by ModSecurity's names.
public enum Transformation: String, CaseIterable, Sendable {
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
