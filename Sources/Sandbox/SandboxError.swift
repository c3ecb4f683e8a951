internal import Sys

/// Why a process could not be confined.
public struct SandboxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried.
    public let step: String

    /// What went wrong.
    public let cause: String

    /// What the operator can do.
    public let remedy: String

    init(_ step: String, _ cause: String, remedy: String) {
        self.step = step
        self.cause = cause
        self.remedy = remedy
    }

    /// The whole in one line.
    public var description: String { "sandbox: \(step): \(cause); \(remedy)" }

    /// Does `body`; what it throws becomes an error of this step.
    static func step<Value: ~Copyable>(
        _ step: String, remedy: String, _ body: () throws(Errno) -> Value
    ) throws(SandboxError) -> Value {
        do throws(Errno) {
            return try body()
        } catch {
            throw SandboxError(step, error.description, remedy: remedy)
        }
    }
}
