import Bytes
import Testing
import Transformations

@Suite("Maps of code pages")
struct UnicodeMapTests {
    private static func decoded(_ text: String, _ map: borrowing UnicodeMap) -> [UInt8] {
        transformed(Array(text.utf8), by: .urlDecodeUni, unicode: map).output
    }

    @Test("code page 20127 takes accents off, and knows quotation marks and full-width forms")
    func codePage20127() {
        let map = UnicodeMap(codePage20127: ())
        #expect(Self.decoded("%u00e1%u0141%u2018%u201d%u2122%uff1c%uff1f%u00a0", map) == Array("aL'\"T<? ".utf8))
        #expect(Self.decoded("%u0041%u1234%u00d7", map) == [0x41, 0x34, 0xd7])
    }

    @Test("without a map the low byte counts")
    func without() {
        #expect(Self.decoded("%u00e1%u2018%uff1c", UnicodeMap()) == [0xe1, 0x18, 0x3c])
    }

    @Test("a file gives the page that is asked for")
    func file() throws {
        let text = Array("1250  (ANSI)\n00a1:21 00a2:63 \n\n20127 (US-ASCII)\n00a1:22\n".utf8)
        let map = try UnicodeMap(file: text.span, codePage: 1250)
        #expect(Self.decoded("%u00a1%u00a2%u00a3", map) == [0x21, 0x63, 0xa3])
    }

    @Test("a file without the page, or with a bad entry, is refused with the reason")
    func refused() {
        let text = Array("1250\n00a1:21\n932\n00a1:2".utf8)
        #expect(throws: UnicodeMapError.missing(codePage: 20127)) {
            _ = try UnicodeMap(file: text.span, codePage: 20127)
        }
        #expect(throws: UnicodeMapError.malformed(line: 4)) { _ = try UnicodeMap(file: text.span, codePage: 932) }
    }
}
