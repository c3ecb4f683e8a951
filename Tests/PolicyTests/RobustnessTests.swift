import Plan
import Policy
import Testing

@Suite("Any input to the compiler")
struct RobustnessTests {
    @Test(
        "every prefix of an example is a policy or is refused with a diagnostic",
        arguments: Files.policies(in: Files.examples))
    func prefixes(name: String) throws {
        let text = try Files.bytes(Files.examples, "\(name).policy")
        for count in 0..<text.count { try compiles(Array(text[..<count])) }
    }

    @Test("20,000 changed policies are compiled or refused, and every plan that is made is sound")
    func mutations() throws {
        var random = SplitMix(state: 20_260_101)
        var seeds = try Files.policies(in: Files.examples).map { try Files.bytes(Files.examples, "\($0).policy") }
        seeds += try Files.policies(in: Files.golden).map { try Files.bytes(Files.golden, "\($0).policy") }
        for _ in 0..<20_000 { try compiles(mutated(seeds, &random)) }
    }

    @Test("what is too large, too deep or too much is refused with a diagnostic of its own")
    func bounds() {
        expect([UInt8](repeating: 0x20, count: PolicyBounds.text + 1), "the policy has more than 4194304 bytes")
        expect([UInt8](repeating: 0x20, count: PolicyBounds.line + 1), "the line has more than 16384 bytes")
        expect(
            Array(String(repeating: String(repeating: "x ", count: 8000) + "\n", count: 63).utf8),
            "the policy has more than 500000 words and signs")
        expect(Array(String(repeating: "a {\n", count: 10_000).utf8), "more than 16 blocks within blocks")
        expect(Array(String(repeating: "}\n", count: 10_000).utf8), "9902 more diagnostics are not shown")
        expect(
            Array(
                ("listen w { http = [\"127.0.0.1:80\"] }\nsite \"*\" { rules { log \"x\" when "
                    + String(repeating: "(\n", count: 10_000)).utf8),
            "more than 32 parentheses within parentheses")
        expect(Array(("a = " + String(repeating: "[", count: 10_000)).utf8), "a list holds no lists")
    }

    @Test("both ways to give the text say the same")
    func spans() {
        let text = Array("listen".utf8)
        #expect(compile(text.span, fileName: "p").diagnostics == compile(text, fileName: "p").diagnostics)
        let large = [UInt8](repeating: 0x20, count: PolicyBounds.text + 100)
        #expect(compile(large.span, fileName: "p").diagnostics == compile(large, fileName: "p").diagnostics)
    }

    private func expect(_ text: [UInt8], _ message: String) {
        let compilation = compile(text, fileName: "p")
        #expect(compilation.plan == nil)
        #expect(compilation.diagnostics.contains { $0.message == message }, "\(message)")
        #expect(compilation.diagnostics.count <= PolicyBounds.diagnostics + 1)
    }

    private func compiles(_ text: [UInt8]) throws {
        let compilation = compile(text, fileName: "p")
        if let plan = compilation.plan {
            let image = plan.encoded()
            #expect(try Plan(decoding: image.span) == plan)
        } else {
            #expect(compilation.diagnostics.contains { $0.severity == .error })
        }
        #expect(compilation.diagnostics.allSatisfy { !$0.description.isEmpty && !$0.json.contains("\n") })
    }

    private static let words =
        PolicyWords.all.flatMap { [$0.word] + $0.attributes.map(\.word) + $0.clauses.map(\.word) }
        + ConditionWords.fields.map(\.word) + ConditionWords.functions.map { "\($0.word)(" }
        + ConditionWords.operators.map(\.word) + ["when", "and", "or", "not", "list.bots", "08:00-18:00", "5%", "50/s"]

    /// One of `seeds` with a few bytes, pieces or signs changed, removed, doubled or taken from another.
    private func mutated(_ seeds: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
        var text = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let start = Int.random(in: 0...text.count, using: &random)
            let end = min(text.count, start + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: text.removeSubrange(start..<end)
            case 1: text.insert(contentsOf: text[start..<end], at: start)
            case 2:
                text.insert(Array("{}[]()=<>!&|,\"'#/\\\n.:*-%0a9".utf8).randomElement(using: &random) ?? 0, at: start)
            case 3: text.insert(UInt8.random(in: 0...255, using: &random), at: start)
            case 4:
                let word = RobustnessTests.words.randomElement(using: &random) ?? ""
                text.replaceSubrange(start..<end, with: Array(" \(word) ".utf8))
            default:
                let other = seeds.randomElement(using: &random) ?? []
                let from = Int.random(in: 0...other.count, using: &random)
                text.replaceSubrange(start..<end, with: other[from..<min(other.count, from + 24)])
            }
        }
        return text
    }
}

/// Random numbers that are the same in every run (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
