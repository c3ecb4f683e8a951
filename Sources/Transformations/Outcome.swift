/// What ``Transformation/apply(_:to:unicode:)`` did.
public enum Outcome: Equatable, Sendable {
    /// The output equals the input. What is in the output's memory is unspecified.
    case unchanged

    /// The output differs from the input; its bytes are the first `count` of the memory.
    case changed(count: Int)

    /// The output does not fit. Never with ``Transformation/capacity(for:)`` bytes of memory, which are unspecified.
    case exceeded
}
