import Testing

@testable import masugata

@Suite("JSON of the control socket")
struct JSONTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test("what is written is read again")
    func roundTrip() throws {
        let value = JSONValue.object([
            .init("text", .text("a\"b\\c\n\t\u{1}\u{7f}日本")), .init("number", .number(.max)),
            .init("flag", .flag(true)),
            .init("list", .list([.null, .list([]), .object([])])),
        ])
        #expect(try parse(value.encoded) == value)
    }

    @Test("blanks and escapes of RFC 8259 are understood")
    func escapes() throws {
        #expect(try parse(" [ \"\\u00e9\\ud83d\\ude00\\/\" , 1 ] \r\n") == .list([.text("é😀/"), .number(1)]))
    }

    @Test(
        "what is no JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "tru", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\"", "1 2", "-1",
            "1.5",
            "99999999999999999999", "\"\u{1}\"", "{a:1}",
        ])
    func mistakes(_ text: String) {
        #expect(throws: JSONParser.Mistake.self) { try parse(text) }
    }

    @Test("values that stand too deep in values are refused")
    func depth() {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: JSONParser.Mistake.self) { try parse(text) }
    }
}
