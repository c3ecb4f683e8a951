import Pattern
import Testing

@Suite("What the forms of the syntax mean")
struct SyntaxTests {
    struct Form: CustomTestStringConvertible, Sendable {
        let pattern: String
        let matching: [[UInt8]]
        let other: [[UInt8]]

        init(_ pattern: String, _ matching: [String], not other: [String]) {
            self.pattern = pattern
            self.matching = matching.map { Array($0.utf8) }
            self.other = other.map { Array($0.utf8) }
        }

        init(_ pattern: String, bytes matching: [[UInt8]], not other: [[UInt8]]) {
            self.pattern = pattern
            self.matching = matching
            self.other = other
        }

        var testDescription: String { pattern }
    }

    private static let literals = [
        Form("", ["", "a"], not: []),
        Form("abc", ["abc", "xabcx"], not: ["", "ab", "abC", "a bc"]),
        Form(#"\.\*\\\/\-\ \["#, [#".*\/- ["#], not: ["a*\\/- ["]),
        Form(
            #"^\a\e\f\n\r\t\cA\cz\x41\x{42}\o{103}\0\07$"#, ["\u{7}\u{1b}\u{c}\n\r\t\u{1}\u{1a}ABC\0\u{7}"], not: [""]),
        Form(#"^\0123$"#, ["\n3"], not: ["S"]),
        Form(#"\x{0000ff}"#, bytes: [[0xff], [0x61, 0xff]], not: [[0xfe], []]),
        Form(#"^\Qa.b\E.\Q*+"#, ["a.bx*+"], not: ["axbx*+", "a.bx*"]),
        Form(#"^\Qab\E+$"#, ["ab", "abbb"], not: ["abab"]),
        Form("^é$", ["é"], not: ["e", "É"]),
        Form("{", ["{"], not: ["a"]),
        Form("^a{x}{,}{1,2x}]}$", ["a{x}{,}{1,2x}]}"], not: ["ax"]),
        Form("a(?#no (part of it)b", ["ab"], not: ["a"]),
        Form("(?x) a b # comment ) \n c\\ d [ ] ", ["abc d "], not: ["abcd ", "a b c d "]),
        Form("(?x)a + (?#c) b", ["aab"], not: ["b"]),
    ]

    private static let classes = [
        Form("^.$", bytes: [[0x0a], [0x00], [0xff]], not: [[], [0x61, 0x61]]),
        Form("^(?-s).$", bytes: [[0x00], [0x0d], [0xff]], not: [[0x0a]]),
        Form(#"^\N$"#, bytes: [[0x00], [0xff]], not: [[0x0a]]),
        Form("^[abx-z]+$", ["abxyz"], not: ["w", "-", ""]),
        Form("^[^a]$", bytes: [[0x0a], [0xff]], not: [[0x61]]),
        Form("^[]a]+$", ["]a"], not: ["[", ""]),
        Form("^[^]a]+$", ["[b"], not: ["]", "a"]),
        Form("^[a-]+$", ["a-"], not: ["b"]),
        Form("^[-a]+$", ["a-"], not: ["b"]),
        Form("^[[:alpha:]-]+$", ["a-"], not: ["1"]),
        Form("^[[]+$", ["[["], not: ["]"]),
        Form("^[[:]+$", ["[:"], not: ["]"]),
        Form("^[.*+?(){}|^$]+$", [".*+?(){}|^$"], not: ["a"]),
        Form(#"^[\]\-\\\x41\101\b\n]+$"#, ["]-\\AA\u{8}\n"], not: ["b", "n", "1"]),
        Form(#"^[\1\07]+$"#, ["\u{1}\u{7}"], not: ["1"]),
        Form(#"^[\x00-\x1f\x{80}-\xff]+$"#, bytes: [[0x00, 0x1f, 0x80, 0xff]], not: [[0x20], [0x7f]]),
        Form(#"^\d\D\w\W\s\S\h\H\v\V$"#, ["1a_- x\tx\nx"], not: ["aa_- x\tx\nx", "1a__ x\tx\nx"]),
        Form(#"^\s+$"#, ["\t\n\u{b}\u{c}\r "], not: ["\u{85}", "\0"]),
        Form(#"^\h+$"#, bytes: [[0x09, 0x20, 0xa0]], not: [[0x0a], [0x0b]]),
        Form(#"^\v+$"#, bytes: [[0x0a, 0x0b, 0x0c, 0x0d, 0x85]], not: [[0x09], [0x20]]),
        Form(#"^[\d\s_]+$"#, ["1 _"], not: ["a"]),
        Form(#"^[^\W\d]+$"#, ["a_Z"], not: ["1", "-"]),
        Form("^[[:alnum:][:punct:]]+$", ["aZ0~!@[`{"], not: [" ", "\u{7f}"]),
        Form("^[[:^digit:]]+$", ["a "], not: ["0"]),
        Form(
            "^[[:upper:]][[:lower:]][[:xdigit:]][[:blank:]][[:space:]]$", ["Aaf\t\u{b}"], not: ["aaf\t\n", "Aag\t\n"]),
        Form("^[[:cntrl:]][[:print:]][[:graph:]][[:ascii:]][[:word:]]$", ["\u{7f} !\0_"], not: ["\u{7f}  \0_"]),
    ]

    private static let structure = [
        Form("^(?:a|bc|)$", ["a", "bc", ""], not: ["b", "abc"]),
        Form("^(a|b)(c)(?<name>d)(?P<other>e)(?'third'f)$", ["acdef", "bcdef"], not: ["abcdef"]),
        Form("^a*b+c?$", ["b", "aabbc"], not: ["a", "abcc"]),
        Form("^a{2}b{1,2}c{2,}$", ["aabcc", "aabbccccc"], not: ["abcc", "aabbbcc", "aabc"]),
        Form("^a{0}b$", ["b"], not: ["ab"]),
        Form("^(?:ab){2,3}$", ["abab", "ababab"], not: ["ab", "abababab"]),
        Form("^a*?b+?c??d{1,2}?$", ["aabbcdd", "bd"], not: ["ad"]),
        Form("(?:)*x", ["x"], not: [""]),
        Form("^(?:(?:)|a*)*$", ["", "aaa"], not: ["b"]),
    ]

    private static let options = [
        Form("(?i)aBc[d-f]", ["AbCE", "abcd"], not: ["abcg"]),
        Form("^a(?i)b|c$", ["ab", "aB", "c", "C"], not: ["Ab"]),
        Form("^(?:a(?i)b)c$", ["aBc"], not: ["aBC"]),
        Form("^(?i:a)b$", ["Ab"], not: ["AB"]),
        Form("(?i)^(?-i:a)b$", ["aB"], not: ["Ab"]),
        Form("(?i)^[^a]$", ["b"], not: ["a", "A"]),
        Form("(?i)^[^[:upper:]]$", ["1"], not: ["a", "A"]),
        Form("(?i)^[@-Z]$", ["@", "z"], not: ["[", "`", "{"]),
        Form("(?i)(?:é)+", ["é"], not: ["É"]),
        Form("(?i-sx: a . $ ) b", [" A X "].filter(\.isEmpty), not: ["a\n b"]),
        Form("(?m)^b$", ["b", "a\nb\nc", "a\nb"], not: ["a\nbc", "ab"]),
        Form("(?m)a\n^", ["a\nb"], not: ["a\n", "a"]),
        Form("(?m)a$\n", ["a\n", "a\nb"], not: ["a"]),
        Form("^b$", ["b"], not: ["b\n", "a\nb", "\nb"]),
    ]

    private static let assertions = [
        Form(#"\Aa\z"#, ["a"], not: ["a\n", "ba"]),
        Form(#"\Aa\Z"#, ["a", "a\n"], not: ["a\n\n", "a\nb"]),
        Form(#"a\Z\n"#, ["a\n"], not: ["a", "a\nb"]),
        Form(#"a\Z\n\z"#, ["a\n"], not: ["a\n\n"]),
        Form(#"\bcat\b"#, ["cat", "a cat.", "-cat-"], not: ["cats", "_cat", "concat"]),
        Form(#"\Bat\B"#, ["cats"], not: ["cat", "at", "ats"]),
        Form(#"^\B$"#, [""], not: ["a"]),
        Form(#"\b"#, ["a", " a"], not: ["", " -"]),
        Form(#"(?:^|[^a])b"#, ["b", "cb", "ab b"], not: ["ab", "a"]),
        Form(#"a(?:$|b)"#, ["a", "ab", "ca"], not: ["ac"]),
        Form(#"(?:^a|b$|c)+d?"#, ["a", "xb", "c"], not: ["xa", "bx"]),
        Form("$^", [""], not: ["a", "\n"]),
        Form("x^", [], not: ["x", "\nx", ""]),
    ]

    @Test("literals and escapes", arguments: literals)
    func literalForms(_ form: Form) throws { try check(form) }

    @Test("classes", arguments: classes)
    func classForms(_ form: Form) throws { try check(form) }

    @Test("groups, alternatives and repetitions", arguments: structure)
    func structureForms(_ form: Form) throws { try check(form) }

    @Test("options", arguments: options)
    func optionForms(_ form: Form) throws { try check(form) }

    @Test("assertions", arguments: assertions)
    func assertionForms(_ form: Form) throws { try check(form) }

    private func check(_ form: Form) throws {
        let search = try Search(form.pattern)
        for text in form.matching {
            #expect(search.matches(text), "\(text)")
            #expect(search.firstMatch(text) != nil, "\(text)")
        }
        for text in form.other {
            #expect(!search.matches(text), "\(text)")
            #expect(search.firstMatch(text) == nil, "\(text)")
        }
    }

    @Test(
        "the first match is the leftmost, and of those the preferred",
        arguments: [
            ("a|ab", "xab", 1..<2), ("ab|a", "xab", 1..<3), ("a+", "baaab", 1..<4), ("a+?", "baaab", 1..<2),
            ("a*", "baa", 0..<0), ("b|a+", "aab", 0..<2), ("(?:a|ab)(?:c|bcd)", "abcd", 0..<4),
            ("a{1,2}?b?", "aab", 0..<1), ("$", "abc", 3..<3), ("(?:x|xy|xyz)$", "xyz", 0..<3),
            ("(?m)^b", "a\nb", 2..<3), (#"\bb"#, "ab b", 3..<4), ("a.*b|c", "ca-b-b", 0..<1),
        ])
    func position(_ pattern: String, _ text: String, _ expected: Range<Int>) throws {
        let search = try Search(pattern)
        #expect(search.firstMatch(text) == expected)
    }

    @Test("options that are given hold from the start, and the pattern can change them")
    func givenOptions() throws {
        let lines = try Search("^a.$", options: [.caseless, .multiline, .extended])
        #expect(lines.matches("x\nAb\ny") && !lines.matches("a\n"))
        let folded = try Search("(?-i)a b", options: [.caseless, .extended])
        #expect(folded.matches("ab") && !folded.matches("AB"))
    }

    @Test("bytes above ASCII stand for themselves everywhere where that is asked for")
    func rawBytes() throws {
        let search = try Search("^[é]é+$", options: [.rawBytes])
        #expect(search.matches([0xc3, 0xc3, 0xa9, 0xa9]) && !search.matches("éé"))
    }

    @Test("a pattern tells its groups, its least length and whether it is anchored")
    func facts() throws {
        let pattern = try Pattern("^(?:(a)|(?<n>bc))d{2,}$")
        #expect(pattern.groupCount == 2 && pattern.minimumLength == 3 && pattern.isAnchored)
        #expect(try !Pattern("^a|b").isAnchored && Pattern(#"(?:^a|\Ab)c"#).isAnchored && !Pattern("(?m)^a").isAnchored)
        #expect(try Pattern(#"\b^a"#).isAnchored && !Pattern("a*^b").isAnchored && !Pattern("(?:^a)*").isAnchored)
    }
}
