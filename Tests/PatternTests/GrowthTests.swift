import Pattern
import Testing

/// What grows is counted in steps, so that no clock decides.
@Suite("The work of a search grows with the text, and not faster")
struct GrowthTests {
    /// Patterns on which engines that go back take quadratic, cubic or exponential time, with a text to repeat and an
    /// end that does not match.
    private static let notorious: [(pattern: String, repeated: String, end: String)] = [
        ("(a+)+$", "a", "!"), ("^(a*)*$", "a", "!"), ("^(a|a)*$", "a", "!"), ("(a|aa)+$", "a", "!"),
        ("(x+x+)+y", "x", ""), ("^(([a-z])+.)+[A-Z]([a-z])+$", "a", ""), ("(.*)*=(.*)*;(.*)*!$", "=;", "x"),
        (#"\s+$"#, " ", "x"), ("(?:a?){30}a{30}$", "a", "b"), ("a.*b.*c.*d.*e$", "abcd", ""),
        ("((a{1,10}){1,10}){1,3}$", "a", "!"), ("(?i)(?:union.{1,100}?select.{1,100}?from)$", "union", ""),
        (".*.*.*.*x$", "ab", ""), ("(?:[ab]*a[ab]{12}c)+$", "ab", "b"), (#"(\w+\s*)+:"#, "ab ", ""),
        ("(?:(?:(?:a*)*)*)*b", "a", ""), ("(?m)(?:^a*$\\n?)*!", "a\n", ""),
    ]

    @Test("of notorious patterns", arguments: notorious)
    func matching(_ pattern: String, _ repeated: String, _ end: String) throws {
        let compiled = try Pattern(pattern)
        var works: [UInt64] = []
        for count in [1_000, 2_000, 4_000] {
            let text = String(repeating: repeated, count: count / repeated.utf8.count) + end
            let search = Search(compiled)
            #expect(!search.matches(text))
            #expect(search.memory.steps <= UInt64(8 * (text.utf8.count + 1) * compiled.instructionCount))
            works.append(search.memory.steps)
        }
        // Twice the text, at most twice the work; a little more, because the automaton is not yet made at first.
        #expect(works[2] * 10 <= works[1] * 22 && works[1] * 10 <= works[0] * 22 + 100_000, "\(works)")
    }

    @Test("where the place of a match is asked", arguments: notorious)
    func place(_ pattern: String, _ repeated: String, _ end: String) throws {
        let compiled = try Pattern("(?:\(pattern))|~")
        for count in [500, 1_000] {
            let text = String(repeating: repeated, count: count / repeated.utf8.count) + end + "~"
            let search = Search(compiled)
            #expect(search.firstMatch(text) == (text.utf8.count - 1)..<text.utf8.count)
            #expect(search.memory.steps <= UInt64(16 * (text.utf8.count + 1) * compiled.instructionCount))
        }
    }

    @Test("of generated patterns, on repetitions of every pair of bytes that they tell apart", arguments: 0..<4)
    func generated(_ part: Int) throws {
        var random = SplitMix(state: UInt64(part) + 1000)
        for _ in 0..<60 {
            let text = Tree.random(5, using: &random).text(.ours)
            let pattern = try Pattern("(?:\(text))~")
            let search = Search(pattern)
            for one in [0x61, 0x62, 0x41, 0x2d, 0x0a] as [UInt8] {
                for other in [0x61, 0x63, 0x2d, 0x0a] as [UInt8] {
                    let before = search.memory.steps
                    let sample = (0..<400).map { $0 % 2 == 0 ? one : other }
                    #expect(!search.matches(sample))
                    let work = search.memory.steps - before
                    #expect(work <= UInt64(8 * (sample.count + 1) * pattern.instructionCount), "\(text): \(work)")
                }
            }
        }
    }

    @Test("a text that was searched before costs one step for each byte")
    func warm() throws {
        let search = try Search(#"(?i)\bunion\b.*\bselect\b"#)
        let text = String(repeating: "a union of words, none selects. ", count: 20)
        #expect(!search.matches(text))
        let before = search.memory.steps
        #expect(!search.matches(text))
        #expect(search.memory.steps - before == UInt64(text.utf8.count))
    }

    @Test("a match ends the search, and so does a text that can no longer match")
    func early() throws {
        let search = try Search("^ab")
        let text = "ab" + String(repeating: "x", count: 10_000)
        #expect(search.matches(text))
        #expect(search.memory.steps < 100)
        #expect(!search.matches("b" + text))
        #expect(search.memory.steps < 200)
    }
}
