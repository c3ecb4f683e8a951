import SecLang
import Testing

@Suite("Shared tables")
struct LayoutTests {
    @Test("targets, pipelines and names of TX stand there once")
    func tables() throws {
        let rules = read(
            """
            SecRule ARGS|TX:A a "id:1,pass,t:none,t:urlDecode,t:lowercase,setvar:tx.b=1,logdata:'%{tx.c} %{TX.0}'"
            SecRule TX:b|ARGS "@gt %{tx.D}" "id:2,pass,t:urlDecode,t:trim"
            SecRule ARGS a "id:3,pass"
            """
        ).rules
        let layout = RuleLayout(rules)
        #expect(layout.rules.map { $0[0].targets } == [[0, 1], [2, 0], [0]])
        #expect(layout.targets.count == 3)
        #expect(layout.transformations.nodes.count == 4)
        #expect(layout.transformations.pipeline(of: layout.rules[0][0].transformation) == [.urlDecode, .lowercase])
        #expect(layout.transformations.pipeline(of: layout.rules[1][0].transformation) == [.urlDecode, .trim])
        #expect(layout.rules[2][0].transformation == 0)
        #expect(layout.transactionNames == ["a", "b", "c", "0", "d"])
        #expect(layout.transactionNumber(of: "B") == 1)
        #expect(layout.transactionNumber(of: "x") == nil)
        #expect(!layout.hasComputedTransactionNames)
    }

    @Test(
        "names that are only known when rules run are seen",
        arguments: [
            "SecAction id:1,pass,setvar:tx.a%{MATCHED_VAR}=1", "SecRule TX:/a/ b id:1,pass", "SecRule TX b id:1,pass",
        ])
    func computedNames(text: String) { #expect(RuleLayout(read(text).rules).hasComputedTransactionNames) }
}
