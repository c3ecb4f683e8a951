import Bytes

// Without an automaton: all instructions at which the pattern may stand are followed from byte to byte.
extension PatternSet {
    /// Whether the pattern matches, from the beginning of the text on.
    func simulate(
        _ number: Int, _ program: ProgramPlace, _ text: Span<UInt8>, _ memory: inout PatternMemory
    ) -> Bool {
        memory.following.removeAll()
        if followNext(program.start, of: program, &memory) { return true }
        return simulate(number, program, text, from: 0, before: .edge, &memory)
    }

    /// Goes on at `index`, behind `before`, where ``PatternMemory/following`` stands.
    func simulate(
        _ number: Int, _ program: ProgramPlace, _ text: Span<UInt8>, from index: Int, before: Neighbour,
        _ memory: inout PatternMemory
    ) -> Bool {
        var index = index
        var before = before
        let first = index
        var hasMatched = false
        while !hasMatched && index <= text.count && memory.following.count > 0 {
            swap(&memory.current, &memory.following)
            let byte: UInt8? = index < text.count ? text[index] : nil
            hasMatched = advance(
                program, over: byte, before: before, after: neighbour(text, index, of: program), &memory)
            if let byte, program.hasAssertions { before = Neighbour(byte) }
            index &+= 1
        }
        let bytes = max(index &- first, 1)
        memory.simulatedBytes &+= UInt64(bytes)
        memory.automata[number].pauseLeft = max(memory.automata[number].pauseLeft &- bytes, 0)
        return hasMatched
    }
}
