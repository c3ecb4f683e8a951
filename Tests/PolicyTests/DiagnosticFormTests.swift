import Policy
import Testing

@Suite("The forms of a diagnostic")
struct DiagnosticFormTests {
    @Test("as JSON it is one line, with everything in quotes that must be")
    func json() {
        let diagnostic = Diagnostic(
            .error, "a \"b\"\u{1b}", hint: "c\\d\n", fileName: "p.policy", line: 3, column: 4, length: 5,
            text: "\tx\u{e9}")
        #expect(
            diagnostic.json == """
                {"severity":"error","file":"p.policy","line":3,"column":4,"length":5,"message":"a \\"b\\"\\u001b",\
                "hint":"c\\\\d\\n","text":"\\tx\u{e9}"}
                """)
        let plain = Diagnostic(.warning, "m", fileName: "p", line: 1, column: 1, length: 1, text: "")
        #expect(
            plain.json == #"{"severity":"warning","file":"p","line":1,"column":1,"length":1,"message":"m","text":""}"#)
    }

    @Test("as text it passes no control character on")
    func controls() {
        let diagnostic = Diagnostic(
            .error, "m\u{1b}[2J", hint: "h\u{7}", fileName: "f\u{202e}", line: 1, column: 2, length: 1,
            text: "a\u{0}b\u{9b}")
        let printable = diagnostic.description.unicodeScalars.filter { $0 != "\n" }
        #expect(printable.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) && $0.value != 0x202e })
    }

    @Test("diagnostics stand in the order of the text")
    func order() {
        let text = "c = 1\nb = 2\na = 3\nlimits { x = 1 }\n"
        let compilation = compile(Array(text.utf8), fileName: "p")
        let places = compilation.diagnostics.map { [$0.line, $0.column] }
        #expect(places == places.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(places.count == 4)
    }
}
