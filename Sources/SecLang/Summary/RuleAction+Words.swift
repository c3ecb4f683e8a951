// The words of the language for what was read.

extension RuleAction {
    /// The action's name in the language.
    var word: String {
        switch self {
        case .id: "id"
        case .phase: "phase"
        case .severity: "severity"
        case .message: "msg"
        case .logData: "logdata"
        case .tag: "tag"
        case .version: "ver"
        case .revision: "rev"
        case .maturity: "maturity"
        case .accuracy: "accuracy"
        case .disruption(let disruption): disruption.word
        case .status: "status"
        case .transformation: "t"
        case .capture: "capture"
        case .multiMatch: "multiMatch"
        case .chain: "chain"
        case .log: "log"
        case .noLog: "nolog"
        case .auditLog: "auditlog"
        case .noAuditLog: "noauditlog"
        case .sanitise(let sanitisation): sanitisation.word
        case .skip: "skip"
        case .skipAfter: "skipAfter"
        case .setVariable: "setvar"
        case .expireVariable: "expirevar"
        case .initializeCollection(.session, _): "setsid"
        case .initializeCollection(.user, _): "setuid"
        case .initializeCollection: "initcol"
        case .control: "ctl"
        case .xmlNamespace: "xmlns"
        }
    }

    /// The texts in which variables may be replaced.
    var macroTexts: [MacroText] {
        switch self {
        case .message(let text), .logData(let text), .tag(let text), .disruption(.redirect(let text)),
            .initializeCollection(_, let text):
            [text]
        case .setVariable(let assignment): [assignment.name] + [assignment.operation.value].compactMap { $0 }
        case .expireVariable(let expiry): [expiry.name, expiry.seconds]
        default: []
        }
    }
}

extension Disruption {
    /// The action's name in the language.
    public var word: String {
        switch self {
        case .pass: "pass"
        case .allow: "allow"
        case .block: "block"
        case .deny: "deny"
        case .drop: "drop"
        case .redirect: "redirect"
        }
    }
}

extension Sanitisation {
    /// The action's name in the language.
    public var word: String {
        switch self {
        case .argument: "sanitiseArg"
        case .requestHeader: "sanitiseRequestHeader"
        case .responseHeader: "sanitiseResponseHeader"
        case .matched: "sanitiseMatched"
        case .matchedBytes: "sanitiseMatchedBytes"
        }
    }
}

extension Assignment {
    /// Collection and operation, as `TX +=`.
    var form: String {
        let sign =
            switch operation {
            case .set: "="
            case .add: "+="
            case .subtract: "-="
            case .remove: "unset"
            }
        return "\(collection.rawValue.uppercased()) \(sign)"
    }
}

extension Assignment.Operation {
    /// What is set, added or subtracted; nil for a removal.
    public var value: MacroText? {
        switch self {
        case .set(let text), .add(let text), .subtract(let text): text
        case .remove: nil
        }
    }
}

extension RuleOperator.Operation {
    /// The operator's name in the language.
    public var word: String {
        switch self {
        case .rx, .rxOfMacros: "rx"
        case .rxGlobal: "rxGlobal"
        case .pm(_, let file): file == nil ? "pm" : "pmFromFile"
        case .compare(let relation, _): relation.rawValue
        case .text(let relation, _): relation.rawValue
        case .ipMatch(_, let file): file == nil ? "ipMatch" : "ipMatchFromFile"
        case .validateByteRange: "validateByteRange"
        case .validateURLEncoding: "validateUrlEncoding"
        case .validateUTF8Encoding: "validateUtf8Encoding"
        case .detectSQLi: "detectSQLi"
        case .detectXSS: "detectXSS"
        case .verify(let number, _): number.rawValue
        case .geoLookup: "geoLookup"
        case .rbl: "rbl"
        case .unconditionalMatch: "unconditionalMatch"
        case .noMatch: "noMatch"
        }
    }

    /// The texts in which variables may be replaced.
    var macroTexts: [MacroText] {
        switch self {
        case .rxOfMacros(let text), .compare(_, let text), .text(_, let text): [text]
        default: []
        }
    }
}
