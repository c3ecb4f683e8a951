import Bytes
import Testing

@testable import Audit

@Suite("Records: lines of the audit log and of the access log")
struct RecordTests {
    static let bytes = Array("sGET/p\u{1}q\"ua\" x".utf8) + [0xff, 0x01, 0x00, 0x00, 0x80, 0xff, 0xff, 0xff, 0xff]

    @_lifetime(borrow bytes)
    private func entry(_ bytes: borrowing [UInt8]) -> RequestEntry {
        var entry = RequestEntry(textsIn: bytes.span)
        entry.time = Timestamp(microseconds: 1_795_456_800_000_001)
        entry.id = .max
        entry.status = 0
        entry.bytesOut = .max
        entry.tls = 12
        entry.version = 20
        entry.setText(.site, 0..<1)
        entry.setText(.method, 1..<4)
        entry.setText(.path, 4..<7)
        entry.setText(.query, 7..<8)
        entry.setText(.userAgent, 8..<14)
        entry.setRules(15..<23)
        return entry
    }

    @Test("a record has its members in the order of the contract, empty ones too, except an empty query")
    func order() {
        let bytes: [UInt8] = []
        let text = record(RequestEntry(textsIn: bytes.span), sequence: 7)
        let expected = """
            {"seq":7,"time":"1970-01-01T00:00:00.000000Z","id":"0000000000000000","site":"","route":"",\
            "client":"0.0.0.0","method":"","host":"","path":"","status":0,"bytes_in":0,"bytes_out":0,"upstream":"",\
            "us":0,"action":"allow","reason":"","rules":[],"version":"1.1","tls":"","user_agent":"","referer":"",\
            "rule_names":[]}

            """
        #expect(text == expected)
    }

    @Test("a record says that its end is not confirmed, and only then says anything of it")
    func unconfirmed() {
        var entry = entry(Self.bytes)
        let confirmed = record(entry)
        entry.isConfirmed = false
        let unconfirmed = record(entry)
        #expect(unconfirmed == confirmed.dropLast(2) + ",\"confirmed\":false}\n")
    }

    @Test("a record full of strange values is written whole")
    func strange() {
        let expected = """
            {"seq":1,"time":"2026-11-23T18:00:00.000001Z","id":"ffffffffffffffff","site":"s","route":"",\
            "client":"0.0.0.0","method":"GET","host":"","path":"/p\\u0001","query":"q","status":0,"bytes_in":0,\
            "bytes_out":18446744073709551615,"upstream":"","us":0,"action":"allow","reason":"",\
            "rules":[2147483649,4294967295],"version":"2","tls":"1.2","user_agent":"\\"ua\\" x","referer":"",\
            "rule_names":[]}

            """
        #expect(record(entry(Self.bytes)) == expected)
    }

    @Test("the access log has the combined format, with dangerous bytes as nginx writes them")
    func accessLog() {
        let expected = """
            0.0.0.0 - - [23/Nov/2026:18:00:00 +0000] "GET /p\\x01?q HTTP/2.0" 000 18446744073709551615 "-" \
            "\\x22ua\\x22 x"

            """
        #expect(combined(entry(Self.bytes)) == expected)
        let empty: [UInt8] = []
        let malformed = #"0.0.0.0 - - [01/Jan/1970:00:00:00 +0000] "-" 000 0 "-" "-""# + "\n"
        #expect(combined(RequestEntry(textsIn: empty.span)) == malformed)
    }

