import Testing

@testable import masugatad

@Suite("JSON answers")
struct JSONTests {
    @Test("values of all kinds are written as RFC 8259 wants them")
    func values() {
        let value = JSON.object([
            ("a", .number(18_446_744_073_709_551_615)), ("b", .list([.flag(true), .flag(false), .null])),
            ("c", .object([])), ("d", .text("")),
        ])
        #expect(value.encoded == #"{"a":18446744073709551615,"b":[true,false,null],"c":{},"d":""}"#)
    }

    @Test("texts are escaped")
    func escapes() {
        #expect(JSON.text("a\"b\\c\n\t\r\u{1}\u{7f}é😀").encoded == "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007fé😀\"")
    }
}
