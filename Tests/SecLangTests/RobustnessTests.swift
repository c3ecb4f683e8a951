import SecLang
import Testing

@Suite("Any input to the reader of rules")
struct RobustnessTests {
    private static let sound = """
        SecRule ARGS|!ARGS:'/a|b/'|&TX:x "@rx ^(?:a|b)+$" "id:1,phase:2,deny,t:none,t:urlDecodeUni,\\
            msg:'it\\'s %{TX.0}',setvar:'tx.a=+%{tx.b}',ctl:ruleRemoveTargetById=2;ARGS:c,skipAfter:END,chain"
            SecRule REQUEST_HEADERS:Host "!@pm a |41 42| c" "t:lowercase,capture"
        SecMarker END
        SecRuleUpdateTargetById 1 "!ARGS:d" "ARGS"
        SecRuleRemoveByTag "^x"
        SecDefaultAction "phase:1,log,pass"

        """

    @Test("every prefix of sound rules is read or refused with a diagnostic")
    func prefixes() {
        let text = bytes(Self.sound)
        for count in 0..<text.count { loads(Array(text[..<count])) }
    }

    @Test("5,000 changed rule files are read or refused")
    func mutations() {
        var random = SplitMix(state: 20_260_101)
        let seeds = [bytes(Self.sound)] + GoldenFiles.names.compactMap { GoldenFiles.bytes("\($0).conf") }
        for _ in 0..<5000 { loads(mutated(seeds, &random)) }
    }

    @Test("what is too large or too much is refused with a diagnostic of its own")
    func bounds() {
        let long = String(repeating: "x", count: SecLangBounds.line)
        #expect(messages("SecAction " + long) == ["the line has more than \(SecLangBounds.line) bytes"])
        let many = String(repeating: "ARGS|", count: SecLangBounds.targets) + "ARGS"
        #expect(messages("SecRule \(many) x id:1,pass").count == 1)
        let tags = String(repeating: ",tag:x", count: SecLangBounds.actions)
        #expect(messages("SecAction id:1\(tags)").count == 1)
        let chain = String(repeating: "SecRule ARGS x chain\n", count: SecLangBounds.links)
        #expect(!messages("SecRule ARGS x id:1,pass,chain\n\(chain)SecRule ARGS x").isEmpty)
        let unknown = String(repeating: "SecX\n", count: 300)
        #expect(messages(unknown).count == SecLangBounds.diagnostics + 1)
        #expect(messages(unknown).last == "200 more diagnostics are not shown")
        let phrase = String(repeating: "x", count: SecLangBounds.phrase + 1)
        #expect(messages("SecRule ARGS \"@pm \(phrase)\" id:1,pass").count == 1)
        var files: [String: String] = [:]
        for depth in 0..<20 { files["\(depth).conf"] = "Include \(depth + 1).conf" }
        #expect(messages("Include 0.conf", files: files).count == 1)
    }

    private func loads(_ text: [UInt8]) {
        let loading = loadRules([.text(name: "rules.conf", text)])
        #expect((loading.ruleSet == nil) == loading.diagnostics.contains { $0.severity == .error })
        #expect(loading.diagnostics.allSatisfy { !$0.description.isEmpty })
    }

    private func mutated(_ seeds: [[UInt8]], _ random: inout SplitMix) -> [UInt8] {
        var text = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let start = Int.random(in: 0...text.count, using: &random)
            let end = min(text.count, start + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: text.removeSubrange(start..<end)
            case 1: text.insert(contentsOf: text[start..<end], at: start)
            case 2: text.insert(bytes("\"'\\|,:;!&@#%{}/=+-()[]\n").randomElement(using: &random) ?? 0, at: start)
            case 3: text.insert(UInt8.random(in: 0...255, using: &random), at: start)
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
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
