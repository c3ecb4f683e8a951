import Pattern
import Testing

@Suite("What is refused, and what is said of it")
struct RefusalTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let pattern: String
        let reason: PatternError.Reason
        let place: Range<Int>
        let text: String

        init(_ pattern: String, _ reason: PatternError.Reason, _ place: Range<Int>, _ text: String) {
            self.pattern = pattern
            self.reason = reason
            self.place = place
            self.text = text
        }

        var testDescription: String { pattern }
    }

    private static let unanswerable = [
        Refusal(
            "a(?=b)", .lookAround, 1..<4,
            "byte 1: '(?=' looks around, which an automaton of linear time does not do; split it into two conditions joined by 'and' or 'and not'; for word ends write '\\b'"
        ),
        Refusal(
            "(?!b)", .lookAround, 0..<3,
            "byte 0: '(?!' looks around, which an automaton of linear time does not do; split it into two conditions joined by 'and' or 'and not'; for word ends write '\\b'"
        ),
        Refusal(
            "a(?<=b)", .lookAround, 1..<5,
            "byte 1: '(?<=' looks around, which an automaton of linear time does not do; split it into two conditions joined by 'and' or 'and not'; for word ends write '\\b'"
        ),
        Refusal(
            "a(?<!b)", .lookAround, 1..<5,
            "byte 1: '(?<!' looks around, which an automaton of linear time does not do; split it into two conditions joined by 'and' or 'and not'; for word ends write '\\b'"
        ),
        Refusal(
            #"(a)\1"#, .backReference, 3..<5,
            #"byte 3: '\1' refers back to what a group matched, which needs back-tracking; write out what may stand there, or for a byte '\xHH'"#
        ),
        Refusal(
            #"(?<n>a)\k<n>"#, .backReference, 7..<9,
            #"byte 7: '\k' refers back to what a group matched, which needs back-tracking; write out what may stand there, or for a byte '\xHH'"#
        ),
        Refusal(
            #"(a)\g1"#, .backReference, 3..<5,
            #"byte 3: '\g' refers back to what a group matched, which needs back-tracking; write out what may stand there, or for a byte '\xHH'"#
        ),
        Refusal(
            "(?P<n>a)(?P=n)", .backReference, 8..<12,
            "byte 8: '(?P=' refers back to what a group matched, which needs back-tracking; write out what may stand there"
        ),
        Refusal(
            "a(?R)", .recursion, 1..<4,
            "byte 1: '(?R' calls a group, which no automaton can do; write the group's contents out"),
        Refusal(
            "(a)(?1)", .recursion, 3..<6,
            "byte 3: '(?1' calls a group, which no automaton can do; write the group's contents out"),
        Refusal(
            "(a)(?-1)", .recursion, 3..<6,
            "byte 3: '(?-' calls a group, which no automaton can do; write the group's contents out"),
        Refusal(
            "(?&n)", .recursion, 0..<3,
            "byte 0: '(?&' calls a group, which no automaton can do; write the group's contents out"),
        Refusal(
            "(?P>n)", .recursion, 0..<4,
            "byte 0: '(?P>' calls a group, which no automaton can do; write the group's contents out"),
        Refusal(
            "(a)?(?(1)b|c)", .condition, 4..<7,
            "byte 4: '(?(' begins a condition, which needs back-tracking; write the alternatives out with '|'"),
        Refusal(
            "(*ACCEPT)", .verb, 0..<2,
            "byte 0: '(*' begins a verb, which steers back-tracking; leave it out, or write '\\(' for the byte itself"),
        Refusal(
            #"a\Kb"#, .matchPoint, 1..<3,
            #"byte 1: '\K' moves the place of a match; leave it out: only whether and where the whole pattern matches is asked"#
        ),
        Refusal(
            #"\Ga"#, .matchPoint, 0..<2,
            #"byte 0: '\G' moves the place of a match; leave it out: only whether and where the whole pattern matches is asked"#
        ),
        Refusal(
            #"a\R"#, .atomicGroup, 1..<3,
            #"byte 1: '\R' never gives a byte back, which needs back-tracking; write '(?:\r\n|\v)'"#),
        Refusal(
            #"\p{L}"#, .unicode, 0..<2,
            #"byte 0: '\p' speaks of characters; patterns match bytes; write a class such as '[[:alpha:]]', or the bytes in UTF-8 as '\xHH'"#
        ),
        Refusal(
            #"[\X]"#, .unicode, 1..<3,
            #"byte 1: '\X' speaks of characters; patterns match bytes; write a class such as '[[:alpha:]]', or the bytes in UTF-8 as '\xHH'"#
        ),
        Refusal(
            #"\x{100}"#, .byteValue, 0..<7,
            #"byte 0: '\x{100}' is more than a byte; write the character's bytes in UTF-8, each as '\xHH'"#),
        Refusal(
            #"[\777]"#, .byteValue, 1..<5,
            #"byte 1: '\777' is more than a byte; write the character's bytes in UTF-8, each as '\xHH'"#),
    ]

    private static let characters = [
        Refusal(
            "ü[aé]", .unicode, 4..<6,
            "byte 4: a class stands for one byte, and 'é' is 2; write alternatives, as in '(?:é|…)'"),
        Refusal(
            "[a-é]", .unicode, 3..<5,
            "byte 3: a class stands for one byte, and 'é' is 2; write alternatives, as in '(?:é|…)'"),
        Refusal(
            "a€{2,}?", .unicode, 1..<8,
            "byte 1: this repeats only the last byte of '€'; write '(?:€){2,}'"),
        Refusal(
            #"\Qé\E+"#, .unicode, 2..<7,
            "byte 2: this repeats only the last byte of 'é'; write '(?:é)+'"),
    ]

    private static let malformed = [
        Refusal(
            "a(b", .unclosedGroup, 1..<2,
            "byte 1: the group that begins here is not closed; add ')', or write '\\(' for the byte itself"),
        Refusal("(?i", .unclosedGroup, 0..<3, "byte 0: the group that begins here is not closed; add ')'"),
        Refusal(
            "(", .unclosedGroup, 0..<1,
            "byte 0: the group that begins here is not closed; add ')', or write '\\(' for the byte itself"),
        Refusal(
            #"(\Qa)"#, .unclosedGroup, 0..<1,
            "byte 0: the group that begins here is not closed; add ')', or write '\\(' for the byte itself"),
        Refusal("ab)", .unopenedGroup, 2..<3, "byte 2: ')' closes no group; write '\\)' for the byte itself"),
        Refusal(
            "a[b", .unclosedClass, 1..<2,
            "byte 1: the class that begins here is not closed; add ']', or write '\\[' for the byte itself"),
        Refusal(
            "[]", .unclosedClass, 0..<1,
            "byte 0: the class that begins here is not closed; add ']', or write '\\[' for the byte itself"),
        Refusal("a(?#b", .unclosedComment, 1..<4, "byte 1: the comment that begins here is not closed; add ')'"),
        Refusal(
            "[[:alpah:]]", .unknownClass, 1..<10,
            "byte 1: unknown class '[:alpah:]'; known are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit, each as '[:name:]' or '[:^name:]'"
        ),
        Refusal(
            "[[.a.]]", .unknownClass, 1..<6,
            "byte 1: unknown class '[.a.]'; known are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit, each as '[:name:]' or '[:^name:]'"
        ),
        Refusal(
            "x[:alpha:]", .unknownClass, 1..<10, "byte 1: a named class stands only within a class; write '[[:alpha:]]'"
        ),
        Refusal(
            #"a\"#, .unknownEscape, 1..<2,
            #"byte 1: nothing stands behind the last backslash; write '\\' for a backslash"#),
        Refusal(
            #"[a\"#, .unknownEscape, 2..<3,
            #"byte 2: nothing stands behind the last backslash; write '\\' for a backslash"#),
        Refusal(
            #"a\yb"#, .unknownEscape, 1..<3,
            #"byte 1: unknown escape '\y'; write 'y' for the byte itself, or '\\' for a backslash"#),
        Refusal(
            #"[\8]"#, .unknownEscape, 1..<3,
            #"byte 1: unknown escape '\8'; write '8' for the byte itself, or '\\' for a backslash"#),
        Refusal(
            #"[\A]"#, .unknownEscape, 1..<3,
            #"byte 1: '\A' has no meaning within a class; write 'A' for the byte itself, or move it out of the class"#),
        Refusal(
            #"\x4g"#, .escapeDigits, 0..<2,
            #"byte 0: '\x' needs two hexadecimal digits; write them, as in '\x0a', or '\x{a}'"#),
        Refusal(
            #"\x{}"#, .escapeDigits, 0..<3,
            #"byte 0: '\x{…}' needs hexadecimal digits between braces; write them, as in '\x{a}'"#),
        Refusal(
            #"\o{8}"#, .escapeDigits, 0..<3,
            #"byte 0: '\o{…}' needs octal digits between braces; write them, as in '\o{12}'"#),
        Refusal(
            #"\o12"#, .escapeDigits, 0..<2,
            #"byte 0: '\o{…}' needs octal digits between braces; write them, as in '\o{12}'"#),
        Refusal(
            #"\c"#, .escapeDigits, 0..<2,
            #"byte 0: '\c' needs a character of ASCII behind it; write it, as in '\cA', or the byte as '\x01'"#),
        Refusal(
            "(?|a)", .unknownGroup, 0..<3,
            "byte 0: '(?|' begins no group that is known; write '(?:…)', '(?i:…)' or '(?<name>…)', or '\\(' for the byte itself"
        ),
        Refusal(
            "(?P", .unknownGroup, 0..<3,
            "byte 0: '(?P' begins no group that is known; write '(?:…)', '(?i:…)' or '(?<name>…)', or '\\(' for the byte itself"
        ),
        Refusal(
            "(?)", .unknownGroup, 0..<3,
            "byte 0: '(?)' begins no group that is known; write '(?:…)', '(?i:…)' or '(?<name>…)', or '\\(' for the byte itself"
        ),
        Refusal(
            "a(?iu)", .unknownFlag, 4..<5,
            "byte 4: unknown flag 'u'; known are i, m, s and x, as in '(?i)' or '(?i-s:…)'"),
        Refusal(
            "(?U)", .unknownFlag, 2..<3, "byte 2: unknown flag 'U'; known are i, m, s and x, as in '(?i)' or '(?i-s:…)'"
        ),
        Refusal(
            "(?<1a>b)", .groupName, 3..<6,
            "byte 3: this is no name of a group; write letters, digits and '_', no digit first, as in '(?<name>…)'"),
        Refusal(
            "(?<n>a)(?<n>b)", .groupName, 10..<11, "byte 10: two groups have the name 'n'; give one of them another"),
        Refusal(
            "[z-a]", .classRange, 1..<4, "byte 1: the range 'z-a' is empty; write 'a-z', or '\\-' for the byte itself"),
        Refusal(
            #"[\w-.]"#, .classRange, 1..<4,
            #"byte 1: '\w-': a range ends in single bytes, not in sets; write '\-' for the byte itself, or put it last"#
        ),
        Refusal(
            #"[a-\d]"#, .classRange, 1..<5,
            #"byte 1: 'a-\d': a range ends in single bytes, not in sets; write '\-' for the byte itself, or put it last"#
        ),
        Refusal("*a", .nothingToRepeat, 0..<1, "byte 0: '*' has nothing to repeat; write '\\*' for the byte itself"),
        Refusal(
            "a|{2}", .nothingToRepeat, 2..<5, "byte 2: '{2}' has nothing to repeat; write '\\{' for the byte itself"),
        Refusal("(+a)", .nothingToRepeat, 1..<2, "byte 1: '+' has nothing to repeat; write '\\+' for the byte itself"),
        Refusal("^*a", .nothingToRepeat, 1..<2, "byte 1: '*' has nothing to repeat; write '\\*' for the byte itself"),
        Refusal(
            #"\b?a"#, .nothingToRepeat, 2..<3, "byte 2: '?' has nothing to repeat; write '\\?' for the byte itself"),
        Refusal(
            "(?i)*a", .nothingToRepeat, 4..<5, "byte 4: '*' has nothing to repeat; write '\\*' for the byte itself"),
        Refusal(
            "a**", .repeatedTwice, 2..<3,
            "byte 2: '*' repeats what '*' already repeats; write one of the two, or put the first into '(?:…)'"),
        Refusal(
            "a{2}{3}", .repeatedTwice, 4..<7,
            "byte 4: '{3}' repeats what '{2}' already repeats; write one of the two, or put the first into '(?:…)'"),
        Refusal(
            "a*?+", .repeatedTwice, 3..<4,
            "byte 3: '+' repeats what '*?' already repeats; write one of the two, or put the first into '(?:…)'"),
        Refusal(
            "a{,3}", .repetition, 1..<5,
            "byte 1: '{,3}' has no lower bound; write '{0,3}', or '\\{' for the byte itself"),
        Refusal("a{3,2}", .repetition, 1..<6, "byte 1: '{3,2}' has its bounds in the wrong order; write '{2,3}'"),
        Refusal(
            "a{1001}", .repetitionCount, 1..<7,
            "byte 1: '{1001}' repeats more than 1000 times; write a smaller number, or '{n,}' without an upper bound"),
    ]

    @Test("what no automaton of linear time can answer", arguments: unanswerable)
    func beyondAutomata(_ refusal: Refusal) { check(refusal) }

    @Test("characters of more than a byte where a byte is meant", arguments: characters)
    func beyondBytes(_ refusal: Refusal) { check(refusal) }

    @Test("what is not written as it should be", arguments: malformed)
    func badlyWritten(_ refusal: Refusal) { check(refusal) }

    private func check(_ refusal: Refusal) {
        do {
            _ = try Pattern(refusal.pattern)
            Issue.record("accepted")
        } catch {
            #expect(error.reason == refusal.reason)
            #expect(error.offset..<(error.offset + error.length) == refusal.place)
            #expect(error.description == refusal.text)
        }
    }

    @Test("every reason but those of bounds has a refusal above")
    func complete() {
        let bounds: Set<PatternError.Reason> = [.textLength, .nesting, .groups, .programSize]
        let shown = Set((Self.unanswerable + Self.malformed).map(\.reason))
        #expect(shown.union(bounds) == Set(PatternError.Reason.allCases))
    }

    @Test("no text crashes the parser, and every refusal is about a place in it")
    func robust() {
        var random = SplitMix(state: 77)
        let pieces = [
            "(", ")", "[", "]", "^", "$", "|", "*", "+", "?", "{", "}", ",", "1", "9", "\\", "x", "a", "-", ":", "<",
            ">",
            "=", "!", "P", "Q", "E", "i", "#", " ", "[:", ":]", "(?", "{2,3}", "\\x{", "é", "\0", "\n", "'",
        ]
        var refused = 0
        for _ in 0..<10_000 {
            let text = (0..<Int.random(in: 0...10, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            do {
                _ = try Pattern(text)
            } catch {
                refused += 1
                #expect(error.offset >= 0 && error.length >= 0, "\(text)")
                #expect(error.offset + error.length <= text.utf8.count, "\(text)")
                #expect(!error.message.isEmpty && !error.remedy.isEmpty, "\(text)")
            }
        }
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...8, using: &random)).map { _ -> UInt8 in
                Bool.random(using: &random) ? .random(in: 0...255, using: &random) : UInt8(ascii: "[")
            }
            do {
                _ = try Pattern(bytes.span)
            } catch {
                #expect(error.offset >= 0 && error.offset + error.length <= bytes.count, "\(bytes)")
            }
        }
        #expect(refused > 3_000 && refused < 9_500, "\(refused)")
    }
}
