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
        for round in 0..<10 {
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

    @Test("an empty set can be made")
    func empty() {
        let set = PatternSet([])
        let memory = PatternMemory(for: set)
        #expect(set.count == 0 && memory.steps == 0)
    }
}
