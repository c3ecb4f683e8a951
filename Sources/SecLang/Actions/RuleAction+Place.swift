// Where an action may stand.
extension RuleAction {
    /// What a rule can have once, as it is called; nil when it can have several.
    var onceGroup: String? {
        switch self {
        case .id: "one id"
        case .phase: "one phase"
        case .severity: "one severity"
        case .message: "one msg"
        case .logData: "one logdata"
        case .version: "one ver"
        case .revision: "one rev"
        case .maturity: "one maturity"
        case .accuracy: "one accuracy"
        case .disruption: "one of allow, block, deny, drop, pass and redirect"
        case .status: "one status"
        case .skip: "one skip"
        case .skipAfter: "one skipAfter"
        default: nil
        }
    }

    /// Whether it is only allowed in the first link of a chain.
    var belongsToFirstLink: Bool {
        switch self {
        case .id, .phase, .severity, .message, .logData, .version, .revision, .maturity, .accuracy, .disruption, .skip,
            .skipAfter:
            true
        default: false
        }
    }

    /// Whether it says something of one rule, so that it is no default of many.
    var isUnfitForDefaults: Bool {
        switch self {
        case .id, .severity, .message, .logData, .version, .revision, .maturity, .accuracy, .tag, .chain, .skip,
            .skipAfter:
            true
        default: false
        }
    }
}
