import Bodies
import Testing

@Suite("application/x-www-form-urlencoded")
struct URLEncodedTests {
    @Test(
        "names and values are taken as mod_security2 takes them",
        arguments: [
            ("a=1&b=2", ["a=1", "b=2"]),
            ("", []),
            ("a", ["a="]),
            ("a=", ["a="]),
            ("=1", ["=1"]),
            ("a=1&", ["a=1"]),
            ("&", ["="]),
            ("&a=1", ["=", "a=1"]),
            ("a&&b", ["a=", "=", "b="]),
            ("a=1&a=2&A=3", ["a=1", "a=2", "A=3"]),
            ("a=b=c", ["a=b=c"]),
            ("a+b=c+d", ["a b=c d"]),
            ("%61%3D=%26%2b", ["a==&+"]),
            ("a=1;b=2", ["a=1;b=2"]),
        ])
    func pairs(body: String, expected: [String]) {
        let reading = read(.urlencoded, body)
        #expect(reading.pairs(.bodyArgument) == expected)
        #expect(reading.report.outcome == .complete)
        #expect(reading.report.uninspected == 0)
        #expect(reading.report.flags == [])
    }

    @Test(
        "what is no escape is kept and flagged",
        arguments: [
            ("a=%", "a=%"), ("a=%4", "a=%4"), ("a=%zz", "a=%zz"), ("a=%%41", "a=%A"), ("a=%4%41", "a=%4A"),
            ("%=1", "%=1"), ("a=%u0041", "a=%u0041"), ("a=100%+x", "a=100% x"), ("%4=1", "%4=1"),
        ])
    func invalidEscapes(body: String, expected: String) {
        let reading = read(.urlencoded, body)
        #expect(reading.pairs(.bodyArgument) == [expected])
        #expect(reading.report.flags == .invalidURLEncoding)
    }

    @Test("an escape that is cut off by a separator does not take the next argument's bytes")
    func escapeBeforeSeparator() {
        #expect(read(.urlencoded, "a=%4&b=%&c=1").pairs(.bodyArgument) == ["a=%4", "b=%", "c=1"])
    }

    @Test("a value's origin is where it stands in the body, before decoding")
    func origin() {
        let values = read(.urlencoded, "a=%41b&c=&d").values
        #expect(values.map(\.origin) == [2..<6, 9..<9, 11..<11])
    }

    @Test("a query takes any separator, and its arguments are of the query")
    func query() {
        let limits = BodyLimits()
        var store = ValueStore(limits)
        let query = utf8("a=1;b=%3b")
        let report = RequestFields.query(query.span, separator: UInt8(ascii: ";"), limits, into: &store)
        let reading = Reading(report, store)
        #expect(reading.pairs(.queryArgument) == ["a=1", "b=;"])
        #expect(report.inspected == query.count)
    }

    @Test("a store holds the values of query, cookies and body one after the other")
    func together() {
        let limits = BodyLimits()
        var store = ValueStore(limits)
        _ = RequestFields.query(utf8("a=1").span, limits, into: &store)
        _ = RequestFields.cookies(utf8("b=2").span, limits, into: &store)
        var reader = BodyReader(limits, seed: 1)
        let body = utf8("c=3")
        reader.start(.urlencoded, contentType: body.span, into: &store)
        reader.take(body.span, into: &store)
        reader.finish(into: &store)
        let values = Reading(reader.report, store).values
        #expect(values.map(\.kind) == [.queryArgument, .cookie, .bodyArgument])
        #expect(values.map(\.value) == ["1", "2", "3"])
        store.clear()
        #expect(store.count == 0 && store.usedBytes == 0)
    }

    @Test(
        "cookies are taken as mod_security2 takes them in format 0",
        arguments: [
            ("a=1; b=2", ["a=1", "b=2"]),
            ("a=1;b", ["a=1", "b="]),
            ("=x; ;a=%41+", ["a=%41+"]),
            ("  a = b ", ["a = b "]),
            ("a=1, b=2", ["a=1", "b=2"]),
            ("a=1, c=3; b=2", ["a=1, c=3", "b=2"]),
            ("a=b=c", ["a=b=c"]),
            ("", []),
        ])
    func cookies(field: String, expected: [String]) {
        let limits = BodyLimits()
        var store = ValueStore(limits)
        let report = RequestFields.cookies(utf8(field).span, limits, into: &store)
        #expect(Reading(report, store).pairs(.cookie) == expected)
        #expect(report.uninspected == 0)
    }
}
