import Bodies
import Testing

@Suite("Limits of bodies")
struct LimitTests {
    private let type = "multipart/form-data; boundary=b"

    private func part(_ headers: [String], _ value: String) -> String {
        (["--b"] + headers + ["", value, ""]).joined(separator: "\r\n")
    }

    private func field(_ name: String, _ value: String) -> String {
        part(["Content-Disposition: form-data; name=" + name], value)
    }

    @Test("bytes: what is behind the limit is counted as not inspected")
    func bytes() {
        let reading = read(.urlencoded, "a=1&b=234", limits: limits { $0.bytes = 7 })
        #expect(reading.report.outcome == .limited(.bytes))
        #expect(reading.report.received == 9 && reading.report.inspected == 7 && reading.report.uninspected == 2)
        #expect(reading.pairs(.bodyArgument) == ["a=1", "b=2"])
        #expect(reading.report.isError)
        #expect(read(.urlencoded, "a=1", limits: limits { $0.bytes = 3 }).report.outcome == .complete)
    }

    @Test(
        "arguments: one more than the limit is not taken",
        arguments: [(BodyProcessor.urlencoded, "a=1&b=2&c=3"), (.json, "[1,2,3]")])
    func arguments(processor: BodyProcessor, body: String) {
        let reading = read(processor, body, limits: limits { $0.arguments = 2 })
        #expect(reading.report.outcome == .limited(.arguments))
        #expect(reading.values.prefix(2).map(\.value) == ["1", "2"])
        #expect(read(processor, body, limits: limits { $0.arguments = 3 }).report.outcome == .complete)
    }

    @Test("arguments: fields of a multipart body count")
    func multipartArguments() {
        let body = field("a", "1") + field("b", "2") + "--b--\r\n"
        let one = limits { $0.arguments = 1 }
        let two = limits { $0.arguments = 2 }
        #expect(read(.multipart, body, contentType: type, limits: one).report.outcome == .limited(.arguments))
        #expect(read(.multipart, body, contentType: type, limits: two).report.outcome == .complete)
    }

    @Test(
        "valueLength: the value is there as far as the limit",
        arguments: [
            (BodyProcessor.urlencoded, "a=12%33"), (.json, "\"12\\u0033\""), (.xml, "<a>12&#51;</a>"),
            (.multipart, "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n123\r\n--b--"),
        ])
    func valueLength(processor: BodyProcessor, body: String) {
        let two = read(processor, body, contentType: type, limits: limits { $0.valueLength = 2 })
        #expect(two.report.outcome == .limited(.valueLength))
        #expect(two.values.last?.value == "12")
        let three = read(processor, body, contentType: type, limits: limits { $0.valueLength = 3 })
        #expect(three.report.outcome == .complete)
    }

    @Test(
        "nameLength",
        arguments: [
            (BodyProcessor.urlencoded, "abc=1"), (.json, "{\"abc\":1}"), (.json, "{\"a\":{\"c\":1}}"), (.xml, "<abc/>"),
            (.xml, "<a bcd='1'/>"), (.multipart, "--b\r\nContent-Disposition: form-data; name=abc\r\n\r\n1\r\n--b--"),
        ])
    func nameLength(processor: BodyProcessor, body: String) {
        let two = read(processor, body, contentType: type, limits: limits { $0.nameLength = 2 })
        #expect(two.report.outcome == .limited(.nameLength))
        let three = read(processor, body, contentType: type, limits: limits { $0.nameLength = 3 })
        #expect(three.report.outcome == .complete)
    }

    @Test(
        "storedBytes and values end the body",
        arguments: [
            (BodyProcessor.urlencoded, "ab=12&cd=34"), (.json, "{\"ab\":12,\"cd\":34}"),
            (.xml, "<a b='12' c='3'>4567</a>"),
            (.multipart, "--b\r\nContent-Disposition: form-data; name=ab\r\n\r\n123\r\n--b--"),
        ])
    func store(processor: BodyProcessor, body: String) {
        let whole = read(processor, body, contentType: type)
        let one = read(processor, body, contentType: type, limits: limits { $0.values = whole.values.count - 1 })
        #expect(one.report.outcome == .limited(.values))
        #expect(one.values.count == whole.values.count - 1)
        let seven = read(processor, body, contentType: type, limits: limits { $0.storedBytes = 7 })
        #expect(seven.report.outcome == .limited(.storedBytes))
    }

