import Pattern
import Testing

@Suite("The memory of the automata")
struct MemoryTests {
    /// Needs a state for each set of the last 14 positions of an `a`.
    private static let explosive = "[ab]*a[ab]{13}c"

    private func randomLetters(_ count: Int, _ seed: UInt64) -> [UInt8] {
        var random = SplitMix(state: seed)
        return (0..<count).map { _ in Bool.random(using: &random) ? 0x61 : 0x62 }
    }

    @Test("an automaton that does not fit forgets, then gives way to the simulation, and the answer stays")
    func thrash() throws {
        let search = try Search(Self.explosive)
        let text = randomLetters(20_000, 1)
        #expect(!search.matches(text))
        #expect(search.memory.flushes >= 3 && search.memory.flushes < 10)
        #expect(search.memory.simulatedBytes > 10_000)
        #expect(search.matches(text + Array("abbbbbbbbbbbbbc".utf8)))
        #expect(!search.matches(text + Array("bbbbbbbbbbbbbbc".utf8)))
    }

    @Test("after its pause an automaton is tried again, and stays when it is worth it")
    func recovery() throws {
        let search = try Search(Self.explosive)
        #expect(!search.matches(randomLetters(20_000, 1)))
        let tame = [UInt8](repeating: 0x62, count: 10_000)
        for _ in 0..<20 { #expect(!search.matches(tame)) }
        let (flushes, simulated) = (search.memory.flushes, search.memory.simulatedBytes)
        for _ in 0..<20 { #expect(!search.matches(tame)) }
        #expect(search.memory.flushes == flushes && search.memory.simulatedBytes == simulated)
    }

    @Test("a larger reserve is used, and spares forgetting")
    func reserve() throws {
        let text = randomLetters(20_000, 1)
        let small = try Search(Self.explosive)
        let large = try Search(Self.explosive, reserve: 64 << 20)
        #expect(!small.matches(text) && !large.matches(text))
        #expect(small.memory.flushes > 0 && large.memory.flushes == 0)
        #expect(large.memory.simulatedBytes == 0)
    }

    @Test("a state larger than a block is simulated")
    func largeStates() throws {
        // All of the four thousand may be left out, so a search waits at all of them at once.
        let search = try Search("^(?:[ab]?){1000}(?:[bc]?){1000}(?:[cd]?){1000}(?:[de]?){1000}!", reserve: 1 << 20)
        #expect(!search.matches("abcdeabcde!") && !search.matches("abcde"))
        #expect(search.memory.simulatedBytes > 0 && search.memory.flushes == 0)
        #expect(search.matches("aabbccddee!") && search.firstMatch("e!") == 0..<2)
    }

    @Test("many patterns share one memory without mixing, however little there is", arguments: [0, 1 << 16, 1 << 20])
    func shared(_ reserve: Int) throws {
        var random = SplitMix(state: 5)
        var trees = (0..<60).map { _ in Tree.random(4, using: &random) }
        // Some that fill the reserve.
        for length in 8..<14 {
            let letters = Tree.members([0x61...0x62], isNegated: false)
            trees.append(.sequence([.byte(0x61), .repetition(letters, length, length, isLazy: false), .byte(0x63)]))
        }
        let set = PatternSet(try trees.map { try Pattern($0.text(.ours)) })
        var memory = PatternMemory(for: set, reserve: reserve)
        for round in 0..<8 {
            let long = randomLetters(3_000, UInt64(round))
            for number in 60..<set.count { #expect(!set.matches(number, long.span, using: &memory)) }
            for (number, tree) in trees.enumerated() {
                let text = Tree.randomText(upTo: 10, using: &random)
                let expected: Range<Int>?
                do { expected = try Oracle.firstMatch(tree, in: text) } catch { continue }
                #expect(set.matches(number, text.span, using: &memory) == (expected != nil))
                #expect(
                    set.firstMatch(number, in: text.span, using: &memory)?.lowerBound == expected?.lowerBound)
            }
        }
    }

    @Test("an automaton that forgets in the middle of a text loses nothing, over generated patterns and texts")
    func forgetting() throws {
        var random = SplitMix(state: 99)
        var flushes: UInt64 = 0
        var compared = 0
        for _ in 0..<50 {
            let letters = Tree.members([0x61...0x62], isNegated: false)
            let tree = Tree.sequence([
                .byte(0x61), .repetition(letters, 11, 11, isLazy: false), Tree.random(3, using: &random), .byte(0x21),
            ])
            let search = try Search(tree.text(.ours))
            for round in 0..<4 {
                let tail = Tree.randomText(upTo: 4, using: &random) + [0x21]
                let text = randomLetters(400, random.next()) + (round > 0 ? tail : [])
                let expected: Range<Int>?
                do { expected = try Oracle.firstMatch(tree, in: text, fuel: 200_000) } catch { continue }
                #expect(search.matches(text) == (expected != nil), "\(tree.text(.ours))")
                #expect(search.firstMatch(text)?.lowerBound == expected?.lowerBound, "\(tree.text(.ours))")
                compared += 1
            }
            flushes += search.memory.flushes
        }
        #expect(flushes > 20 && compared > 130, "\(flushes), \(compared)")
    }

    @Test("a state that is forgotten for the one it leads to is not written to", arguments: 0..<4)
    func forgottenSource(_ part: Int) throws {
        // However full the memory is, behind many a `b` the search stands at its first state, from which `y` leads on
        // for the first time.
        let pattern = try Pattern("a[ab]{13}c|yy!")
        var flushes = 0
        for fill in (part * 80)..<(part * 80 + 80) {
            let search = Search(pattern)
            let letters = randomLetters(fill, 7) + [UInt8](repeating: 0x62, count: 14)
            #expect(search.matches(letters + Array("yy!".utf8)), "\(fill)")
            flushes += Int(search.memory.flushes)
        }
        #expect(part < 3 || flushes > 0)
    }

    @Test("an empty set can be made")
    func empty() {
        let set = PatternSet([])
        let memory = PatternMemory(for: set)
        #expect(set.count == 0 && memory.steps == 0)
    }
}
