/// The system calls that a profile may make: the rules of one file of `policies/sandbox`, reviewed as data.
///
/// One rule a line, every rule with its reason:
///
///     name  [argument condition {, argument condition}]  [-> ERROR]  # why
///
///     read                                                  # client bytes
///     sendto      address == 0, flags within MSG_NOSIGNAL   # only to peers that are connected already
///     socket      domain == AF_UNIX -> EACCES               # the C library asks for nscd and goes on without
///
/// A condition is `==` (equal), `within` (has no other bit), `without` (has none of the bits) or `with` (has all of
/// them), over constants joined by `|`, numbers, or both. Several lines for one call are alternatives. With `->` the
/// call fails with that error and the process lives; what no line allows kills the process.
public struct SystemCallPolicy: Equatable, Sendable {
    /// The rules, in the order of the file.
    public let rules: [Rule]

    /// One line.
    public struct Rule: Equatable, Sendable {
        /// The system call.
        public let name: String
        /// All of these have to hold.
        public let conditions: [Condition]
        /// The error that the call is answered with; nil where it is let through.
        public let answer: Int32?
        /// Why the process needs it.
        public let reason: String
        /// The line in the file, from 1.
        public let line: Int
    }

    /// A demand on one argument.
    public struct Condition: Equatable, Sendable {
        public enum Comparison: Equatable, Sendable { case equal, within, without, with }

        /// The argument's place, 0 to 5.
        public let argument: UInt32
        /// Whether the kernel looks at the lower 32 bits only.
        public let isNarrow: Bool
        public let comparison: Comparison
        public let value: UInt64
    }

    /// Whether some rule names `call` without a condition and lets it through.
    public func allows(_ call: String) -> Bool {
        rules.contains { $0.name == call && $0.conditions.isEmpty && $0.answer == nil }
    }
}
