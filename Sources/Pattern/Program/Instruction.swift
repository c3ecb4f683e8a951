/// One step of a compiled pattern. Numbers of instructions count from the program's first.
struct Instruction: BitwiseCopyable, Sendable {
    enum Operation: UInt8, BitwiseCopyable, Sendable {
        /// Consumes a byte of the set `argument`, then `next`.
        case bytes

        /// `next`, or with less preference `argument`.
        case split

        /// `next`, where the ``Assertion`` whose raw value is `argument` holds.
        case assertion

        /// The pattern has matched.
        case match
    }

    var operation: Operation
    var next: UInt32
    var argument: UInt32
}
