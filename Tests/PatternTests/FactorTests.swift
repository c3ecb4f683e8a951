import Pattern
import Testing

@Suite("Literals that a match requires")
struct FactorTests {
    struct Known: CustomTestStringConvertible, Sendable {
        let pattern: String
        let sets: [[String]]
        let prefixes: [String]

        init(_ pattern: String, _ sets: [[String]], prefixes: [String] = []) {
            self.pattern = pattern
            self.sets = sets
            self.prefixes = prefixes
        }

        var testDescription: String { pattern }
    }

    @Test(
        "are found",
        arguments: [
            Known("abc", [["abc"]], prefixes: ["abc"]),
            Known("(?i)UNION", [["union"]], prefixes: ["union"]),
            Known("AbC", [["abc"]], prefixes: ["abc"]),
            Known("^/wp-(?:admin|login)", [["/wp-admin", "/wp-login"]], prefixes: ["/wp-admin", "/wp-login"]),
            Known("a[bc]d", [["abd", "acd"]], prefixes: ["abd", "acd"]),
            Known(#"\bunion\b.{1,100}?\bselect\b"#, [["select"], ["union"]], prefixes: ["union"]),
            Known("x.*(?:foo|ba)", [["ba", "foo"], ["x"]], prefixes: ["x"]),
            Known("(?:foo.*|.*ba)z", [["ba", "foo"], ["z"]]),
            Known("a{3}", [["aaa"]], prefixes: ["aaa"]),
            Known("(?:ab){2,}", [["abab"]], prefixes: ["abab"]),
            Known("colou?r", [["color", "colour"]], prefixes: ["color", "colour"]),
            Known("ab*c", [["a"], ["c"]], prefixes: ["a"]),
            Known(".*", []),
            Known("a|.", []),
            Known("a*b?", []),
            Known("(?:a|)", []),
            Known("[a-z]+", []),
            Known(#"\d"#, []),
            Known("[^x]abc", [["abc"]]),
            Known("(?:a|[^a])key", [["key"]]),
        ])
    func found(_ known: Known) throws {
        let factors = try Pattern(known.pattern).requiredFactors
        #expect(factors.sets.map { $0.map { String(decoding: $0, as: UTF8.self) } } == known.sets)
        #expect(factors.prefixes.map { String(decoding: $0, as: UTF8.self) } == known.prefixes)
    }

    @Test("stay within their bounds")
    func bounds() throws {
        let words = (1_000..<4_000).map { String($0) }
        let many = try Pattern("(?:\(words.joined(separator: "|")))q").requiredFactors
        #expect(many.sets.first?.count == 3_000 && many.prefixes.count == 3_000)
        let long = try Pattern(String(repeating: "ab", count: 100)).requiredFactors
        #expect(long.sets.count <= PatternBounds.factorSets)
        #expect(long.sets.joined().allSatisfy { $0.count <= PatternBounds.factorLength && !$0.isEmpty })
        let product = try Pattern(String(repeating: "[ab]", count: 50)).requiredFactors
        #expect(product.sets.allSatisfy { $0.count <= PatternBounds.joinedFactors })
    }

    @Test("are in every text that matches, over generated patterns and texts", arguments: 0..<4)
    func contained(_ part: Int) throws {
        var random = SplitMix(state: UInt64(part) + 50)
        var required = 0
        for _ in 0..<800 {
            let text = Tree.random(4, using: &random).text(.ours)
            let pattern = try Pattern(text)
            let factors = pattern.requiredFactors
            let search = Search(pattern)
            for _ in 0..<6 {
                let sample = Tree.randomText(upTo: 12, using: &random)
                guard let match = search.firstMatch(sample) else { continue }
                let lower = sample.map { 0x41...0x5a ~= $0 ? $0 + 0x20 : $0 }
                #expect(match.count >= pattern.minimumLength)
                for set in factors.sets {
                    required += 1
                    #expect(set.contains { contains(lower[match], $0) }, "\(text) in \(sample): \(set)")
                }
                #expect(
                    factors.prefixes.isEmpty || factors.prefixes.contains { lower[match].starts(with: $0) },
                    "\(text) in \(sample): \(factors.prefixes)")
            }
        }
        #expect(required > 500, "\(required)")
    }

    private func contains(_ text: ArraySlice<UInt8>, _ literal: [UInt8]) -> Bool {
        text.indices.contains { text[$0...].starts(with: literal) }
    }
}
