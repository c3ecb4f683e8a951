/// The files that a policy names: what it includes, the texts of lists and networks, pages, the time zone. The compiler
/// opens nothing itself.
public protocol PolicyFiles {
    /// What is in the file `name`, which is as the policy writes it: relative to the folder of the main policy file. A
    /// file that has more than `limit` bytes is refused.
    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8]

    /// The names of the files that match `pattern`, whose last part has an asterisk: in the form that
    /// ``contents(of:limit:)`` takes, and in the order of their bytes.
    func names(matching pattern: String) throws(PolicyFileProblem) -> [String]
}

/// Why a file can not be read.
public struct PolicyFileProblem: Error, Equatable, Sendable {
    /// What is wrong, as it stands behind the name: `is not there`.
    public let message: String

    /// What to do about it, if that is known.
    public let hint: String?

    /// A problem of these parts.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// No files: every name is refused.
public struct NoPolicyFiles: PolicyFiles {
    /// No files.
    public init() {}

    public func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        throw PolicyFileProblem("can not be read here")
    }

    public func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        throw PolicyFileProblem("can not be read here")
    }
}
