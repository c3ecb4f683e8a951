/// What stands after `when`: a flat program that answers yes or no for a request.
///
/// One truth value, the accumulator, is all its state. Jumps lead forward only, so every step is taken at most once,
/// and the program ends with its last step; the accumulator then is the answer.
public struct Condition: Equatable, Sendable {
    /// One step of the program.
    public enum Step: Hashable, Sendable {
        /// Sets the accumulator to the result of the comparison with this number.
        case test(Int)

        /// Turns the accumulator around.
        case not

        /// Goes on at the step with this number when the accumulator is false. The number is greater than that of this
        /// step; the number of steps means the end.
        case jumpIfFalse(Int)

        /// Goes on at the step with this number when the accumulator is true; see ``jumpIfFalse(_:)``.
        case jumpIfTrue(Int)
    }

    /// The steps; the first is a test.
    public var steps: [Step]

    /// The comparisons, by number.
    public var comparisons: [Comparison]

    /// What an evaluation costs at most, see ``ConditionCost``.
    public var cost: UInt32

    /// The program of these steps.
    public init(steps: [Step], comparisons: [Comparison], cost: UInt32 = 0) {
        self.steps = steps
        self.comparisons = comparisons
        self.cost = cost
    }
}