    @Test("the names of rules stand each for itself, whatever is in them, and are read back")
    func ruleNames() throws {
        let cases: [(String, String, [String])] = [
            ("", "[]", []), ("seen", #"["seen"]"#, ["seen"]), ("a,b-c", #"["a","b-c"]"#, ["a", "b-c"]),
            ("a\",\u{1}]", #"["a\"","\u0001]"]"#, ["a\"", "\u{1}]"]),
        ]
        for (text, written, names) in cases {
            let bytes = Array(text.utf8)
            var entry = RequestEntry(textsIn: bytes.span)
            entry.setText(.ruleNames, 0..<bytes.count)
            var line = Array(record(entry).utf8)
            line.removeLast()
            #expect(String(decoding: line, as: UTF8.self).hasSuffix(",\"rule_names\":\(written)}"))
            #expect(try RecordLine(line.span).texts(.ruleNames) == names.map { Array($0.utf8) })
        }
    }

    @Test("what is written is read back")
    func readBack() throws {
        var line = Array(record(entry(Self.bytes), sequence: 42).utf8)
        line.removeLast()
        let record = try RecordLine(line.span)
        #expect(record.sequence == 42)
        #expect(record.time == Timestamp(microseconds: 1_795_456_800_000_001))
        #expect(record.text(.userAgent) == Array("\"ua\" x".utf8))
        #expect(record.number(.bytesOut) == .max)
        #expect(record.numbers(.rules) == [2_147_483_649, 4_294_967_295])
        #expect(record.text(.referer) == [])
        #expect(record.text(.event) == nil)
        #expect(record.has(.path, Array("/p\u{1}".utf8)) == true)
        #expect(record.has(.path, Array("/p".utf8)) == false)
    }

    @Test("no beginning of a line is taken for a line")
    func prefixes() {
        var line = Array(record(entry(Self.bytes)).utf8)
        line.removeLast()
        for count in 0..<line.count { #expect(throws: LineError.self) { _ = try RecordLine(line.span.extracting(0..<count)).sequence } }
    }

    @Test(
        "lines that are no record are refused",
        arguments: [
            "[]", "{}", #"{"seq":1}"#, #"{"time":"2026-11-23"}"#, #"{"seq":-1,"time":"2026-11-23"}"#,
            #"{"seq":1,"time":"yesterday"}"#, #"{"seq":01,"time":"2026-11-23"}"#, #"{"seq":1,"time":"2026-11-23",}"#,
            #"{"seq":1 "time":"2026-11-23"}"#, #"{"seq":1,"time":"2026-11-23"} x"#, #"{"seq":1,"time":"2026-11-23","a":"\x"}"#,
            #"{"seq":1,"time":"2026-11-23","a":[1,]}"#, #"{"seq":1,"time":"2026-11-23","a":tru}"#,
            #"{"seq":1,"time":"2026-11-23","a":[[[[[[[[[[1]]]]]]]]]]}"#, #"{"seq":18446744073709551616,"time":"2026-11-23"}"#,
        ])
    func refused(text: String) {
        let bytes = Array(text.utf8)
        #expect(throws: LineError.self) { _ = try RecordLine(bytes.span).sequence }
    }

    @Test("members that a later version adds are passed over, and escapes of other writers are understood")
    func laterMembers() throws {
        let text = #"{ "seq" : 1 , "new":{"a":[true,false,null,-1.5e+3,"x"]}, "time":"2026-11-23","path":"\/\u3042\ud83d\ude00\t\ud800" }"#
        let bytes = Array(text.utf8)
        let record = try RecordLine(bytes.span)
        #expect(record.text(.path) == Array("/あ😀\t\u{fffd}".utf8))
    }

    @Test("segment names carry time and number, and sort by number")
    func segmentNames() {
        let name = SegmentName(begun: Timestamp(microseconds: 1_795_456_800_123_456), firstSequence: 42)
        #expect(name.text == "20261123T180000Z-0000000000000042.jsonl")
        #expect(SegmentName(name.text) == name)
        let last = SegmentName(begun: Timestamp(microseconds: 0), firstSequence: .max)
        #expect(SegmentName(last.text) == last)
        #expect(name < last)
        for text in ["", "access.log", "20261123T180000Z-42.jsonl", "20261323T180000Z-0000000000000042.jsonl", "x" + name.text] {
            #expect(SegmentName(text) == nil)
        }
    }
}
