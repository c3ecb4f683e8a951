import Bytes

// What the deterministic automaton and the simulation have in common: following instructions.
extension PatternSet {
    @inline(__always)
    func instruction(_ number: UInt32, of program: ProgramPlace) -> Instruction {
        instructions[program.instructions &+ Int(number)]
    }

    /// Whether `byte` is in the set that an instruction names.
    @inline(__always)
    func consumes(_ instruction: Instruction, _ byte: UInt8, in program: ProgramPlace) -> Bool {
        sets[program.sets &+ Int(instruction.argument)].contains(byte)
    }

    /// Adds to `frontier` what is reached from `start` without a byte, in the order of preference; assertions wait.
    /// Whether a match is reached, at which it stops.
    func follow(
        _ start: UInt32, of program: ProgramPlace, into frontier: inout Frontier, stack: inout Slab<UInt32>,
        steps: inout UInt64
    ) -> Bool {
        stack[0] = start
        var depth = 1
        while depth > 0 {
            depth &-= 1
            let number = stack[depth]
            steps &+= 1
            if !frontier.insert(number) { continue }
            let instruction = instruction(number, of: program)
            switch instruction.operation {
            case .bytes: frontier.keep(number)
            case .assertion:
                frontier.keep(number)
                frontier.hasAssertion = true
            case .split:
                stack[depth] = instruction.argument
                stack[depth &+ 1] = instruction.next
                depth &+= 2
            case .match: return true
            }
        }
        return false
    }

    /// As ``follow(_:of:into:stack:steps:)``, but decides assertions, and lets matches wait like what consumes a byte.
    /// All that waits has begun at `began`. Whether a match is reached.
    func decide(
        _ start: UInt32, of program: ProgramPlace, before: Neighbour, after: Neighbour, began: Int,
        into frontier: inout Frontier, stack: inout Slab<UInt32>, steps: inout UInt64
    ) -> Bool {
        stack[0] = start
        var depth = 1
        var hasMatched = false
        while depth > 0 {
            depth &-= 1
            let number = stack[depth]
            steps &+= 1
            if !frontier.insert(number) { continue }
            let instruction = instruction(number, of: program)
            switch instruction.operation {
            case .bytes, .match:
                frontier.keep(number)
                frontier.setStart(began, of: number)
                if instruction.operation == .match { hasMatched = true }
            case .assertion:
                guard let assertion = Assertion(rawValue: instruction.argument),
                    assertion.holds(before: before, after: after)
                else { continue }
                stack[depth] = instruction.next
                depth &+= 1
            case .split:
                stack[depth] = instruction.argument
                stack[depth &+ 1] = instruction.next
                depth &+= 2
            }
        }
        return hasMatched
    }

    /// Goes from ``PatternMemory/current``, which stands behind `before`, over `byte`, which is to the assertions what
    /// `after` says, to ``PatternMemory/following``; no byte is the end of the text. Whether the pattern has matched.
    func advance(
        _ program: ProgramPlace, over byte: UInt8?, before: Neighbour, after: Neighbour, _ memory: inout PatternMemory
    ) -> Bool {
        if memory.current.hasAssertion {
            memory.decided.removeAll()
            for index in 0..<memory.current.count {
                let isMatch = decide(
                    memory.current[index], of: program, before: before, after: after, began: 0,
                    into: &memory.decided, stack: &memory.stack, steps: &memory.steps)
                if isMatch { return true }
            }
            swap(&memory.current, &memory.decided)
        }
        memory.following.removeAll()
        guard let byte else { return false }
        memory.steps &+= UInt64(memory.current.count)
        for index in 0..<memory.current.count {
            let instruction = instruction(memory.current[index], of: program)
            if instruction.operation == .bytes && consumes(instruction, byte, in: program)
                && followNext(instruction.next, of: program, &memory)
            {
                return true
            }
        }
        // A match may begin anywhere: behind every byte the program is entered anew.
        return !program.isAnchored && followNext(program.start, of: program, &memory)
    }

    /// Adds to ``PatternMemory/following`` what is reached from `start`; whether a match is.
    func followNext(_ start: UInt32, of program: ProgramPlace, _ memory: inout PatternMemory) -> Bool {
        follow(start, of: program, into: &memory.following, stack: &memory.stack, steps: &memory.steps)
    }

    /// What `byte` at `index` is to the assertions of a program.
    @inline(__always)
    func neighbour(_ text: Span<UInt8>, _ index: Int, of program: ProgramPlace) -> Neighbour {
        if !program.hasAssertions { return .other }
        if index == text.count { return .edge }
        if program.asksForFinalLineFeed && index == text.count &- 1 && text[index] == 0x0a { return .finalLineFeed }
        return Neighbour(text[index])
    }
}
