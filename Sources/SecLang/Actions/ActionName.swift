/// The actions that are supported. The raw value is the name as the documentation writes it.
enum ActionName: String, CaseIterable {
    case accuracy, allow, auditlog, block, capture, chain, ctl, deny, drop, expirevar, id, initcol, log, logdata
    case maturity, msg, multiMatch, noauditlog, nolog, pass, phase, redirect, rev
    case sanitiseArg, sanitiseMatched, sanitiseMatchedBytes, sanitiseRequestHeader, sanitiseResponseHeader
    case setrsc, setsid, setuid, setvar, severity, skip, skipAfter, status, t, tag, ver, xmlns

    /// The action that `text`, in any case and either spelling, names.
    static func named(_ text: String) -> ActionName? {
        let word = text.lowercased()
        let isAmerican = word.hasPrefix("sanitize")
        return byName[isAmerican ? "sanitise" + word.dropFirst("sanitize".count) : word]
    }

    private static let byName: [String: ActionName] = {
        var table: [String: ActionName] = [:]
        for name in allCases { table[name.rawValue.lowercased()] = name }
        return table
    }()

    /// Why an action of ModSecurity is not supported; nil for names that it does not know.
    static func refusal(of text: String) -> String? { refused[text.lowercased()] }

    /// The names for which there is a nearest one.
    static let names = allCases.map(\.rawValue) + refused.keys.sorted()

    private static let rewriting = "bodies are inspected, and never rewritten by rules"

    private static let refused: [String: String] = [
        "append": rewriting,
        "deprecatevar": "values of collections expire, they do not fade; use expirevar",
        "exec": "the process that runs rules starts no programs",
        "pause": "a pause would keep other requests waiting; limit the rate in the policy",
        "prepend": rewriting,
        "proxy": "where requests go is decided by the policy's routes alone",
        "setenv": "the process that runs rules has no environment; use setvar:tx",
    ]

    /// What its argument is, for messages; nil when it takes none.
    var argument: String? {
        switch self {
        case .auditlog, .block, .capture, .chain, .deny, .drop, .log, .multiMatch, .noauditlog, .nolog, .pass,
            .sanitiseMatched:
            nil
        case .accuracy, .maturity: "a number from 1 to 9"
        case .allow: "phase or request"
        case .ctl: "an option and its value, such as ruleRemoveById=942100"
        case .expirevar: "a variable and seconds, such as ip.counter=60"
        case .id: "a number"
        case .initcol: "a collection and its key, such as ip=%{REMOTE_ADDR}"
        case .logdata, .msg, .rev, .ver: "a text"
        case .phase: "a number from 1 to 5, or request, response or logging"
        case .redirect: "a location"
        case .sanitiseArg, .sanitiseRequestHeader, .sanitiseResponseHeader: "a name"
        case .sanitiseMatchedBytes: "two numbers, such as 1/4"
        case .setrsc, .setsid, .setuid: "a key"
        case .setvar: "a variable and its value, such as tx.score=+5"
        case .severity: "a name such as CRITICAL, or a number from 0 to 7"
        case .skip: "a number of rules"
        case .skipAfter: "the name of a marker"
        case .status: "a status code"
        case .t: "a transformation, or none"
        case .tag: "a tag"
        case .xmlns: "a prefix and its name, such as soap='urn:x'"
        }
    }

    /// Whether the argument may be left out.
    var isArgumentOptional: Bool { self == .allow || self == .sanitiseMatchedBytes }
}
