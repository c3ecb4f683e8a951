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
        #expect(loading.ruleSet?.rules.count == 633)
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
