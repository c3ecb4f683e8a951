/// Why a file that a policy names is not handed out.
public struct FileRefusal: Error, Equatable, Sendable {
    /// What is wrong, as it stands behind the name: `is not there`.
    public let message: String

    /// What to do about it, if that is known.
    public let hint: String?

    /// A refusal of these parts.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
