/// One line of a `rules` block. The rules of a block are tried in order.
public struct Rule: Equatable, Sendable {
    /// What is done when the condition holds. All but ``log`` end the list.
    public enum Action: Equatable, Sendable {
        /// The request is refused with this status, 400 to 599, and this page of the plan; without a page with that of
        /// the route or site for the status.
        case deny(status: UInt16, page: Int?)

        /// The rest of this list is passed over; the request goes on.
        case allow

        /// The client is sent elsewhere.
        case redirect(Redirect)

        /// The request is answered here.
        case respond(FixedResponse)

        /// The record of the request names the rule, and the next rule is tried.
        case log
    }

    /// The name in quotes: a name as ``PlanText/isName(_:)`` says. Logs have it as `rule.NAME`.
    public var name: String

    /// When it applies; nil means always.
    public var condition: Condition?

    /// What is done then.
    public var action: Action

    /// Why there is such a rule, for records and `explain`.
    public var note: String?

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A rule of these parts.
    public init(
        name: String, condition: Condition? = nil, action: Action, note: String? = nil,
        position: SourcePosition = SourcePosition()
    ) {
        self.name = name
        self.condition = condition
        self.action = action
        self.note = note
        self.position = position
    }
}
