import Bytes

// Where a pattern matches.
extension PatternSet {
    /// Where pattern `number` matches first in `text`: the leftmost match, of those that begin there the one that a
    /// back-tracking engine would find first. Engines differ where something is repeated that can match without a byte,
    /// as in `(?:\b|.)+`: here a round without a byte does not end the repetition. Traps as ``matches(_:_:using:)`` does.
    public func firstMatch(_ number: Int, in text: Span<UInt8>, using memory: inout PatternMemory) -> Range<Int>? {
        // Most texts do not match, and the automaton says so at less cost.
        guard matches(number, text, using: &memory) else { return nil }
        let program = programs[number]
        var found: Range<Int>?
        var before = Neighbour.edge
        memory.current.removeAll()
        for index in 0...text.count {
            let after = neighbour(text, index, of: program)
            arrive(program, at: index, before: before, after: after, mayBegin: found == nil, &memory)
            let byte: UInt8? = index < text.count ? text[index] : nil
            if let match = depart(program, from: index, over: byte, &memory) { found = match }
            if memory.current.count == 0 && (found != nil || program.isAnchored) { break }
            before = program.hasAssertions ? after : .other
        }
        return found
    }

    /// Follows what ``PatternMemory/current`` has arrived at, in the order of preference, and last begins a new match.
    private func arrive(
        _ program: ProgramPlace, at index: Int, before: Neighbour, after: Neighbour, mayBegin: Bool,
        _ memory: inout PatternMemory
    ) {
        memory.decided.removeAll()
        for place in 0..<memory.current.count {
            let number = memory.current[place]
            _ = decide(
                number, of: program, before: before, after: after, began: memory.current.start(of: number),
                into: &memory.decided, stack: &memory.stack, steps: &memory.steps)
        }
        if mayBegin && (index == 0 || !program.isAnchored) {
            _ = decide(
                program.start, of: program, before: before, after: after, began: index,
                into: &memory.decided, stack: &memory.stack, steps: &memory.steps)
        }
    }

    /// Takes those that wait over `byte`, into ``PatternMemory/current``. A match ends what is less preferred than it.
    private func depart(
        _ program: ProgramPlace, from index: Int, over byte: UInt8?, _ memory: inout PatternMemory
    ) -> Range<Int>? {
        memory.current.removeAll()
        for place in 0..<memory.decided.count {
            memory.steps &+= 1
            let number = memory.decided[place]
            let instruction = instruction(number, of: program)
            let began = memory.decided.start(of: number)
            if instruction.operation == .match { return began..<index }
            guard let byte, consumes(instruction, byte, in: program), memory.current.insert(instruction.next) else {
                continue
            }
            memory.current.keep(instruction.next)
            memory.current.setStart(began, of: instruction.next)
        }
        return nil
    }
}
