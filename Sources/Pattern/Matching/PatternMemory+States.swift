import Bytes

// The automata's states: kept, found again, forgotten.
extension PatternMemory {
    /// An automaton without states, in the pattern's own block.
    mutating func begin(_ number: Int) {
        let block = number &* Automaton.blockWords
        for chain in block..<(block &+ Automaton.chains) { words[chain] = Automaton.unknown }
        automata[number].position = block &+ Automaton.chains
        automata[number].end = block &+ Automaton.blockWords
        automata[number].start = Automaton.unknown
        automata[number].stateCount = 0
        automata[number].uses = 0
    }

    /// Forgets all states of a pattern, and gives its blocks back.
    private mutating func forget(_ number: Int) {
        flushes &+= 1
        while automata[number].lastBlock != 0 {
            let block = automata[number].lastBlock
            automata[number].lastBlock = words[Int(block) &* Automaton.blockWords]
            free[freeCount] = block
            freeCount &+= 1
        }
        automata[number].blockCount = 0
        begin(number)
    }

    /// Forgets what it takes for a pattern to have room again: what others keep in the reserve, if that keeps the
    /// pattern from its share, otherwise its own states.
    private mutating func makeRoom(for number: Int) {
        if automata[number].blockCount < share {
            for other in 0..<automata.capacity where other != number && automata[other].blockCount > 0 {
                forget(other)
            }
            if freeCount > 0 { return }
        }
        judge(number)
        forget(number)
    }

    /// Judges whether the states of a pattern, which is about to forget them, were worth being made.
    private mutating func judge(_ number: Int) {
        let automaton = automata[number]
        if automaton.uses >= automaton.stateCount &* Automaton.worthwhileUses {
            automata[number].lossCount = 0
            return
        }
        automata[number].lossCount = min(automaton.lossCount &+ 1, Automaton.losses)
        if automata[number].lossCount == Automaton.losses { automata[number].pauseLeft = Automaton.pause }
    }

    /// Room for `count` words; nil when a block has to be taken and there is none.
    private mutating func take(_ count: Int, for number: Int) -> Int? {
        if automata[number].end &- automata[number].position < count {
            if automata[number].blockCount >= share || freeCount == 0 { return nil }
            freeCount &-= 1
            let block = free[freeCount]
            let first = Int(block) &* Automaton.blockWords
            words[first] = automata[number].lastBlock
            automata[number].lastBlock = block
            automata[number].blockCount &+= 1
            automata[number].position = first &+ 1
            automata[number].end = first &+ Automaton.blockWords
        }
        let position = automata[number].position
        automata[number].position = position &+ count
        return position
    }

    /// The number of the state in which ``following`` waits behind `before`, made if there is none;
    /// ``Automaton/unknown`` when it is larger than a block. Every other state may be forgotten for it.
    mutating func state(_ number: Int, of program: ProgramPlace, before: Neighbour) -> UInt32 {
        let hash = followingHash(before)
        let known = find(number, program, hash: hash, before: before)
        if known != Automaton.unknown { return known }
        let count = StateWord.columns &+ program.columnCount &+ following.count
        if count > Automaton.blockWords &- Automaton.chains { return Automaton.unknown }
        var place = take(count, for: number)
        if place == nil {
            makeRoom(for: number)
            place = take(count, for: number)
        }
        guard let place else { return Automaton.unknown }
        write(place, program, hash: hash, before: before)
        let chain = chain(number, hash)
        words[place &+ StateWord.next] = words[chain]
        words[chain] = UInt32(truncatingIfNeeded: place)
        automata[number].stateCount &+= 1
        return UInt32(truncatingIfNeeded: place)
    }

    private func chain(_ number: Int, _ hash: UInt32) -> Int {
        number &* Automaton.blockWords &+ Int(hash) & (Automaton.chains &- 1)
    }

    private mutating func write(_ place: Int, _ program: ProgramPlace, hash: UInt32, before: Neighbour) {
        words[place &+ StateWord.hash] = hash
        words[place &+ StateWord.before] = before.rawValue
        words[place &+ StateWord.count] = UInt32(truncatingIfNeeded: following.count)
        let columns = place &+ StateWord.columns
        for column in 0..<program.columnCount { words[columns &+ column] = Automaton.unknown }
        let instructions = columns &+ program.columnCount
        for index in 0..<following.count { words[instructions &+ index] = following[index] }
    }

    /// The state that consists of what waits in ``following``, in any order.
    private mutating func find(_ number: Int, _ program: ProgramPlace, hash: UInt32, before: Neighbour) -> UInt32 {
        var state = words[chain(number, hash)]
        while state != Automaton.unknown {
            steps &+= 1
            let place = Int(state)
            if words[place &+ StateWord.hash] == hash && words[place &+ StateWord.before] == before.rawValue
                && words[place &+ StateWord.count] == UInt32(truncatingIfNeeded: following.count)
                && holdsFollowing(place &+ StateWord.columns &+ program.columnCount)
            {
                return state
            }
            state = words[place &+ StateWord.next]
        }
        return Automaton.unknown
    }

    private mutating func holdsFollowing(_ instructions: Int) -> Bool {
        for index in 0..<following.count {
            steps &+= 1
            if !following.contains(words[instructions &+ index]) { return false }
        }
        return true
    }

    /// A hash that does not depend on the order of the instructions.
    private func followingHash(_ before: Neighbour) -> UInt32 {
        var sum = UInt64(before.rawValue)
        for index in 0..<following.count {
            let mixed = (UInt64(following[index]) &+ 1) &* 0x9e37_79b9_7f4a_7c15
            sum = sum &+ (mixed ^ mixed &>> 29)
        }
        sum = sum &* 0xbf58_476d_1ce4_e5b9
        return UInt32(truncatingIfNeeded: sum &>> 32)
    }

    /// Puts what waits in `state` into ``current``.
    mutating func load(_ state: UInt32, of program: ProgramPlace, from set: borrowing PatternSet) {
        current.removeAll()
        let place = Int(state)
        let instructions = place &+ StateWord.columns &+ program.columnCount
        for index in 0..<Int(words[place &+ StateWord.count]) {
            let instruction = words[instructions &+ index]
            current.keep(instruction)
            if set.instruction(instruction, of: program).operation == .assertion { current.hasAssertion = true }
        }
    }
}
