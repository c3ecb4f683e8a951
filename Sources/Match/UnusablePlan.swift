/// Why a sound plan cannot be served: something in it is understood by this target alone, and is wrong.
public struct UnusablePlan: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, and where.
    public let description: String

    /// The reason in `text`.
    init(_ text: String) { description = text }
}
