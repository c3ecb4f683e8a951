/// A `waf` block: which rules inspect requests, and what follows.
public struct Firewall: Equatable, Sendable {
    /// What is done with what rules find.
    public enum Mode: UInt8, BitwiseCopyable, Sendable {
        /// Nothing is inspected.
        case off = 0

        /// It is recorded; nothing is refused.
        case watch = 1

        /// As ``watch``, and what would be needed to let the request pass is collected.
        case learn = 2

        /// Requests that reach ``Firewall/blockAt`` are refused.
        case block = 3
    }

    /// The name in the policy.
    public var name: String

    /// Folders and files of rules, in the order in which they are loaded, as written in the policy; `crs` stands for
    /// the OWASP Core Rule Set.
    public var rules: [String]

    /// The paranoia level of the Core Rule Set, 1 to 4.
    public var paranoia: UInt8

    /// The score from which on a request is refused; within ``PlanBounds/blockAt``.
    public var blockAt: UInt64

    /// What is done with what rules find.
    public var mode: Mode

    /// Bytes of a body that are inspected; more is refused.
    public var body: UInt64

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A firewall of these parts.
    public init(
        name: String, rules: [String], paranoia: UInt8 = 1, blockAt: UInt64 = 5, mode: Mode = .block,
        body: UInt64 = 1 << 20, position: SourcePosition = SourcePosition()
    ) {
        self.name = name
        self.rules = rules
        self.paranoia = paranoia
        self.blockAt = blockAt
        self.mode = mode
        self.body = body
        self.position = position
    }
}
