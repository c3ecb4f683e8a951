/// A pattern as instructions for a non-deterministic automaton.
struct Program: Sendable {
    /// The instructions.
    let instructions: [Instruction]

    /// The sets that ``Instruction/Operation/bytes`` names.
    let sets: [ByteSet]

    /// The instruction to begin with.
    let start: UInt32

    /// Bytes that no instruction tells apart.
    let classes: ByteClasses

    /// Whether every match begins at the start of the text.
    let isAnchored: Bool

    /// Whether there is an assertion.
    let hasAssertions: Bool

    /// Whether a line feed at the end of the text is told apart from others.
    let asksForFinalLineFeed: Bool

    /// The program of `expression`, which needs no more instructions than are allowed.
    init(_ expression: Expression) {
        var compiler = Compiler()
        start = compiler.compile(expression)
        instructions = compiler.instructions
        sets = compiler.sets
        isAnchored = expression.isAnchored
        let assertions = instructions.filter { $0.operation == .assertion }
        hasAssertions = !assertions.isEmpty
        asksForFinalLineFeed = assertions.contains { $0.argument == Assertion.textEndOrFinalLineFeed.rawValue }
        // Assertions tell line feeds and words apart from other bytes, whether or not an instruction does.
        classes = ByteClasses(hasAssertions ? sets + [.lineFeed, .word] : sets)
    }
}
