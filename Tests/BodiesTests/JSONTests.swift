import Bodies
import Testing

@Suite("JSON")
struct JSONTests {
    @Test(
        "leaves are named as mod_security2 names them",
        arguments: [
            (#"{"a":"b"}"#, ["a=b"]),
            (#"{"a":{"b":{"c":1}}, "d":2}"#, ["a.b.c=1", "d=2"]),
            (#"{"a":[1,2]}"#, ["a.a=1", "a.a=2"]),
            (#"{"a":[{"b":1},{"c":2}],"d":3}"#, ["a.a.b=1", "a.a.c=2", "d=3"]),
            (#"{"a":[[1],[2,[3]]]}"#, ["a.a.a=1", "a.a.a=2", "a.a.a.a=3"]),
            ("[1,2]", ["array.array=1", "array.array=2"]),
            (#"[{"a":1}]"#, ["array.array.a=1"]),
            (#""x""#, ["=x"]), ("1", ["=1"]), ("null", ["="]),
            (#"{"":1,"a":{"":2}}"#, ["=1", "a.=2"]),
            (#"{"a.b":{"c":1},"d":2}"#, ["a.b.c=1", "d=2"]),
            ("{}", []), ("[]", []), (#"{"a":{},"b":[]}"#, []), ("", []),
        ])
    func plainNames(body: String, expected: [String]) {
        let reading = read(.json, body)
        #expect(reading.report.outcome == .complete)
        #expect(reading.pairs(.jsonLeaf) == expected)
        #expect(reading.report.uninspected == 0)
    }

    @Test(
        "leaves can be named as libmodsecurity3 names them",
        arguments: [
            (#"{"a":{"b":1}}"#, ["json.a.b=1"]), (#"{"a":[1,{"b":2}]}"#, ["json.a.array_0=1", "json.a.array_1.b=2"]),
            ("[[1],2]", ["json.array_0.array_0=1", "json.array_1=2"]), ("1", ["json=1"]),
        ])
    func rootedNames(body: String, expected: [String]) {
        #expect(read(.json, body, names: .rooted).pairs(.jsonLeaf) == expected)
    }

    @Test("types are kept, and numbers as they are written")
    func types() {
        let reading = read(.json, #"["s", -1.50e+3, 0, true, false, null]"#)
        #expect(reading.values.map(\.value) == ["s", "-1.50e+3", "0", "true", "false", ""])
        #expect(reading.values.map(\.type) == [.text, .number, .number, .boolean, .boolean, .null])
        #expect(reading.values.map(\.origin) == [2..<3, 6..<14, 16..<17, 19..<23, 25..<30, 32..<36])
    }

    @Test("escapes are decoded, surrogate pairs to one character")
    func escapes() {
        let body = #"{"\u0061\n":"\"\\\/\b\f\n\r\t\u00e9\u20ac\ud83d\ude00\u0000"}"#
        let reading = read(.json, body)
        let value = "\"\\/\u{8}\u{c}\n\r\té€😀\u{0}"
        #expect(reading.pairs(.jsonLeaf) == ["a\n=" + text(utf8(value).span)])
    }

    @Test("duplicate keys of one object are kept and flagged, of two objects not")
    func duplicates() {
        let reading = read(.json, #"{"a":1,"b":2,"\u0061":3}"#)
        #expect(reading.pairs(.jsonLeaf) == ["a=1", "b=2", "a=3"])
        #expect(reading.report.flags == .duplicateKey)
        #expect(read(.json, #"{"a":{"a":1},"b":{"a":{"a":2}}}"#).report.flags == [])
        #expect(read(.json, #"[{"a":1},{"a":1}]"#).report.flags == [])
    }

    @Test("many keys are told apart")
    func manyKeys() {
        let members = (0..<900).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        #expect(read(.json, "{\(members)}").report.flags == [])
        #expect(read(.json, "{\(members),\"k450\":1}").report.flags == .duplicateKey)
    }

    @Test(
        "what is not JSON is a fault, at its place",
        arguments: [
            (" ", BodyFault.jsonEnded, 1), ("{", .jsonEnded, 1), ("[1", .jsonEnded, 2), ("\"a", .jsonEnded, 2),
            ("tru", .jsonEnded, 3), ("x", .jsonToken, 0), ("trux", .jsonToken, 3), ("[1,]", .jsonToken, 3),
            ("[,1]", .jsonToken, 1), ("'a'", .jsonToken, 0), ("// x", .jsonToken, 0), ("NaN", .jsonToken, 0),
            ("\u{feff}1", .jsonToken, 0), ("01", .jsonNumber, 1), ("-", .jsonNumber, 1), ("1.", .jsonNumber, 2),
            ("[1.x]", .jsonNumber, 3), ("1e", .jsonNumber, 2), ("+1", .jsonToken, 0), (".5", .jsonToken, 0),
            ("1 2", .jsonTrailing, 2), ("{}{}", .jsonTrailing, 2), ("[1 2]", .jsonSeparator, 3),
            ("[1}", .jsonSeparator, 2), ("{\"a\":1]", .jsonSeparator, 6), ("{a:1}", .jsonKey, 1),
            ("{\"a\":1,}", .jsonKey, 7), ("{\"a\" 1}", .jsonColon, 5), ("{\"a\"}", .jsonColon, 4),
            ("\"\\x\"", .jsonEscape, 2), ("\"\\u00g0\"", .jsonEscape, 5), ("\"\\ud800\"", .jsonSurrogate, 7),
            ("\"\\udc00\"", .jsonSurrogate, 6), ("\"\\ud800\\u0041\"", .jsonSurrogate, 12),
            ("\"\n\"", .jsonControl, 1), ("\"\u{0}\"", .jsonControl, 1),
        ] as [(String, BodyFault, Int)])
    func faults(body: String, fault: BodyFault, place: Int) {
        let reading = read(.json, body)
        #expect(reading.report.outcome == .malformed(fault))
        #expect(reading.report.inspected == place)
    }

    @Test(
        "strings are UTF-8",
        arguments: [
            [0x22, 0xff, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xc0, 0x80, 0x22],
            [0x22, 0xe2, 0x82, 0x5c, 0x6e, 0x22],
        ] as [[UInt8]])
    func invalidUTF8(body: [UInt8]) {
        #expect(read(.json, body).report.outcome == .malformed(.jsonUTF8))
    }

    @Test("what came before a fault is there, the last value as far as it was")
    func before() {
        #expect(read(.json, #"{"a":1,"b":"xy\q"#).pairs(.jsonLeaf) == ["a=1", "b=xy"])
    }

    @Test("the elements of a long array share their name")
    func sharedNames() {
        let limits = limits { $0.storedBytes = 1000 }
        let body = "[" + Array(repeating: "1", count: 500).joined(separator: ",") + "]"
        let reading = read(.json, body, limits: limits)
        #expect(reading.report.outcome == .complete && reading.values.count == 500)
    }
}
