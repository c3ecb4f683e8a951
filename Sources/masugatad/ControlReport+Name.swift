import Wire

extension ControlReport {
    /// The kind, for texts.
    var name: String {
        switch self {
        case .confined: "confined"
        case .prepared: "prepared"
        case .refused: "refused"
        case .committed: "committed"
        case .released: "released"
        case .drained: "drained"
        case .alive: "alive"
        case .counters: "counters"
        case .violation: "violation"
        case .notice: "notice"
        }
    }
}
