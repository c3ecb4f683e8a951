import Foundation
import SecLang
import Testing

@Suite("The Core Rule Set")
struct CoreRuleSetTests {
    /// The folder of 4.28.0, from the environment.
    static let upstream = folder("MASUGATA_SHARED", otherwise: nil, below: "/crs-v4.28.0")

    /// The folder of Debian's package modsecurity-crs, where it is installed or unpacked.
    static let debian = folder("MASUGATA_DEBIAN_CRS", otherwise: "/usr/share/modsecurity-crs", below: "")

    private static func folder(_ variable: String, otherwise: String?, below: String) -> String? {
        guard let folder = ProcessInfo.processInfo.environment[variable] ?? otherwise else { return nil }
        return FileManager.default.fileExists(atPath: folder + below + "/rules") ? folder + below : nil
    }

    @Test(
        "4.28.0 is read whole, and everything in it is counted as another program counts it",
        .enabled(if: upstream != nil, "MASUGATA_SHARED names no folder with crs-v4.28.0"))
    func readsUpstream() throws {
        let loading = loadRules([.file(try #require(Self.upstream) + "/rules/*.conf")], files: RuleFolder())
        #expect(loading.diagnostics.map(\.description) == [])
        let summary = loading.summary
        compare(summary) { $0.upstream }
        #expect(summary.statements == 788)
        #expect(summary.links == 702)
        #expect(summary.rules == 629)
        #expect(summary.links - summary.rules == 73)
        #expect(summary.pipelines.count == 42)
        #expect(summary.needs.isEmpty)
        let rules = try #require(loading.ruleSet)
        #expect(rules.rules.count == 629)
        #expect(rules.rules.map(\.links.count).reduce(0, +) == 702)
        let operands = Operands(rules.rules)
        #expect(operands.patterns == 318)
        #expect(operands.phraseLists == 33)
        #expect(operands.phrases == 8017)
        #expect(operands.withMacros == 30)
        #expect(
            operands.multiMatch == [
                930_110, 934_100, 934_101, 934_130, 934_160, 942_100, 942_131, 942_500,
            ])
        #expect(operands.special == [])
    }

    @Test(
        "Debian's 3.3.4 is read whole, and everything in it is counted as another program counts it",
        .enabled(if: debian != nil, "modsecurity-crs is not installed, and MASUGATA_DEBIAN_CRS names no folder"))
    func readsDebian() throws {
        let loading = loadRules([.file(try #require(Self.debian) + "/rules/*.conf")], files: RuleFolder())
        #expect(loading.diagnostics.map(\.description) == [])
        let summary = loading.summary
        compare(summary) { $0.debian }
        #expect(summary.statements == 840)
        #expect(summary.links == 799)
        #expect(summary.rules == 633)
        #expect(summary.links - summary.rules == 166)
        #expect(summary.pipelines.count == 34)
        let rules = try #require(loading.ruleSet).rules
        #expect(rules.count == 633)
        let operands = Operands(rules)
        #expect(operands.patterns == 265)
        #expect(operands.phraseLists == 25)
        #expect(operands.phrases == 3732)
        #expect(operands.withMacros == 28)
        #expect(operands.multiMatch == [930_110, 934_100, 942_100, 942_130])
        #expect(
            operands.special == [
                "920120 lookAround", "920600 atomicGroup", "942130 lookAround", "942260 atomicGroup",
                "953120 lookAround",
            ])
    }

    @Test(
        "4.28.0 is read with its set-up, its examples of exclusions and a base configuration",
        .enabled(if: upstream != nil, "MASUGATA_SHARED names no folder with crs-v4.28.0"))
    func readsInstallation() throws {
        let folder = try #require(Self.upstream)
        let sources: [RuleSource] = [
            .text(name: "base.conf", bytes("SecRuleEngine On\nSecRequestBodyAccess On")),
            .file(folder + "/crs-setup.conf.example"),
            .file(folder + "/rules/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf.example"),
            .file(folder + "/rules/*.conf"),
            .file(folder + "/rules/RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf.example"),
        ]
        let loading = loadRules(sources, files: RuleFolder())
        #expect(loading.diagnostics.map(\.description) == [])
        #expect(loading.ruleSet?.rules.count == 630)
        #expect(loading.ruleSet?.settings.ruleEngine == .on)
    }

    @Test(
        "the set-up for 4.28.0's regression tests is read",
        .enabled(if: upstream != nil, "MASUGATA_SHARED names no folder with crs-v4.28.0"))
    func readsRegressionSetup() throws {
        let folder = try #require(Self.upstream)
        let sources: [RuleSource] = [.file(folder + "/regression-setup.conf"), .file(folder + "/rules/*.conf")]
        let loading = loadRules(sources, files: RuleFolder())
        #expect(loading.diagnostics.map(\.description) == [])
        #expect(loading.ruleSet?.rules.count == 634)
    }

    /// The operands of a rule set, counted.
    private struct Operands: Equatable {
        var patterns = 0
        var phraseLists = 0
        var phrases = 0
        var withMacros = 0
        var multiMatch: Set<Int> = []
        var special: [String] = []

        init(_ rules: [Rule]) {
            for rule in rules {
                for link in rule.links { count(link, of: rule.id) }
            }
        }

        private mutating func count(_ link: RuleLink, of id: Int) {
            if link.isMultiMatch { multiMatch.insert(id) }
            switch link.test?.operation {
            case .rx(let expression)?:
                patterns += 1
                if let need = expression.need { special.append("\(id) \(need.rawValue)") }
            case .rxOfMacros?:
                patterns += 1
                withMacros += 1
            case .pm(let list, _)?:
                phraseLists += 1
                phrases += list.count
            case .compare(_, let text)?, .text(_, let text)?: withMacros += text.literal == nil ? 1 : 0
            default: break
            }
        }
    }

    private func compare(_ summary: RuleSummary, _ expected: (CoreRuleSetCounts.Count) -> Int) {
        func check(_ kind: String, _ counts: [String: Int], _ table: [CoreRuleSetCounts.Count]) {
            let wanted = Dictionary(uniqueKeysWithValues: table.map { ($0.item, expected($0)) }).filter { $0.value > 0 }
            for name in Set(counts.keys).union(wanted.keys).sorted() where counts[name] != wanted[name] {
                Issue.record("\(kind) \(name): \(counts[name] ?? 0) instead of \(wanted[name] ?? 0)")
            }
        }
        check("directive", summary.directives, CoreRuleSetCounts.directives)
        check("variable", summary.variables, CoreRuleSetCounts.variables)
        check("modifier", summary.modifiers, CoreRuleSetCounts.modifiers)
        check("operator", summary.operators, CoreRuleSetCounts.operators)
        check("transformation", summary.transformations, CoreRuleSetCounts.transformations)
        check("action", summary.actions, CoreRuleSetCounts.actions)
        check("option of ctl", summary.controls, CoreRuleSetCounts.controls)
        check("form of setvar", summary.assignments, CoreRuleSetCounts.assignments)
        check("macro", summary.macros, CoreRuleSetCounts.macros)
        check("macro in operators", summary.operatorMacros, CoreRuleSetCounts.operatorMacros)
        let phases = Dictionary(uniqueKeysWithValues: summary.phases.map { (String($0.key), $0.value) })
        check("phase", phases, CoreRuleSetCounts.phases)
    }
}
