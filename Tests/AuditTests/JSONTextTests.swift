import Testing

@testable import Audit

@Suite("Text in records: any bytes in, the same bytes out")
struct JSONTextTests {
    @Test(
        "text is quoted and escaped",
        arguments: [
            ("", #""""#), ("/a?b=c", #""/a?b=c""#), ("日本語 ü 😀", #""日本語 ü 😀""#), ("\"\\", #""\"\\""#),
            ("\u{0}\n\u{1b}[31m\u{7f}", #""\u0000\u000a\u001b[31m\u007f""#), ("\u{9b}31m", #""\u00c2\u009b31m""#),
        ])
    func quoted(text: String, expected: String) {
        #expect(String(decoding: jsonText(Array(text.utf8)), as: UTF8.self) == expected)
    }

    @Test(
        "bytes that are no UTF-8 are escaped one by one",
        arguments: [
            ([0xff], #""\u00ff""#), ([0x61, 0xc3], #""a\u00c3""#), ([0xc0, 0xaf], #""\u00c0\u00af""#),
            ([0xed, 0xa0, 0x80], #""\u00ed\u00a0\u0080""#), ([0xf4, 0x90, 0x80, 0x80], #""\u00f4\u0090\u0080\u0080""#),
            ([0xe3, 0x81, 0x41], #""\u00e3\u0081A""#),
        ] as [([UInt8], String)])
    func invalid(bytes: [UInt8], expected: String) {
        #expect(String(decoding: jsonText(bytes), as: UTF8.self) == expected)
    }

    @Test("every pair of bytes, and 20,000 random texts, read back as they were, from a line that is UTF-8")
    func reversible() throws {
        var texts: [[UInt8]] = []
        for first in UInt8.min...UInt8.max { for second in UInt8.min...UInt8.max { texts.append([first, second]) } }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            texts.append((0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        for text in texts {
            let line = Array(#"{"seq":1,"time":"2026-11-23T18:00:00Z","path":"#.utf8) + jsonText(text) + [UInt8(ascii: "}")]
            #expect(String(validating: line, as: UTF8.self) != nil)
            let record = try RecordLine(line.span)
            let read = record.text(.path)
            #expect(read == text)
        }
    }
}
