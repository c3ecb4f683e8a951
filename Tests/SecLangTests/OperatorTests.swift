import Plan
import SecLang
import Testing

@Suite("Operators")
struct OperatorTests {
    private func operation(_ test: String, files: [String: String] = [:]) throws -> RuleOperator.Operation {
        try #require(try link("ARGS", test, files: files).test).operation
    }

    @Test("without a name it is a regular expression")
    func implicit() throws {
        let test = try #require(try link("ARGS", "^a+$").test)
        #expect(test.operation.word == "rx")
        #expect(test.argument == bytes("^a+$"))
        #expect(!test.isNegated)
        #expect(try link("ARGS", "!a").test?.isNegated == true)
    }

    @Test("'!' negates, with or without white space before '@'")
    func negation() throws {
        #expect(try link("ARGS", "!@streq a").test?.isNegated == true)
        #expect(try link("ARGS", "! @streq a").test?.isNegated == true)
    }

    @Test("white space before the argument is dropped, white space behind it stays")
    func whiteSpace() throws {
        #expect(try link("ARGS", "@streq   a b ").test?.argument == bytes("a b "))
    }

    @Test("regular expressions are compiled: '.' takes line feeds, '$' is the very end, bytes are bytes")
    func regularExpression() throws {
        guard case .rx(let expression) = try operation("@rx a.b$") else {
            Issue.record("no regular expression")
            return
        }
        #expect(expression.options == [.dotAll, .rawBytes])
        #expect(expression.need == nil)
    }

    @Test(
        "what an automaton does not do is named and kept",
        arguments: [
            ("a(?!b)", RegularExpression.Need.lookAround), ("(?<=a)b", .lookAround), (#"(a)\1"#, .backReference),
            ("(?:a|ab)++c", .atomicGroup),
        ])
    func needs(pattern: String, need: RegularExpression.Need) throws {
        guard case .rx(let expression) = try operation("@rx \(pattern)") else {
            Issue.record("no regular expression")
            return
        }
        #expect(expression.need == need)
    }

    @Test("a regular expression with macros is known only when they are")
    func macros() throws {
        guard case .rxOfMacros(let text) = try operation("@rx ^%{tx.a}$") else {
            Issue.record("no macros")
            return
        }
        #expect(
            text.parts == [
                .literal(bytes("^")), .variable(.transaction, member: bytes("a")), .literal(bytes("$")),
            ])
    }

    @Test("phrases are separated by white space; hexadecimal bytes and escaped ones are read")
    func phrases() throws {
        let phrases = try operation(#"@pm  one two|00 fF|3 a\\:b \\| "#)
        #expect(
            phrases
                == .pm(
                    phrases: [bytes("one"), bytes("two") + [0, 255] + bytes("3"), bytes("a:b"), bytes("|")], file: nil))
    }

    @Test("of files of phrases, lines are taken as they are, without comments and white space around them")
    func phraseFile() throws {
        let file = "# comment\r\n  one two \r\n\r\n|41|\n\\n\n"
        let expected = ["one two", "|41|", "\\n"].map(bytes)
        #expect(try operation("@pmFromFile a.data", files: ["a.data": file]) == .pm(phrases: expected, file: "a.data"))
        #expect(try operation("@pmf a.data", files: ["a.data": file]) == .pm(phrases: expected, file: "a.data"))
        let both = try operation("@pmFromFile a.data b.data", files: ["a.data": "x", "b.data": "y"])
        #expect(both == .pm(phrases: [bytes("x"), bytes("y")], file: "a.data b.data"))
    }

    @Test("addresses are blocks; bits behind the prefix are ignored")
    func addresses() throws {
        guard case .ipMatch(let blocks, nil) = try operation("@ipMatch 192.0.2.7/24, 2001:db8::1,::ffff:10.0.0.9/104")
        else {
            Issue.record("no addresses")
            return
        }
        #expect(blocks.map(\.description) == ["192.0.2.0/24", "2001:db8::1/128", "10.0.0.0/8"])
        let file = "# office\n192.0.2.1, 192.0.2.2\n198.51.100.0/24\n"
        guard case .ipMatch(let read, "a") = try operation("@ipMatchFromFile a", files: ["a": file]) else {
            Issue.record("no addresses")
            return
        }
        #expect(read.count == 3)
    }

    @Test("ranges of bytes are joined")
    func byteRanges() throws {
        guard case .validateByteRange(let ranges) = try operation("@validateByteRange 9, 32-126, 10-13,127-255") else {
            Issue.record("no ranges")
            return
        }
        #expect(ranges.ranges == [9...13, 32...255])
        #expect(ranges.contains(9) && ranges.contains(255) && !ranges.contains(0) && !ranges.contains(31))
    }

    @Test("numbers are compared with a number or a macro", arguments: RuleOperator.NumericRelation.allCases)
    func comparisons(relation: RuleOperator.NumericRelation) throws {
        #expect(try operation("@\(relation.rawValue) 5") == .compare(relation, MacroText(bytes("5"))))
        guard case .compare(relation, let text) = try operation("@\(relation.rawValue) %{tx.a}") else {
            Issue.record("no comparison")
            return
        }
        #expect(text.variables == [.transaction])
    }

    @Test("texts are compared with a text or a macro", arguments: RuleOperator.TextRelation.allCases)
    func texts(relation: RuleOperator.TextRelation) throws {
        #expect(try operation("@\(relation.rawValue) a b") == .text(relation, MacroText(bytes("a b"))))
    }

    @Test(
        "operators without an argument",
        arguments: [
            ("detectSQLi", RuleOperator.Operation.detectSQLi), ("detectXSS", .detectXSS), ("geoLookup", .geoLookup),
            ("noMatch", .noMatch), ("unconditionalMatch", .unconditionalMatch),
            ("validateUrlEncoding", .validateURLEncoding), ("validateUtf8Encoding", .validateUTF8Encoding),
        ])
    func plain(name: String, operation: RuleOperator.Operation) throws {
        #expect(try self.operation("@\(name)") == operation)
        #expect(operation.word == name)
        let warned = "rule 1: @\(name) takes no argument, this changes nothing"
        #expect(messages("SecRule ARGS \"@\(name) x\" id:1,pass") == [warned])
    }

    @Test("what is no number counts as 0, and a warning says so")
    func noNumber() {
        #expect(messages("SecRule ARGS \"@eq x\" id:1,pass") == ["rule 1: 'x' is no number and counts as 0"])
        #expect(messages("SecRule ARGS \"@eq -1\" id:1,pass") == [])
    }

    @Test("numbers with check digits, and lists of the domain name system")
    func others() throws {
        guard case .verify(.verifyCC, let pattern) = try operation(#"@verifyCC \d{13,16}"#) else {
            Issue.record("no check digits")
            return
        }
        #expect(pattern.text == bytes(#"\d{13,16}"#))
        #expect(try operation("@rbl dnsbl.example.org") == .rbl("dnsbl.example.org"))
    }

    @Test(
        "operators that are not supported say why",
        arguments: ["fuzzyHash", "gsbLookup", "inspectFile", "rsub", "validateDTD", "validateHash", "validateSchema"])
    func refused(name: String) {
        let said = messages("SecRule ARGS \"@\(name) x\" id:1,pass")
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("rule 1: the operator @\(name) is not supported: ") == true)
    }
}
