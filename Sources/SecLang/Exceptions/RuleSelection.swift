/// Rules that are removed or changed: by id, by tag or by message.
public enum RuleSelection: Hashable, Sendable {
    /// Those with an id in one of these ranges.
    case ids([ClosedRange<Int>])

    /// Those with a tag in which the pattern has a match.
    case tag(RegularExpression)

    /// Those in whose message the pattern has a match.
    case message(RegularExpression)

    /// How names of directives and options end that select so.
    var suffix: String {
        switch self {
        case .ids: "ById"
        case .tag: "ByTag"
        case .message: "ByMsg"
        }
    }
}
