/// An `except` line of a site: where a rule of the firewall does not look.
public struct FirewallException: Equatable, Sendable {
    /// What the rule does not look at.
    public enum Target: Hashable, Sendable {
        /// The whole request.
        case request

        /// The parameter of a form in the body with this name.
        case form([UInt8])

        /// The parameter of the query with this name.
        case query([UInt8])

        /// The field with this name, in lower case.
        case header([UInt8])

        /// The cookie with this name.
        case cookie([UInt8])
    }

    /// The id of the rule.
    public var rule: UInt64

    /// What the rule does not look at.
    public var target: Target

    /// The paths for which it holds; nil means all of the site.
    public var pattern: PathPattern?

    /// Why.
    public var because: String

    /// The last day on which it holds, as days since 1970-01-01, in the policy's zone; nil means that it never ends.
    public var until: Int64?

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// An exception of these parts.
    public init(
        rule: UInt64, target: Target = .request, pattern: PathPattern? = nil, because: String, until: Int64? = nil,
        position: SourcePosition = SourcePosition()
    ) {
        self.rule = rule
        self.target = target
        self.pattern = pattern
        self.because = because
        self.until = until
        self.position = position
    }
}
