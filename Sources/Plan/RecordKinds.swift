/// Kinds of records in the audit log.
public struct RecordKinds: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Requests that were passed on.
    public static let request = RecordKinds(rawValue: 1 << 0)

    /// Requests that were refused.
    public static let deny = RecordKinds(rawValue: 1 << 1)

    /// Changes of the policy, of certificates and of keys.
    public static let policy = RecordKinds(rawValue: 1 << 2)

    /// Starts, ends and violations of processes.
    public static let process = RecordKinds(rawValue: 1 << 3)

    /// Logins and their failures.
    public static let login = RecordKinds(rawValue: 1 << 4)

    /// Every kind, with its word in the policy.
    public static let words: [(word: String, kind: RecordKinds)] = [
        ("request", .request), ("deny", .deny), ("policy", .policy), ("process", .process), ("login", .login),
    ]

    /// Every kind.
    public static let all: RecordKinds = [.request, .deny, .policy, .process, .login]
}
