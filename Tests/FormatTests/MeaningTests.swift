import Policy
import Testing

@Suite("Formatting any policy")
struct MeaningTests {
    @Test("the meaning stays, comments stay, and a second time changes nothing: every policy of the tests")
    func policies() throws {
        var formatted = 0
        for text in try Samples.all() where try isKept(text) { formatted += 1 }
        #expect(formatted > 60)
    }

    @Test("the same holds for 5,000 changed policies")
    func mutations() throws {
        var random = SplitMix(state: 20_260_103)
        let seeds = try Samples.all()
        var formatted = 0
        for _ in 0..<5_000 where try isKept(mutated(seeds, &random)) { formatted += 1 }
        #expect(formatted > 600)
    }

    @Test("blanks, tabs and the kind of line ends are no matter: 500 variations of the examples")
    func blanks() throws {
        var random = SplitMix(state: 20_260_104)
        let names = Samples.policies(in: Samples.examples)
        for name in names {
            let text = try Samples.bytes(Samples.examples, "\(name).policy")
            for _ in 0..<500 / names.count {
                let variation = withOtherBlanks(text, &random)
                let isSame = format(variation, fileName: "p").text == text
                #expect(isSame, "\(describe(variation))")
            }
        }
    }

    /// Checks what must hold of any text; returns whether it could be formatted.
    private func isKept(_ text: [UInt8]) throws -> Bool {
        let formatting = format(text, fileName: "p")
        guard let formatted = formatting.text else {
            #expect(!formatting.diagnostics.isEmpty)
            #expect(!formatting.diagnostics.contains { $0.message.contains("change the meaning") }, "\(describe(text))")
            return false
        }
        let meansTheSame = Meaning(formatted) == Meaning(text)
        let isStable = format(formatted, fileName: "p").text == formatted
        let keepsComments = comments(formatted) == comments(text)
        #expect(meansTheSame && isStable && keepsComments, "\(describe(text))")
        return true
    }

    private func describe(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self) }

    /// How many comments a text has; texts in quotes have none.
    private func comments(_ text: [UInt8]) -> Int {
        String(decoding: text, as: UTF8.self).split(separator: "\n").count { line in
            var isQuoted = false
            var isEscaped = false
            var last: Character = " "
            for character in line {
                if !isQuoted && (character == "#" || (character == "/" && last == "/")) { return true }
                if character == "\"" && !isEscaped { isQuoted.toggle() }
                isEscaped = isQuoted && character == "\\" && !isEscaped
                last = isQuoted ? " " : character
            }
            return false
        }
    }

    /// The same tokens and comments in the same lines, with other blanks around them.
    private func withOtherBlanks(_ text: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var result: [UInt8] = []
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var isQuoted = false
            var isComment = false
            blanks(in: 0...3, &result, &random)
            for byte in line {
                if byte == UInt8(ascii: "\"") && !isComment { isQuoted.toggle() }
                if byte == UInt8(ascii: "#") && !isQuoted { isComment = true }
                let isFree = !isQuoted && !isComment
                let isBrace = isFree && "{}".utf8.contains(byte)
                if isBrace { blanks(in: 0...2, &result, &random) }
                if isFree && byte == UInt8(ascii: " ") {
                    blanks(in: 1...3, &result, &random)
                } else {
                    result.append(byte)
                }
                if isBrace { blanks(in: 0...2, &result, &random) }
            }
            blanks(in: 0...2, &result, &random)
            if Bool.random(using: &random) { result.append(UInt8(ascii: "\r")) }
            result.append(UInt8(ascii: "\n"))
        }
        return result
    }

    private func blanks(in count: ClosedRange<Int>, _ text: inout [UInt8], _ random: inout SplitMix) {
        for _ in 0..<Int.random(in: count, using: &random) {
            text.append(Bool.random(using: &random) ? UInt8(ascii: " ") : UInt8(ascii: "\t"))
        }
    }

    /// One of `seeds` with a few bytes, lines or signs changed, removed, doubled or taken from another.
    private func mutated(_ seeds: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
        var text = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let start = Int.random(in: 0...text.count, using: &random)
            let end = min(text.count, start + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: text.removeSubrange(start..<end)
            case 1: text.insert(contentsOf: text[start..<end], at: start)
            case 2: text.insert(Array("{}[]=,\"#/ \n\n ".utf8).randomElement(using: &random) ?? 0, at: start)
            case 3:
                let piece = ["# c\n", "\n\n\n", " // d\n", " [a, b] "].randomElement(using: &random) ?? ""
                text.insert(contentsOf: Array(piece.utf8), at: start)
            case 4:
                if let blank = text[start...].firstIndex(of: UInt8(ascii: " ")) { text[blank] = UInt8(ascii: "\n") }
            default:
                let other = seeds.randomElement(using: &random) ?? []
                let from = Int.random(in: 0...other.count, using: &random)
                text.replaceSubrange(start..<end, with: other[from..<min(other.count, from + 24)])
            }
        }
        return text
    }
}
