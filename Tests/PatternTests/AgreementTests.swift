import Pattern
import Testing

@Suite("Agreement with an interpreter that tries every way")
struct AgreementTests {
    /// Patterns of each part of the test; the parts run beside each other.
    private static let patterns = 800
    private static let texts = 8

    @Test("whether and where a pattern matches, over generated patterns and texts", arguments: 0..<8)
    func generated(_ part: Int) throws {
        var random = SplitMix(state: UInt64(part))
        var compared = 0
        var matched = 0
        for _ in 0..<Self.patterns {
            let tree = Tree.random(4, using: &random)
            let pattern = tree.text(.ours)
            let search = try Search(pattern)
            let simulation = try Search(pattern)
            simulation.simulate()
            for _ in 0..<Self.texts {
                let text = Tree.randomText(upTo: 12, using: &random)
                let expected: Range<Int>?
                do { expected = try Oracle.firstMatch(tree, in: text) } catch { continue }
                let found = search.firstMatch(text)
                #expect(search.matches(text) == (expected != nil), "\(pattern) in \(text)")
                #expect(simulation.matches(text) == (expected != nil), "\(pattern) in \(text)")
                #expect(found?.lowerBound == expected?.lowerBound, "\(pattern) in \(text)")
                if !tree.hasNullableLoop { #expect(found == expected, "\(pattern) in \(text)") }
                compared += 1
                if expected != nil { matched += 1 }
            }
        }
        #expect(compared > Self.patterns * Self.texts * 9 / 10, "the interpreter gave up too often: \(compared)")
        #expect(matched > compared / 5 && matched < compared * 9 / 10, "\(matched) of \(compared) match")
    }
}
