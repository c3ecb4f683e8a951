/// What may stand in a request head beyond the grammar.
public struct RequestRules: BitwiseCopyable, Equatable, Sendable {
    /// What becomes of fields whose name holds a `_`.
    ///
    /// Programs that get fields as variables (CGI, WSGI) cannot tell `X_Forwarded_For` from `X-Forwarded-For`.
    public enum Underscores: UInt8, BitwiseCopyable, Sendable {
        /// The field is left out and counted.
        case drop
        /// The field is forwarded.
        case keep
        /// The request is refused.
        case refuse
    }

    /// The request target.
    public var target = TargetRules()

    /// Fields whose name holds a `_`.
    public var underscores: Underscores = .drop

    /// Whether TRACE, which gives a client's own credentials back to its scripts, is let through.
    public var allowsTrace: Bool = false

    /// The defaults.
    public init() {}
}
