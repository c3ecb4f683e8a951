// Where an action may stand.
extension RuleAction {
    /// What a rule can have one of, as it is called behind `one`; nil when it can have several.
    var onceGroup: String? {
        switch self {
        case .id: "id"
        case .phase: "phase"
        case .severity: "severity"
        case .message: "msg"
        case .logData: "logdata"
        case .version: "ver"
        case .revision: "rev"
        case .maturity: "maturity"
        case .accuracy: "accuracy"
        case .disruption: "of allow, block, deny, drop, pass and redirect"
        case .status: "status"
        case .skip: "skip"
        case .skipAfter: "skipAfter"
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
