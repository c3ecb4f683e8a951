import Bytes

// Whether a pattern matches.
extension PatternSet {
    /// Whether pattern `number` matches anywhere in `text`. Traps when there is no such pattern, or when `memory` was
    /// made for another set.
    public func matches(_ number: Int, _ text: Span<UInt8>, using memory: inout PatternMemory) -> Bool {
        precondition(memory.fingerprint == fingerprint && memory.automata.capacity == count)
        let program = programs[number]
        if text.count < program.minimumLength { return false }
        if memory.automata[number].pauseLeft > 0 { return simulate(number, program, text, &memory) }
        var state = memory.automata[number].start
        if state == Automaton.unknown { state = makeStart(number, program, &memory) }
        return run(number, program, text, from: state, &memory)
    }

    /// Runs the automaton over the text, and makes what it lacks.
    private func run(
        _ number: Int, _ program: ProgramPlace, _ text: Span<UInt8>, from start: UInt32,
        _ memory: inout PatternMemory
    ) -> Bool {
        if start <= Automaton.failed { return start == Automaton.matched }
        // A line feed that ends the text has a column of its own where a pattern asks for it.
        let endsInLineFeed = program.asksForFinalLineFeed && text.count > 0 && text[text.count &- 1] == 0x0a
        let last = endsInLineFeed ? text.count &- 1 : text.count
        var state = start
        var index = 0
        while true {
            let first = index
            var next = PatternSet.pass(
                text.extracting(0..<last), &index, &state,
                classes.span(program.classes, program.classes &+ 256), memory.words.span(0, memory.words.capacity))
            memory.steps &+= UInt64(index &- first)
            memory.automata[number].uses &+= UInt64(index &- first)
            var column = index < text.count ? program.finalLineFeedColumn : program.endColumn
            if index < last {
                column = Int(classes[program.classes &+ Int(text[index])])
            } else {
                next = memory.words[Int(state) &+ StateWord.columns &+ column]
            }
            if next == Automaton.unknown {
                guard let made = makeNext(number, program, state, column, &memory) else {
                    let before = Neighbour(text[index])
                    return simulate(number, program, text, from: index &+ 1, before: before, &memory)
                }
                next = made
            }
            if next <= Automaton.failed { return next == Automaton.matched }
            state = next
            index &+= 1
        }
    }

    /// Goes from state to state, as far as states are known. The result is what stands instead of the next state at
    /// `index`; it means nothing at the end of the text.
    ///
    /// This is where searches spend their time: apart, so that nothing it reads can change meanwhile.
    private static func pass(
        _ text: Span<UInt8>, _ index: inout Int, _ state: inout UInt32, _ classes: Span<UInt8>, _ words: Span<UInt32>
    ) -> UInt32 {
        var place = index
        var current = state
        var next = Automaton.unknown
        while place < text.count {
            next = words[Int(current) &+ StateWord.columns &+ Int(classes[Int(text[place])])]
            if next <= Automaton.failed { break }
            current = next
            place &+= 1
        }
        index = place
        state = current
        return next
    }

    /// The state that searches begin with. A pattern that is too large for a state is simulated by its first step,
    /// which is why ``Automaton/unknown`` is never the result.
    private func makeStart(_ number: Int, _ program: ProgramPlace, _ memory: inout PatternMemory) -> UInt32 {
        memory.following.removeAll()
        if followNext(program.start, of: program, &memory) {
            memory.automata[number].start = Automaton.matched
            return Automaton.matched
        }
        let state = memory.state(number, of: program, before: program.hasAssertions ? .edge : .other)
        memory.automata[number].start = state
        return state
    }

    /// The state that `column` leads to from `state`, or what is known instead; nil when there is no room for it, and
    /// ``PatternMemory/following`` is where the simulation goes on.
    private func makeNext(
        _ number: Int, _ program: ProgramPlace, _ state: UInt32, _ column: Int, _ memory: inout PatternMemory
    ) -> UInt32? {
        let byte = self.byte(of: column, program)
        let before = Neighbour(rawValue: memory.words[Int(state) &+ StateWord.before]) ?? .other
        memory.load(state, of: program, from: self)
        let hasMatched = advance(
            program, over: byte, before: before, after: neighbour(of: column, byte, program), &memory)
        let flushes = memory.flushes
        var next = Automaton.failed
        if hasMatched {
            next = Automaton.matched
        } else if memory.following.count > 0, let byte {
            // What stands before counts only where an assertion waits: otherwise like states are one.
            let behind: Neighbour = memory.following.hasAssertion ? Neighbour(byte) : .other
            next = memory.state(number, of: program, before: behind)
            if next == Automaton.unknown || memory.automata[number].pauseLeft > 0 { return nil }
        }
        // The state that led here may have been forgotten for the new one.
        if memory.flushes == flushes { memory.words[Int(state) &+ StateWord.columns &+ column] = next }
        return next
    }

    /// A byte of the column's class; nil for the end of the text.
    private func byte(of column: Int, _ program: ProgramPlace) -> UInt8? {
        if column < program.classCount { return representatives[program.representatives &+ column] }
        return column == program.finalLineFeedColumn ? 0x0a : nil
    }

    private func neighbour(of column: Int, _ byte: UInt8?, _ program: ProgramPlace) -> Neighbour {
        guard let byte else { return .edge }
        return column == program.finalLineFeedColumn ? .finalLineFeed : Neighbour(byte)
    }
}
