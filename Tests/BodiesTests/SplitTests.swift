import Bodies
import Testing

/// Bodies of every kind, with what is awkward to cut in them.
enum Samples {
    struct Sample: Sendable {
        var processor: BodyProcessor
        var type: String
        var body: [UInt8]
    }

    /// Enough for all of them, and quickly set up.
    static let limits = BodiesTests.limits {
        $0.storedBytes = 4096
        $0.values = 128
        $0.members = 64
    }

    static let multipartType = "multipart/form-data; boundary=\"--x-y\""

    private static let multipart = [
        "preamble\n--no\r\n----x-y\r\nContent-Disposition: form-data;\r\n\t name=\"a\\\"b\"\r\nX: y\n\r\n",
        "one\r\r\n--\r\n-- --x-z\r\n----x-\r\n\"--x-y\r\ntwo\n\r\n----x-y\r\n",
        "content-disposition: form-data; name=f; filename=\"it's\"; filename*=UTF-8'en'%41%2\r\n\r\n",
        "\r\n\n\r0123\r\n----x-y\r\nContent-Disposition: form-data; name=e\r\n\r\n\r\n----x-y--\r\nepilogue",
    ].joined()

    private static let json =
        #" {"a":[1,-2.5e+10,{"b":"x\u00e9\ud83d\ude00\n/é😀"},[[],{}]],"a":null,"":true , "c.d":false}"# + "\n"

    private static let xml =
        "\u{feff}<?xml version='1.0' encoding=\"utf-8\"?>\r\n<!DOCTYPE a [<!-- ' ]> --><!ENTITY e ']>'>]>\n"
        + "<a b='1\r\n2&#x41;&amp;' xmlns:p=\"u\">é\r\n\rx]]y<![CDATA[]]]>&"
        + "z\r]]>&lt;<!-- - c --><?p ?x?><d/>😀</a >\n<?q?>"

    static let all: [Sample] = [
        Sample(
            processor: .urlencoded, type: "", body: utf8("a=1&%61+b=%4&c%=%&&d=%zz%41%4+&e==x&%C3%A9=é&f")),
        Sample(processor: .multipart, type: multipartType, body: utf8(multipart)),
        Sample(processor: .multipart, type: multipartType, body: utf8(String(multipart.dropLast(10)))),
        Sample(processor: .multipart, type: multipartType, body: utf8("----x-y\r\nX: y\r\n\r\nv\r\n----x-y--")),
        Sample(processor: .json, type: "", body: utf8(json)),
        Sample(processor: .json, type: "", body: utf8(#"[1,{"a":"b\ud800x"}]"#)),
        Sample(processor: .xml, type: "", body: utf8(xml)),
        Sample(processor: .xml, type: "", body: utf8("<?xml version='1.0' encoding='latin1'?><a>&x;</a>")),
    ]
}

@Suite("A body in parts")
struct SplitTests {
    @Test("a body that is cut in two anywhere, or at every byte, gives the same", arguments: Samples.all)
    func cuts(sample: Samples.Sample) {
        let whole = read(sample.processor, sample.body, contentType: sample.type, limits: Samples.limits)
        #expect(!whole.values.isEmpty)
        for cut in 0...sample.body.count {
            #expect(
                read(sample.processor, sample.body, contentType: sample.type, limits: Samples.limits, cuts: [cut])
                    == whole)
        }
        #expect(
            read(
                sample.processor, sample.body, contentType: sample.type, limits: Samples.limits,
                cuts: Array(0..<sample.body.count)) == whole)
    }

    @Test("limits end a body at the same place, however it is cut", arguments: Samples.all)
    func limited(sample: Samples.Sample) {
        for size in 0..<60 {
            let changes: [(inout BodyLimits) -> Void] = [
                { $0.valueLength = size }, { $0.nameLength = size }, { $0.storedBytes = size }, { $0.bytes = size },
                { $0.values = size }, { $0.fileContent = size }, { $0.partHeaderBytes = size },
            ]
            for change in changes {
                var limits = Samples.limits
                change(&limits)
                let whole = read(sample.processor, sample.body, contentType: sample.type, limits: limits)
                let bytewise = read(
                    sample.processor, sample.body, contentType: sample.type, limits: limits,
                    cuts: Array(0..<sample.body.count))
                #expect(whole == bytewise)
            }
        }
    }
}
