/// One `SecRule` or `SecAction`: alone, or as a link of a chain.
public struct RuleLink: Sendable {
    /// What is looked at; nothing for `SecAction`.
    public internal(set) var targets: [Target]

    /// What is asked of each value; nil for `SecAction`, which always matches.
    public let test: RuleOperator?

    /// How each value is changed before, with those of `SecDefaultAction`, and after `none` was obeyed.
    public internal(set) var transformations: [Transformation] = []

    /// `capture`: `TX.0` to `TX.9` become what was matched.
    public internal(set) var captures = false

    /// `multiMatch`: asked before the first and after every transformation that changes the value.
    public internal(set) var isMultiMatch = false

    /// What is done when the link matches, in the order in which it is written.
    public internal(set) var effects: [RuleEffect] = []

    /// Where it stands.
    public let origin: RuleOrigin

    /// Where its operator stands; that of the link for `SecAction`.
    public let testOrigin: RuleOrigin
}

/// What is done when a link matches, whatever becomes of the rest of its chain.
public enum RuleEffect: Hashable, Sendable {
    /// `setvar`.
    case setVariable(Assignment)

    /// `expirevar`.
    case expireVariable(Expiry)

    /// `initcol`, `setrsc`, `setsid` and `setuid`: the collection whose key is this text is used from now on.
    case initializeCollection(CollectionName, key: MacroText)

    /// `ctl`.
    case control(Control)

    /// `sanitiseArg` and its like.
    case sanitise(Sanitisation)
}
