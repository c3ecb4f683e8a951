/// The operators that are supported. The raw value is the name as the documentation writes it.
enum OperatorName: String, CaseIterable {
    case beginsWith, contains, containsWord, detectSQLi, detectXSS, endsWith, eq, ge, geoLookup, gt, ipMatch
    case ipMatchF, ipMatchFromFile, le, lt, noMatch, pm, pmf, pmFromFile, rbl, rx, rxGlobal, streq, strmatch
    case unconditionalMatch, validateByteRange
    case validateURLEncoding = "validateUrlEncoding"
    case validateUTF8Encoding = "validateUtf8Encoding"
    case verifyCC, verifyCPF, verifySSN, verifySVNR, within

    /// The operator that `text`, in any case, names.
    static func named(_ text: String) -> OperatorName? { byName[text.lowercased()] }

    private static let byName: [String: OperatorName] = {
        var table: [String: OperatorName] = [:]
        for name in allCases { table[name.rawValue.lowercased()] = name }
        return table
    }()

    /// Why an operator of ModSecurity is not supported; nil for names that it does not know.
    static func refusal(of text: String) -> String? { refused[text.lowercased()] }

    /// The names for which there is a nearest one.
    static let names = allCases.map(\.rawValue) + refused.keys.sorted()

    private static let schema = "documents are read as a stream, without external schemas"

    private static let refused: [String: String] = [
        "fuzzyhash": "there is no database of fuzzy hashes",
        "gsblookup": "the process that runs rules reaches no database and no network",
        "inspectfile": "the process that runs rules starts no programs, and uploads never become files",
        "rsub": "bodies are inspected, and never rewritten by rules",
        "validatedtd": schema,
        "validatehash": "there is no hash engine that signs links",
        "validateschema": schema,
    ]
}
