/// One thing that a test expects of a request.
public struct Expectation: Equatable, Sendable {
    /// What is expected.
    public enum Kind: Equatable, Sendable {
        /// The request is passed to a pool.
        case allow

        /// The request is refused; with a text, for the reason with this code, which is `rule.NAME` for a rule.
        case deny(String?)

        /// The answer of the appliance has this status; it is one that the appliance gives itself.
        case status(UInt16)

        /// The route with this pattern decides.
        case route(PathPattern)

        /// The request is passed to a server of the pool with this number.
        case pool(Int)

        /// The record of the request has this reason: its code, or `rule.NAME`.
        case reason(String)

        /// The head that goes upstream has a field line with this name and value.
        case sent(header: String, value: [UInt8])

        /// The head that goes upstream has no field line with this name.
        case notSent(header: String)

        /// The request that goes upstream has this path, without the query.
        case path([UInt8])

        /// The answer is a redirect with this `Location`.
        case location([UInt8])
    }

    /// What is expected.
    public var kind: Kind

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// The expectation of `kind` at `position`.
    public init(_ kind: Kind, position: SourcePosition = SourcePosition()) {
        self.kind = kind
        self.position = position
    }
}
