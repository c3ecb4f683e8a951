import Pattern
import Testing

@Suite("Atomic groups and possessive repetitions")
struct AtomicTests {
    @Test(
        "are taken where they change no answer",
        arguments: [
            "a++", "a*+$", "^[^/]*+/x", #"\d{1,3}+\."#, "(?>GET|POST) ", "(?:ab){3}+b", "x(?>a|ab)", "(?:a++,)*$",
            "(?>abc)c", "(?>a[0-9]*)[a-z]", "(?>a+|b)", "a?+b", "(?>[^/]++)/",
            "(?>ab?)$", "(?:x(?>[0-9]+)y)+",
        ])
    func taken(_ text: String) throws {
        // Without the marks the pattern is the same, which is what being taken claims.
        let plain = text.replacing("++", with: "+").replacing("*+", with: "*").replacing("?+", with: "?")
            .replacing("}+", with: "}").replacing("(?>", with: "(?:")
        let one = try Search(text)
        let other = try Search(plain)
        for sample in [
            "", "aa", "ab", "GET x", "POST ", "/a/x", "12.", "ababab", "ababab b", "a1b", "xab", "x1yx22y", "a,aa,",
        ] {
            #expect(one.firstMatch(sample) == other.firstMatch(sample), "\(sample)")
        }
    }

    @Test(
        "are refused where they may change it, with their place",
        arguments: [
            ("a++a", 1..<3), (#"\d++1"#, 2..<4), ("(?>a|ab)c", 0..<3), (#"\w++\b"#, 2..<4), ("(?>a*?)b", 0..<3),
            ("(?:a++)*b", 4..<6), ("(?>a|ab)$", 0..<3), ("x(?>a+b?)b", 1..<4), ("(?:a*+x?)+a", 4..<6),
            ("(?i)a++A", 5..<7),
        ])
    func refused(_ text: String, _ place: Range<Int>) throws {
        let error = try #require(throws: PatternError.self) { try Pattern(text) }
        #expect(error.reason == .atomicGroup)
        #expect(error.offset..<(error.offset + error.length) == place)
    }
}
