import Pattern
import Testing

@Suite("The bounds of patterns")
struct BoundTests {
    private func reason(_ text: String) -> PatternError.Reason? {
        do {
            _ = try Pattern(text)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("a text of the greatest length is taken, a longer one is not")
    func length() {
        #expect(reason(String(repeating: "a", count: PatternBounds.text)) == nil)
        #expect(reason(String(repeating: "a", count: PatternBounds.text + 1)) == .textLength)
    }

    @Test("groups as deep as allowed are taken, deeper ones are not")
    func nesting() {
        func nested(_ depth: Int) -> String {
            String(repeating: "(?:a*|b", count: depth) + String(repeating: ")*", count: depth)
        }
        #expect(reason(nested(PatternBounds.nesting)) == nil)
        #expect(reason(nested(PatternBounds.nesting + 1)) == .nesting)
        #expect(reason(String(repeating: "(", count: PatternBounds.text)) == .nesting)
    }

    @Test("as many groups as allowed are taken, more are not")
    func groups() {
        #expect(reason(String(repeating: "(a)", count: PatternBounds.groups)) == nil)
        #expect(reason(String(repeating: "(a)", count: PatternBounds.groups + 1)) == .groups)
    }

    @Test("a repetition as often as allowed is taken, a larger one is not")
    func repetition() {
        #expect(reason("a{\(PatternBounds.repetition)}") == nil)
        #expect(reason("a{1,\(PatternBounds.repetition)}") == nil)
        #expect(reason("a{\(PatternBounds.repetition + 1),}") == .repetitionCount)
        #expect(reason("a{99999999999999999999999999}") == .repetitionCount)
    }

    @Test("a program larger than allowed is refused at the repetition that makes it so, before it is written out")
    func program() throws {
        #expect(reason("(?:a{1000}){33}") == .programSize)
        #expect(reason("(?:a{1000}){31}") == nil)
        #expect(
            reason(String(repeating: "(?:", count: 90) + "a" + String(repeating: "){1000}", count: 90)) == .programSize)
        #expect(reason(String(repeating: "a{1000}", count: 40)) == .programSize)
        let error = try #require(throws: PatternError.self) { try Pattern("x(?:(?:ab){500}){500}y") }
        #expect(error.offset == 16 && error.length == 5)
    }

    @Test("repetitions of nothing take no time, however they are nested")
    func nothing() {
        #expect(reason(String(repeating: "(?:", count: 90) + "" + String(repeating: "){1000}", count: 90)) == nil)
        #expect(reason(String(repeating: "(?:", count: 90) + "a{0}" + String(repeating: "){1000}", count: 90)) == nil)
    }
}
