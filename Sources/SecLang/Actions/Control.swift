/// What `ctl` changes for the rest of one exchange.
public enum Control: Hashable, Sendable {
    /// `auditEngine`.
    case auditEngine(AuditMode)

    /// `auditLogParts`.
    case auditLogParts(AuditLogPartsChange)

    /// `debugLogLevel`: nothing happens, there is no debug log.
    case debugLogLevel(Int)

    /// `forceRequestBodyVariable`: `REQUEST_BODY` is there whatever reads the body.
    case forceRequestBodyVariable(Bool)

    /// `parseXmlIntoArgs`.
    case parseXMLIntoArguments(XMLArguments)

    /// `requestBodyAccess`.
    case requestBodyAccess(Bool)

    /// `requestBodyLimit`, in bytes.
    case requestBodyLimit(Int)

    /// `requestBodyProcessor`.
    case requestBodyProcessor(BodyProcessor)

    /// `responseBodyAccess`.
    case responseBodyAccess(Bool)

    /// `responseBodyLimit`, in bytes.
    case responseBodyLimit(Int)

    /// `ruleEngine`.
    case ruleEngine(EngineMode)

    /// `ruleRemoveById`, `ruleRemoveByTag` and `ruleRemoveByMsg`: these rules do not run.
    case removeRules(RuleSelection)

    /// `ruleRemoveTargetById`, `ruleRemoveTargetByTag` and `ruleRemoveTargetByMsg`: these rules do not look at this.
    case removeTargets(RuleSelection, [Target])

    /// The option's name in the language.
    public var word: String {
        switch self {
        case .auditEngine: "auditEngine"
        case .auditLogParts: "auditLogParts"
        case .debugLogLevel: "debugLogLevel"
        case .forceRequestBodyVariable: "forceRequestBodyVariable"
        case .parseXMLIntoArguments: "parseXmlIntoArgs"
        case .requestBodyAccess: "requestBodyAccess"
        case .requestBodyLimit: "requestBodyLimit"
        case .requestBodyProcessor: "requestBodyProcessor"
        case .responseBodyAccess: "responseBodyAccess"
        case .responseBodyLimit: "responseBodyLimit"
        case .ruleEngine: "ruleEngine"
        case .removeRules(let selection): "ruleRemove\(selection.suffix)"
        case .removeTargets(let selection, _): "ruleRemoveTarget\(selection.suffix)"
        }
    }
}

/// How `ctl:auditLogParts` changes the parts that are logged.
public enum AuditLogPartsChange: Hashable, Sendable {
    /// These are added.
    case add(Set<AuditLogPart>)

    /// These are left out.
    case remove(Set<AuditLogPart>)

    /// These are logged, and no others.
    case set(Set<AuditLogPart>)
}
