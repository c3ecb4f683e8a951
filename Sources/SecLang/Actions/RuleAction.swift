/// An action as it is written, read and checked.
enum RuleAction: Hashable, Sendable {
    // What a rule is.

    case id(Int)
    case phase(Phase)
    case severity(Severity)
    case message(MacroText)
    case logData(MacroText)
    case tag(MacroText)
    case version(String)
    case revision(String)
    case maturity(Int)
    case accuracy(Int)

    // What becomes of the exchange.

    case disruption(Disruption)
    case status(Int)

    // How it is matched.

    /// Nil is `t:none`, which drops those before it.
    case transformation(Transformation?)
    case capture
    case multiMatch
    case chain

    // What is logged.

    case log
    case noLog
    case auditLog
    case noAuditLog
    case sanitise(Sanitisation)

    // What comes next.

    case skip(Int)
    case skipAfter(String)

    // What else is done.

    case setVariable(Assignment)
    case expireVariable(Expiry)

    /// `initcol`, `setrsc`, `setsid` and `setuid`: the collection whose key is this text is used from now on.
    case initializeCollection(CollectionName, key: MacroText)
    case control(Control)

    /// `xmlns`: accepted, and without effect, as no XPath that is supported has prefixes.
    case xmlNamespace(prefix: String, uri: String)
}

/// A value that is not to stand in the log.
public enum Sanitisation: Hashable, Sendable {
    /// `sanitiseArg`: the argument of this name.
    case argument([UInt8])

    /// `sanitiseRequestHeader`: the field of this name in the request.
    case requestHeader([UInt8])

    /// `sanitiseResponseHeader`: the field of this name in the response.
    case responseHeader([UInt8])

    /// `sanitiseMatched`: what the rule matched.
    case matched

    /// `sanitiseMatchedBytes`: the bytes that the rule matched, but for so many at the start and at the end.
    case matchedBytes(keepFirst: Int, keepLast: Int)
}
