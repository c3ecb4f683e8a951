import SecLang
import Testing

@Suite("Lines, words and quotes")
struct ReaderTests {
    private func argument(_ link: RuleLink) -> String? {
        link.test.map { String(decoding: $0.argument, as: UTF8.self) }
    }

    @Test("a backslash at the end continues a line, and white space at its ends is dropped")
    func continuation() throws {
        let rule = try rule("  SecRule ARGS \\\n    \"@rx a\" \\\r\n    \"id:1,\\\n    pass\"  \n")
        #expect(rule.id == 1)
        #expect(argument(rule.links[0]) == "a")
    }

    @Test("white space at the start of a continued line belongs to an argument in quotes")
    func continuedArgument() throws {
        #expect(argument(try link("ARGS", "@rx a\\\n  b")) == "a  b")
    }

    @Test("a comment goes on behind a backslash")
    func comment() {
        #expect(read("# one \\\n two\nSecAction id:1,pass").rules.count == 1)
    }

    @Test("words are separated by white space, in double or single quotes, or in none")
    func words() throws {
        #expect(try rule("SecRule ARGS x id:1,pass").id == 1)
        #expect(try rule("SecRule 'ARGS' '@rx x' 'id:1,pass'").id == 1)
        #expect(try rule("SecRule\tARGS\t\"x\"\t\"id:1,pass\"").id == 1)
    }

    @Test(
        "a backslash before the quotes or before another backslash is removed, others stay",
        arguments: [(#"a\"b"#, #"a"b"#), (#"a\\b"#, #"a\b"#), (#"a\db"#, #"a\db"#), (#"a\'b"#, #"a\'b"#)])
    func backslashes(written: String, meant: String) throws {
        #expect(argument(try link("ARGS", "@streq \(written)")) == meant)
    }

    @Test("outside of quotes two backslashes are one, and quotes stand for themselves")
    func plainWord() throws {
        let rule = try rule(#"SecRule &TX:'/LEAKAGE\\\/ERRORS/' "@ge 1" id:1,pass"#)
        guard case .pattern(let pattern) = rule.links[0].targets[0].selector else {
            Issue.record("no pattern: \(rule.links[0].targets)")
            return
        }
        #expect(pattern.text == bytes(#"LEAKAGE\/ERRORS"#))
    }

    @Test("a value in single quotes holds separators, and quotes and backslashes behind a backslash")
    func singleQuotes() throws {
        let rule = try rule(#"SecAction "id:1,pass,msg:'a, b|c: \\'d\\' \\\\e'""#)
        #expect(rule.message?.source == bytes(#"a, b|c: 'd' \e"#))
    }

    @Test("items are separated by commas or bars, with white space around them")
    func separators() throws {
        #expect(try link("ARGS|FILES,TX:a").targets.count == 3)
        #expect(try rule("SecAction \"id:1 , pass | log ,\"").isLogged)
    }

    @Test("names of directives, variables, operators, actions and transformations are known in any case")
    func letterCase() throws {
        let rule = try rule("secrule args:a \"@STREQ x\" \"ID:1,Phase:1,PASS,T:UrlDecode,MultiMatch\"")
        #expect(rule.phase == .requestHeaders)
        #expect(rule.links[0].targets == [Target(.arguments, .name(bytes("a")))])
        #expect(rule.links[0].transformations == [.urlDecode])
        #expect(rule.links[0].isMultiMatch)
    }

    @Test("<IfModule> of mod_security2 is read, that of its absence is left out")
    func sections() {
        let text = """
            <IfModule security2_module>
            SecAction id:1,pass
            </IfModule>
            <IfModule !mod_security2.c>
            SecAction id:2,pass
            Nonsense
            </IfModule>
            """
        #expect(read(text).rules.map(\.id) == [1])
    }

    @Test("files are included from the folder of the file that names them")
    func inclusion() {
        let files = [
            "crs/main.conf": "Include rules/*.conf\nIncludeOptional absent.conf\nIncludeOptional local/*.conf",
            "crs/rules/1.conf": "SecRule ARGS \"@pmFromFile words.data\" id:1,pass",
            "crs/rules/2.conf": "Include ../more.conf\nInclude /etc/all.conf",
            "crs/rules/words.data": "one\n", "crs/rules/../more.conf": "SecAction id:2,pass",
            "/etc/all.conf": "SecAction id:3,pass",
        ]
        let loading = loadRules([.file("crs/main.conf")], files: TextFiles(texts: files))
        #expect(loading.diagnostics.map(\.description) == [])
        #expect(loading.ruleSet?.rules.map(\.id) == [1, 2, 3])
        #expect(loading.ruleSet?.files.first { $0.hasSuffix("2.conf") } == "crs/rules/2.conf")
    }

    @Test("an optional file that is there and wrong is an error")
    func optionalFile() {
        #expect(messages("IncludeOptional a.conf", files: ["a.conf": "SecX"]) == ["unknown directive 'SecX'"])
    }

    @Test("several sources are read in their order, as one file")
    func sources() {
        let sources: [RuleSource] = [
            .text(name: "before.conf", bytes("SecDefaultAction phase:2,deny,status:406")),
            .text(name: "rules.conf", bytes("SecRule ARGS x id:1,block")),
        ]
        let rules = loadRules(sources).ruleSet?.rules
        #expect(rules?.first?.disruption == .deny)
        #expect(rules?.first?.status == 406)
    }

    @Test("where a rule stands is kept, and diagnostics can be made of it later")
    func origins() throws {
        let rules = read("\n\nSecRule ARGS \\\n    \"@rx x\" id:1,pass")
        let link = try #require(rules.rules.first).links[0]
        #expect(link.origin.line == 3)
        #expect(link.testOrigin.line == 4)
        let diagnostic = rules.diagnostic(.warning, "slow", at: link.testOrigin)
        #expect(diagnostic.line == 4)
        #expect(diagnostic.column == 6)
        #expect(diagnostic.length == 5)
    }
}