    @Test(
        "depth",
        arguments: [
            (BodyProcessor.json, "[[[]]]"), (.json, "{\"a\":[{}]}"), (.xml, "<a><b><c/></b></a>"),
        ])
    func depth(processor: BodyProcessor, body: String) {
        #expect(read(processor, body, limits: limits { $0.depth = 2 }).report.outcome == .limited(.depth))
        #expect(read(processor, body, limits: limits { $0.depth = 3 }).report.outcome == .complete)
    }

    @Test("depth: a hundred thousand brackets end at the limit")
    func deep() {
        let reading = read(.json, [UInt8](repeating: UInt8(ascii: "["), count: 100_000))
        #expect(reading.report.outcome == .limited(.depth))
        #expect(reading.report.inspected < 1000)
    }

    @Test("members")
    func members() {
        let body = "{\"a\":{},\"b\":{\"c\":{}}}"
        #expect(read(.json, body, limits: limits { $0.members = 2 }).report.outcome == .limited(.members))
        #expect(read(.json, body, limits: limits { $0.members = 3 }).report.outcome == .complete)
    }

    @Test("parts, partHeaders and partHeaderBytes")
    func parts() {
        func outcome(_ body: String, _ change: (inout BodyLimits) -> Void) -> BodyOutcome {
            read(.multipart, body + "--b--\r\n", contentType: type, limits: limits(change)).report.outcome
        }
        let two = field("a", "1") + field("b", "2")
        #expect(outcome(two) { $0.parts = 1 } == .limited(.parts))
        #expect(outcome(two) { $0.parts = 2 } == .complete)
        let headers = part(["X: y", "Content-Disposition: form-data; name=a"], "1")
        #expect(outcome(headers) { $0.partHeaders = 1 } == .limited(.partHeaders))
        #expect(outcome(headers) { $0.partHeaders = 2 } == .complete)
        let folded = part(["Content-Disposition: form-data;", " name=a", " "], "1")
        let length = "Content-Disposition: form-data; name=a".utf8.count
        #expect(outcome(folded) { $0.partHeaderBytes = length - 1 } == .limited(.partHeaderBytes))
        #expect(outcome(folded) { $0.partHeaderBytes = length + 1 } == .complete)
    }

    @Test("contentType")
    func contentType() {
        let reading = read(.multipart, "--b", contentType: type, limits: limits { $0.contentType = 10 })
        #expect(reading.report.outcome == .limited(.contentType))
    }

    @Test("attributes, openNames and doctype")
    func xml() {
        func outcome(_ body: String, _ change: (inout BodyLimits) -> Void) -> BodyOutcome {
            read(.xml, body, limits: limits(change)).report.outcome
        }
        #expect(outcome("<a b='' c=''/>") { $0.attributes = 1 } == .limited(.attributes))
        #expect(outcome("<a b=''><d c=''/></a>") { $0.attributes = 1 } == .complete)
        #expect(outcome("<ab><cd/></ab>") { $0.openNames = 3 } == .limited(.openNames))
        #expect(outcome("<ab><c/><d/></ab>") { $0.openNames = 3 } == .complete)
        #expect(outcome("<!DOCTYPE a><a/>") { $0.doctype = 2 } == .limited(.doctype))
        #expect(outcome("<!DOCTYPE a><a/>") { $0.doctype = 3 } == .complete)
    }

    @Test("every limit has its name")
    func names() {
        #expect(Set(BodyLimit.allCases.map { "\($0.name)" }).count == BodyLimit.allCases.count)
        #expect(BodyLimit.allCases.allSatisfy { "\($0)" == "\($0.name)" })
        #expect(Set(BodyFault.allCases.map { "\($0.message)" }).count == BodyFault.allCases.count)
    }
}
