import HTTPModel
import Testing

@Suite("The catalogue of reasons")
struct ReasonTests {
    private static func text(_ literal: StaticString) -> String { literal.description }

    @Test("every code is unique, lower case and dotted")
    func codes() {
        var seen = Set<String>()
        for reason in Reason.allCases {
            let code = ReasonTests.text(reason.code)
            #expect(seen.insert(code).inserted, "\(code) twice")
            #expect(code.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x2d || $0 == 0x2e }, "\(code)")
        }
    }

    @Test("a reason is found by its code, and an unknown code has none")
    func lookup() {
        for reason in Reason.allCases {
            #expect(Reason(code: Array(ReasonTests.text(reason.code).utf8).span) == reason)
        }
        #expect(Reason(code: Array("request.metho".utf8).span) == nil)
        #expect(Reason.count == Reason.allCases.count)
    }

    @Test("every status but 499 of the log has a standard phrase")
    func statuses() {
        for reason in Reason.allCases {
            let phrase = StatusText.phrase(of: reason.status).description
            #expect(phrase.isEmpty == (reason.status == 499), "\(reason)")
        }
    }

    @Test("texts are one sentence and need no escaping in HTML or JSON")
    func texts() {
        for reason in Reason.allCases {
            let text = ReasonTests.text(reason.text)
            #expect(text.hasSuffix("."))
            #expect(!text.utf8.contains { $0 < 0x20 || $0 > 0x7e || "<>&\"\\".utf8.contains($0) }, "\(text)")
        }
    }
}
