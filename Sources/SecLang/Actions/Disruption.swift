/// What becomes of the exchange when a rule matches.
public enum Disruption: Hashable, Sendable {
    /// How far `allow` reaches.
    public enum Scope: Sendable {
        /// No further rules but those of the logging phase.
        case exchange

        /// No further rules of this phase.
        case phase

        /// No further rules before the response.
        case request
    }

    /// It goes on.
    case pass

    /// It goes on, and rules are left out.
    case allow(Scope)

    /// What the phase's `SecDefaultAction` says.
    case block

    /// It is refused with the rule's status.
    case deny

    /// The connection is closed without an answer.
    case drop

    /// It is answered with a redirect to this location.
    case redirect(MacroText)
}
