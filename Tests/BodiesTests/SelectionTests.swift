import Bodies
import Testing

@Suite("Which processor, which type, which coding")
struct SelectionTests {
    @Test(
        "forms are chosen by what the Content-Type begins with, JSON and XML by the recommended rules",
        arguments: [
            ("application/x-www-form-urlencoded; charset=utf-8", BodyProcessor.urlencoded, BodyProcessor.urlencoded),
            ("APPLICATION/X-WWW-FORM-URLENCODED", .urlencoded, .urlencoded),
            ("multipart/form-data; boundary=b", .multipart, .multipart), ("multipart/mixed", nil, nil),
            ("application/json", nil, .json), ("Application/JSON; charset=utf-8", nil, .json),
            ("application/vnd.api-v1+json", nil, .json), ("application/+json", nil, nil),
            ("application/a/b+json", nil, nil), ("text/json", nil, nil), ("text/xml", nil, .xml),
            ("application/xml", nil, .xml), ("application/soap+xml", nil, .xml), ("image/svg+xml", nil, nil),
            ("", nil, nil),
        ] as [(String, BodyProcessor?, BodyProcessor?)])
    func processors(type: String, chosen: BodyProcessor?, recommended: BodyProcessor?) {
        let bytes = utf8(type)
        #expect(BodyProcessor.choose(contentType: bytes.span) == chosen)
        #expect(BodyProcessor.recommended(contentType: bytes.span) == recommended)
    }

    @Test("processors are known by their names in rules")
    func names() {
        for processor in BodyProcessor.allCases {
            let name = utf8("\(processor.name)".lowercased())
            #expect(BodyProcessor(name: name.span) == processor)
        }
        let unknown = utf8("GRAPHQL")
        #expect(BodyProcessor(name: unknown.span) == nil)
    }

    @Test("a media type matches without its parameters and in any letter case")
    func mediaTypes() {
        let list = utf8("text/plain text/html  text/xml")
        for (type, expected) in [
            ("text/html", true), (" Text/HTML ; charset=utf-8", true), ("text/htm", false), ("text/css", false),
            ("", false),
        ] {
            let bytes = utf8(type)
            #expect(MediaType.matches(bytes.span, anyOf: list.span) == expected)
        }
    }

    @Test("a content coding is known by its name, and by a body's first bytes")
    func codings() {
        for (field, coding) in [
            ("", ContentCoding.identity), ("identity", .identity), ("GZIP", .gzip), (" x-gzip ", .gzip),
            ("deflate", .deflate), ("br", .other), ("gzip, gzip", .other),
        ] {
            let bytes = utf8(field)
            #expect(ContentCoding(field: bytes.span) == coding)
        }
        for (bytes, coding) in [
            ([0x1f, 0x8b, 8, 0], ContentCoding.gzip), ([0x78, 0x9c], .deflate), ([0x78, 0x01], .deflate),
            ([0x78, 0x9d], .identity), ([0x3c, 0x61], .identity), ([], .identity),
        ] as [([UInt8], ContentCoding)] {
            #expect(ContentCoding(firstBytes: bytes.span) == coding)
        }
    }
}
