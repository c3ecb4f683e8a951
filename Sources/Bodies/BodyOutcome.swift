/// How the reading of a body ended.
public enum BodyOutcome: Sendable, Equatable {
    /// All of it was parsed; or, before the end, nothing spoke against it yet.
    case complete
    /// It is not what its type says, from ``BodyReport/inspected`` on.
    case malformed(BodyFault)
    /// A limit was reached; what is behind ``BodyReport/inspected`` was not looked at.
    case limited(BodyLimit)
}
