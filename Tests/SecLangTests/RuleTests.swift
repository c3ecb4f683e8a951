import SecLang
import Testing

@Suite("Rules, chains and defaults")
struct RuleTests {
    @Test("SecAction always matches")
    func action() throws {
        let link = try rule("SecAction id:1,pass").links[0]
        #expect(link.targets.isEmpty && link.test == nil)
    }

    @Test("a chain is one rule, whose links keep their own targets, tests and transformations")
    func chain() throws {
        let rule = try rule(
            """
            SecRule ARGS a "id:1,deny,t:lowercase,chain,setvar:tx.a=1"
                SecRule FILES b "t:trim,chain"
                SecRule TX:a c "setvar:tx.b=1,capture"
            """)
        #expect(rule.links.count == 3)
        #expect(rule.links.map(\.transformations) == [[.lowercase], [.trim], []])
        #expect(rule.links.map(\.effects.count) == [1, 0, 1])
        #expect(rule.links[2].captures)
        #expect(rule.links.map(\.origin.line) == [1, 2, 3])
    }

    @Test("rules begin with what SecDefaultAction says for their phase, from there on")
    func defaults() {
        let rules = read(
            """
            SecRule ARGS a id:1,block
            SecDefaultAction "phase:2,deny,status:406,nolog,t:lowercase"
            SecDefaultAction "phase:1,drop,log"
            SecRule ARGS a id:2,block
            SecRule ARGS a id:3,phase:1,block
            SecRule ARGS a "id:4,pass,log,t:none,t:trim"
            SecRule ARGS a id:5,t:trim,chain
                SecRule ARGS a t:length
            """
        ).rules
        #expect(rules.map(\.disruption) == [.pass, .deny, .drop, .pass, .deny])
        #expect(rules.map(\.saysBlock) == [true, true, true, false, false])
        #expect(rules.map(\.status) == [nil, 406, nil, 406, 406])
        #expect(rules.map(\.isLogged) == [true, false, true, true, false])
        #expect(rules[3].links[0].transformations == [.trim])
        #expect(rules[4].links.map(\.transformations) == [[.lowercase, .trim], [.lowercase, .length]])
    }

    @Test("skipAfter goes on behind the next marker of its name, or behind the rule with that id")
    func skips() {
        let rules = read(
            """
            SecMarker END
            SecAction id:1,pass,skipAfter:END
            SecAction id:2,pass,skipAfter:3
            SecAction id:3,pass
            SecMarker END
            SecMarker END
            """)
        #expect(rules.destination(ofSkipAt: 1) == 5)
        #expect(rules.destination(ofSkipAt: 2) == 4)
        #expect(rules.destination(ofSkipAt: 3) == nil)
    }

    @Test("skip counts rules")
    func skip() throws { #expect(try rule("SecAction id:1,pass,skip:2").skip == 2) }

    @Test("ids are numbers, in quotes too")
    func ids() throws { #expect(try rule("SecAction \"id:'920100',pass\"").id == 920_100) }
}

@Suite("Removals and updates")
struct ExceptionTests {
    private static let rules = """
        SecRule ARGS|!ARGS:x a "id:1,phase:2,deny,tag:attack-sqli,msg:'SQL one'"
        SecRule ARGS a "id:2,phase:2,deny,tag:attack-xss,msg:'XSS',chain"
            SecRule FILES b "t:trim"
        SecRule ARGS a "id:3,phase:1,pass,t:lowercase"

        """

    private func rules(_ text: String) -> [Rule] { read(Self.rules + text).rules }

    @Test(
        "rules are removed by ids, tags and messages, whole chains of them",
        arguments: [
            ("SecRuleRemoveById 2", [1, 3]), ("SecRuleRemoveById 1 3", [2]), ("SecRuleRemoveById \"1 3\"", [2]),
            ("SecRuleRemoveById 2-99", [1]), ("SecRuleRemoveById 1,3", [2]), ("SecRuleRemoveByTag sqli$", [2, 3]),
            ("SecRuleRemoveByTag ^attack", [3]), ("SecRuleRemoveByMsg \"^SQL o\"", [2, 3]),
        ])
    func removals(text: String, left: [Int]) { #expect(rules(text).map(\.id) == left) }

    @Test("rules behind a removal stay")
    func order() {
        let text = Self.rules + "SecRuleRemoveById 1-9\nSecAction id:5,pass"
        #expect(read(text).rules.map(\.id) == [5])
    }

    @Test("a rule can skip to the place of one that was removed")
    func skipToRemoved() {
        let rules = read(
            "SecAction id:1,pass,skipAfter:2\nSecAction id:2,pass\nSecAction id:3,pass\nSecRuleRemoveById 2")
        #expect(rules.destination(ofSkipAt: 0) == 2)
    }

    @Test("targets are added where they are not, in every link")
    func addedTargets() {
        let rules = rules("SecRuleUpdateTargetById 1-2 \"!ARGS:X|!ARGS:y,TX:z\"")
        #expect(rules[0].links[0].targets.count == 4)
        #expect(rules[0].links[0].targets[2] == Target(.arguments, .name(bytes("y")), role: .exclusion))
        #expect(rules[1].links.map(\.targets.count) == [4, 4])
        #expect(rules[2].links[0].targets.count == 1)
    }

    @Test("a target takes the place of another")
    func replacedTargets() {
        let rules = rules("SecRuleUpdateTargetByTag attack \"REQUEST_URI\" \"ARGS\"")
        #expect(rules[0].links[0].targets.map(\.variable) == [.requestURI, .arguments])
        #expect(rules[1].links.map { $0.targets.map(\.variable) } == [[.requestURI], [.files]])
    }

    @Test("targets are updated by message")
    func byMessage() {
        #expect(rules("SecRuleUpdateTargetByMsg XSS \"!ARGS:a\"")[1].links[0].targets.count == 2)
    }

    @Test("actions are changed, those of which there may be several are added")
    func actions() {
        let text =
            "SecRuleUpdateActionById 1 \"pass,severity:2,tag:more,t:trim\"\nSecRuleUpdateActionById 2:1 \"t:none,t:length\""
        let rules = rules(text)
        #expect(rules[0].disruption == .pass)
        #expect(rules[0].severity == .critical)
        #expect(rules[0].tags.count == 2)
        #expect(rules[0].message == MacroText(bytes("SQL one")))
        #expect(rules[0].links[0].transformations == [.trim])
        #expect(rules[1].links.map(\.transformations) == [[], [.length]])
    }
}
