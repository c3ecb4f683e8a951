/// Something that is wrong, or doubtful, at a place in a policy.
public struct Diagnostic: Equatable, Sendable {
    /// Whether the policy can be used all the same.
    public enum Severity: String, Sendable {
        /// The policy is refused.
        case error

        /// The policy can be used, but probably does not say what was meant.
        case warning
    }

    /// Whether the policy can be used all the same.
    public let severity: Severity

    /// What is wrong.
    public let message: String

    /// What to do about it, if that is known.
    public let hint: String?

    /// The file, as it was called when it was compiled.
    public let fileName: String

    /// The line, from 1.
    public let line: Int

    /// The character in the line, from 1.
    public let column: Int

    /// How many characters of the line it is about; at least 1.
    public let length: Int

    /// The line itself.
    public let text: String

    /// A diagnostic of these parts.
    public init(
        _ severity: Severity, _ message: String, hint: String? = nil, fileName: String, line: Int, column: Int,
        length: Int, text: String
    ) {
        self.severity = severity
        self.message = message
        self.hint = hint
        self.fileName = fileName
        self.line = line
        self.column = column
        self.length = length
        self.text = text
    }
}
