/// Writes the instructions of an expression from its end to its start, so that where each goes on is known.
///
/// Calls itself for the parts of an expression, so no deeper than groups are nested.
struct Compiler {
    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ByteSet] = []
    private var numbers: [ByteSet: UInt32] = [:]

    /// Compiles the whole of a pattern; the result is the instruction to begin with.
    mutating func compile(_ expression: Expression) -> UInt32 {
        compile(expression, next: add(.match, next: 0, argument: 0))
    }

    private mutating func compile(_ expression: Expression, next: UInt32) -> UInt32 {
        switch expression {
        case .empty: next
        case .bytes(let set): add(.bytes, next: next, argument: number(of: set))
        case .assertion(let assertion): add(.assertion, next: next, argument: assertion.rawValue)
        case .sequence(let parts): parts.reversed().reduce(next) { compile($1, next: $0) }
        case .choice(let parts): compileChoice(parts, next: next)
        case .group(let body), .atomic(let body, _): compile(body, next: next)
        case .repetition(let body, let repetition): compile(body, repetition, next: next)
        }
    }

    private mutating func compileChoice(_ parts: [Expression], next: UInt32) -> UInt32 {
        guard var start = parts.last.map({ compile($0, next: next) }) else { return next }
        for part in parts.dropLast().reversed() {
            start = add(.split, next: compile(part, next: next), argument: start)
        }
        return start
    }

    /// `x{2,4}` is written out as `xx(x(x)?)?`, and `x{2,}` as `xx+`.
    private mutating func compile(_ body: Expression, _ repetition: Repetition, next: UInt32) -> UInt32 {
        var start = next
        var required = repetition.minimum
        if let maximum = repetition.maximum {
            for _ in 0..<(maximum - repetition.minimum) {
                let once = compile(body, next: start)
                start = split(once, next, isGreedy: repetition.isGreedy)
            }
        } else {
            let loop = compileLoop(body, isGreedy: repetition.isGreedy, next: next)
            // A body that can match without a byte leaves the loop when it did: `x*` is then `(x+)?`, so that its
            // first round is tried like any other.
            start =
                required > 0
                ? loop.body : body.isNullable ? split(loop.body, next, isGreedy: repetition.isGreedy) : loop.split
            required = Swift.max(required - 1, 0)
        }
        for _ in 0..<required { start = compile(body, next: start) }
        return start
    }

    /// A split between one more round and going on, and the body that comes back to it.
    private mutating func compileLoop(
        _ body: Expression, isGreedy: Bool, next: UInt32
    ) -> (split: UInt32, body: UInt32) {
        let split = self.split(next, next, isGreedy: isGreedy)
        let start = compile(body, next: split)
        if isGreedy { instructions[Int(split)].next = start } else { instructions[Int(split)].argument = start }
        return (split, start)
    }

    private mutating func split(_ more: UInt32, _ less: UInt32, isGreedy: Bool) -> UInt32 {
        add(.split, next: isGreedy ? more : less, argument: isGreedy ? less : more)
    }

    private mutating func add(_ operation: Instruction.Operation, next: UInt32, argument: UInt32) -> UInt32 {
        instructions.append(Instruction(operation: operation, next: next, argument: argument))
        return UInt32(instructions.count - 1)
    }

    private mutating func number(of set: ByteSet) -> UInt32 {
        if let number = numbers[set] { return number }
        sets.append(set)
        numbers[set] = UInt32(sets.count - 1)
        return UInt32(sets.count - 1)
    }
}
