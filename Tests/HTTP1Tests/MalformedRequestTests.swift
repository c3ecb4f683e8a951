import HTTP1
import HTTPModel
import Testing

@Suite("Requests that are refused")
struct MalformedRequestTests {
    private static let host = "Host: example.com\r\n"

    @Test(
        "for their request line",
        arguments: [
            ("", Reason.requestHeadTruncated), ("GET", .requestHeadTruncated), ("GET /", .requestHeadTruncated),
            ("GET / HTTP/1.1\r", .requestHeadTruncated), ("GET / HTTP/1.1\r\n", .requestHeadTruncated),
            (" GET / HTTP/1.1\r\n", .requestNotHTTP), ("\r\nGET / HTTP/1.1\r\n", .requestNotHTTP),
            ("\u{16}\u{3}\u{1}", .requestNotHTTP), ("G@T / HTTP/1.1\r\n", .requestMethod),
            ("GET\u{0} / HTTP/1.1\r\n", .requestMethod), ("GET\t/ HTTP/1.1\r\n", .requestMethod),
            ("G\u{e9}T / HTTP/1.1\r\n", .requestMethod), ("GET\r\n", .requestLine), ("GET\n", .requestLineBareLF),
            ("GET\rx", .requestLineBareCR),
            ("GET  / HTTP/1.1\r\n", .requestTarget), ("GET /  HTTP/1.1\r\n", .requestVersion),
            ("GET / foo HTTP/1.1\r\n", .requestVersion), ("GET / HTTP/1.1 \r\n", .requestLine),
            ("GET /a\tb HTTP/1.1\r\n", .requestTarget), ("GET /\u{0} HTTP/1.1\r\n", .requestTarget),
            ("GET /\u{e9} HTTP/1.1\r\n", .requestTarget), ("GET /\u{7f} HTTP/1.1\r\n", .requestTarget),
            ("GET /\r\n", .requestVersion), ("GET /\n", .requestLineBareLF),
            ("GET /\rx HTTP/1.1\r\n", .requestLineBareCR),
            ("GET / \r\n", .requestVersion), ("GET / HTTP/1.1\n\n\n", .requestLineBareLF),
            ("GET / HTTP/1.1\rX", .requestLineBareCR), ("GET / HTTP/1.1X\r\n", .requestLine),
            ("GET / http/1.1\r\n", .requestVersion), ("GET / HTTP/11\r\n\r\n", .requestVersion),
            ("GET / HTTP/1.10\r\n", .requestLine), ("GET / HTTP/01.1\r\n", .requestVersion),
            ("GET / HTTP/1,1\r\n", .requestVersion), ("GET / HTTP/ 1.1\r\n", .requestVersion),
            ("GET / HTTPS/1.1\r\n", .requestVersion), ("GET / HTTP/x.1\r\n", .requestVersion),
            ("GET / HTTP/0.9\r\n", .requestVersionUnsupported), ("GET / HTTP/1.2\r\n", .requestVersionUnsupported),
            ("GET / HTTP/2.0\r\n", .requestVersionUnsupported), ("PRI * HTTP/2.0\r\n\r\n", .requestVersionUnsupported),
            ("GET / HTTP/3.0\r\n", .requestVersionUnsupported),
            (String(repeating: "A", count: 33) + " / HTTP/1.1\r\n", .requestMethodUnsupported),
            ("GET /" + String(repeating: "a", count: 8_192) + " HTTP/1.1\r\n", .requestTargetSize),
        ])
    func line(text: String, expected: Reason) {
        let isTruncated = expected == .requestHeadTruncated
        #expect(reason(isTruncated ? text : text + MalformedRequestTests.host + "\r\n") == expected)
    }

    @Test(
        "for their target",
        arguments: [
            ("GET * HTTP/1.1", Reason.requestTargetForm), ("OPTIONS ** HTTP/1.1", .requestTarget),
            ("CONNECT example.com:443 HTTP/1.1", .requestMethodConnect), ("CONNECT / HTTP/1.1", .requestMethodConnect),
            ("TRACE / HTTP/1.1", .requestMethodTrace), ("GET example.com:443 HTTP/1.1", .requestTarget),
            ("GET index.html HTTP/1.1", .requestTarget), ("GET ?a=b HTTP/1.1", .requestTarget),
            ("GET https://other.example/ HTTP/1.1", .requestTargetAuthority),
            ("GET https://example.com:444/ HTTP/1.1", .requestTargetAuthority),
            ("GET https://example.com.evil/ HTTP/1.1", .requestTargetAuthority),
            ("GET https://user@example.com/ HTTP/1.1", .requestTarget), ("GET https:/// HTTP/1.1", .requestTarget),
            ("GET https://example.com\\@evil/ HTTP/1.1", .requestTarget),
            ("GET https:example.com HTTP/1.1", .requestTarget),
            ("GET https:/example.com HTTP/1.1", .requestTarget), ("GET :// HTTP/1.1", .requestTarget),
            ("GET http://example.com/ HTTP/1.1", .requestTargetScheme),
            ("GET ftp://example.com/ HTTP/1.1", .requestTarget),
            ("GET https://example.com#x HTTP/1.1", .requestTarget), ("GET /#x HTTP/1.1", .pathCharacter),
            ("GET /a%2fb HTTP/1.1", .pathEncodedSlash), ("GET https://example.com/a%00 HTTP/1.1", .pathNUL),
            ("GET /?a=<b> HTTP/1.1", .queryCharacter), ("GET /?a=\"b\" HTTP/1.1", .queryCharacter),
            ("GET /?a#b HTTP/1.1", .queryCharacter), ("GET /../etc/passwd HTTP/1.1", .pathBeyondRoot),
        ])
    func target(line: String, expected: Reason) {
        #expect(reason(line + "\r\n" + MalformedRequestTests.host + "\r\n") == expected)
    }

    @Test(
        "for one field line",
        arguments: [
            (": value", Reason.requestFieldName), ("Na me: value", .requestFieldColon),
            ("Name : value", .requestFieldColon),
            ("Name\t: value", .requestFieldColon), ("Name", .requestFieldName), ("Na\u{0}me: value", .requestFieldName),
            ("N\u{e4}me: value", .requestFieldName), ("(Name): value", .requestFieldName),
            ("Name@: value", .requestFieldName),
            ("\"Name\": value", .requestFieldName), (" folded", .requestFieldFolded), ("\tfolded", .requestFieldFolded),
            ("Name: a\u{0}b", .requestFieldValue), ("Name: a\u{1}b", .requestFieldValue),
            ("Name: a\u{b}b", .requestFieldValue), ("Name: a\u{1f}b", .requestFieldValue),
            ("Name: a\u{7f}b", .requestFieldValue), ("Name: \u{0}", .requestFieldValue),
            ("Name: a\rb", .requestFieldBareCR), ("Name: a\r", .requestFieldBareCR),
            ("Name: a\nB: c", .requestFieldBareLF),
            ("Na\rme: a", .requestFieldBareCR), ("Na\nme: a", .requestFieldBareLF), ("Name\n: a", .requestFieldBareLF),
            (String(repeating: "n", count: 257) + ": v", .requestFieldNameSize),
            ("Name: " + String(repeating: "v", count: 16_385), .requestFieldSize),
        ])
    func fieldLine(line: String, expected: Reason) {
        for place in 0..<2 {
            let fields =
                place == 0 ? line + "\r\n" + MalformedRequestTests.host : MalformedRequestTests.host + line + "\r\n"
            #expect(reason("GET / HTTP/1.1\r\n" + fields + "\r\n") == expected, "place \(place)")
        }
    }

    @Test(
        "for what their fields say together",
        arguments: [
            ("", Reason.requestHostMissing), ("Host: a\r\nHost: a", .requestHostDuplicate),
            ("Host: a\r\nhOST: b", .requestHostDuplicate), ("Host:", .requestHostInvalid),
            ("Host: a b", .requestHostInvalid),
            ("Host: a, b", .requestHostInvalid), ("Host: http://a", .requestHostInvalid),
            ("Host: a/b", .requestHostInvalid),
            ("Host: u@a", .requestHostInvalid), ("Host: a:b", .requestHostInvalid), ("Host: a:", .requestHostInvalid),
            ("Host: a\r\nContent-Type: a/b\r\nContent-Type: a/b", .requestFieldDuplicate),
            ("Host: a\r\nAuthorization: a\r\nAuthorization: b", .requestFieldDuplicate),
            ("Host: a\r\nRange: bytes=0-1\r\nRange: bytes=0-1", .requestFieldDuplicate),
            ("Host: a\r\nExpect: 100-continue\r\nExpect: 100-continue", .requestFieldDuplicate),
            ("Host: a\r\nExpect: 200-ok", .requestExpect), ("Host: a\r\nExpect:", .requestExpect),
            ("Host: a\r\nConnection: a b", .requestConnection), ("Host: a\r\nConnection: a;b", .requestConnection),
            ("Host: a\r\nConnection: Host", .requestConnection),
            ("Host: a\r\nConnection: close, Cookie", .requestConnection),
            ("Host: a\r\nConnection: content-length", .requestConnection),
            ("Host: a\r\nConnection: Transfer-Encoding", .requestConnection),
            ("Host: a\r\nConnection: authorization", .requestConnection),
            ("Host: a\r\nConnection: X-Forwarded-For", .requestConnection),
            ("Host: a\r\nConnection: x-forwarded-prefix", .requestConnection),
            ("Host: a\r\nConnection: X-Real-IP", .requestConnection),
            ("Host: a\r\nConnection: close\r\nConnection: via", .requestConnection),
            ("Host: a\r\nConnection: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q", .requestConnection),
        ])
    func fields(lines: String, expected: Reason) {
        #expect(reason("GET / HTTP/1.1\r\n" + (lines.isEmpty ? "" : lines + "\r\n") + "\r\n") == expected)
    }

    @Test(
        "because their length could be understood in two ways: the smuggling corpus",
        arguments: [
            // Content-Length alone.
            ("Content-Length: ", Reason.requestLength), ("Content-Length: +5", .requestLength),
            ("Content-Length: -5", .requestLength), ("Content-Length: 5 5", .requestLength),
            ("Content-Length: 5, 5", .requestLength), ("Content-Length: 5,", .requestLength),
            ("Content-Length: 0x5", .requestLength), ("Content-Length: 5.0", .requestLength),
            ("Content-Length: 5e1", .requestLength), ("Content-Length: \u{b}5", .requestFieldValue),
            ("Content-Length: 9223372036854775808", .requestLength),
            ("Content-Length: 18446744073709551616", .requestLength),
            ("Content-Length: 99999999999999999999999", .requestLength), ("Content-Length: five", .requestLength),
            ("Content-Length: \u{b2}", .requestLength), ("Content-Length : 5", .requestFieldColon),
            ("Content-Length: 5\r\nContent-Length: 5", .requestLengthDuplicate),
            ("Content-Length: 5\r\nContent-Length: 6", .requestLengthDuplicate),
            ("Content-Length: 5\r\ncontent-length: 0", .requestLengthDuplicate),
            ("Content-Length: 5\r\n Content-Length: 6", .requestFieldFolded),
            // CL.TE and TE.CL.
            ("Content-Length: 5\r\nTransfer-Encoding: chunked", .requestLengthConflict),
            ("Transfer-Encoding: chunked\r\nContent-Length: 5", .requestLengthConflict),
            ("Transfer-Encoding: identity\r\nContent-Length: 5", .requestLengthConflict),
            ("Transfer-Encoding:\r\nContent-Length: 5", .requestLengthConflict),
            ("Content-Length: 0\r\nTransfer-Encoding: chunked", .requestLengthConflict),
            // TE.TE: every way to hide the coding from one of two servers.
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .requestTransferEncoding),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", .requestTransferEncoding),
            ("Transfer-Encoding: identity\r\nTransfer-encoding: chunked", .requestTransferEncoding),
            ("Transfer-Encoding : chunked", .requestFieldColon), ("Transfer-Encoding\t: chunked", .requestFieldColon),
            (" Transfer-Encoding: chunked", .requestFieldFolded),
            ("Transfer-Encoding:\r\n chunked", .requestFieldFolded),
            ("Transfer-Encoding:\n chunked", .requestFieldBareLF),
            ("X: a\rTransfer-Encoding: chunked", .requestFieldBareCR),
            ("X: a\nTransfer-Encoding: chunked", .requestFieldBareLF),
            ("Transfer-Encoding: \u{b}chunked", .requestFieldValue),
            ("Transfer-Encoding: chunked\u{b}", .requestFieldValue),
            ("Transfer-Encoding: chunked\u{0}", .requestFieldValue),
            ("Transfer-Encoding\u{0}: chunked", .requestFieldName),
            ("Transfer\u{8}-Encoding: chunked", .requestFieldName),
            ("Transfer-Encoding: chunked\r", .requestFieldBareCR),
            ("Transfer-Encoding: \u{a0}chunked", .requestTransferEncoding),
            ("Transfer-Encoding: xchunked", .requestTransferCoding),
            ("Transfer-Encoding: chunkedx", .requestTransferCoding),
            ("Transfer-Encoding: identity", .requestTransferCoding),
            ("Transfer-Encoding: gzip, chunked", .requestTransferCoding),
            ("Transfer-Encoding: cow", .requestTransferCoding), ("Transfer-Encoding: gzip", .requestTransferCoding),
            ("Transfer-Encoding: chunked, gzip", .requestTransferEncoding),
            ("Transfer-Encoding: chunked, chunked", .requestTransferEncoding),
            ("Transfer-Encoding: chunked, identity", .requestTransferEncoding),
            ("Transfer-Encoding: chunked,", .requestTransferEncoding),
            ("Transfer-Encoding: ,chunked", .requestTransferEncoding),
            ("Transfer-Encoding: \"chunked\"", .requestTransferEncoding),
            ("Transfer-Encoding: 'chunked'", .requestTransferCoding),
            ("Transfer-Encoding: chunked;q=1", .requestTransferEncoding),
            ("Transfer-Encoding: chunk ed", .requestTransferEncoding),
            ("Transfer-Encoding:", .requestTransferEncoding), ("Transfer-Encoding: ,", .requestTransferEncoding),
        ])
    func smuggling(lines: String, expected: Reason) {
        #expect(reason("POST / HTTP/1.1\r\n" + MalformedRequestTests.host + lines + "\r\n\r\n") == expected)
        #expect(reason("POST / HTTP/1.1\r\n" + lines + "\r\n" + MalformedRequestTests.host + "\r\n") == expected)
    }

    @Test("because HTTP/1.0 knows no Transfer-Encoding")
    func transferEncodingInOldVersion() {
        #expect(reason("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == .requestTransferEncodingVersion)
    }

    @Test("for their size: each limit holds, and one less is accepted")
    func limits() {
        var limits = HeadLimits()
        limits.fields = 3
        let three = "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n"
        #expect(reason(three + "\r\n", limits: limits) == nil)
        #expect(reason(three + "C: 3\r\n\r\n", limits: limits) == .requestFieldCount)
        #expect(reason(three + "C_D: 3\r\n\r\n", limits: limits) == .requestFieldCount)
        limits = HeadLimits()
        limits.head = 40
        let fixed = "GET / HTTP/1.1\r\nHost: a\r\nA: \r\n\r\n".utf8.count
        for extra in [0, 1] {
            let value = String(repeating: "v", count: 40 - fixed + extra)
            let expected = extra == 0 ? nil : Reason.requestHeadSize
            #expect(reason("GET / HTTP/1.1\r\nHost: a\r\nA: \(value)\r\n\r\n", limits: limits) == expected)
        }
        limits = HeadLimits()
        limits.target = 10
        #expect(reason("GET /aaaaaaaaa HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits) == nil)
        #expect(reason("GET /aaaaaaaaaa HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits) == .requestTargetSize)
        // The canonical form counts, too: this one grows to twelve bytes.
        #expect(reason("GET /aaaaaa||a HTTP/1.1\r\nHost: a\r\n\r\n", limits: limits) == .requestTargetSize)
        limits = HeadLimits()
        limits.fieldName = 4
        limits.fieldValue = 3
        #expect(reason("GET / HTTP/1.1\r\nHost: abc\r\n\r\n", limits: limits) == nil)
        #expect(reason("GET / HTTP/1.1\r\nHost: abcd\r\n\r\n", limits: limits) == .requestFieldSize)
        #expect(reason("GET / HTTP/1.1\r\nHosts: abc\r\n\r\n", limits: limits) == .requestFieldNameSize)
    }

    @Test("still show method and target to the log")
    func salvage() {
        let parsed = parse(
            "POST /a%2fb?c=d HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(parsed.outcome == .malformed(.pathEncodedSlash))
        #expect(parsed.method == "POST")
        #expect(parsed.rawTarget == "/a%2fb?c=d")
        let cut = parse("GET /x HTTP/1.1\nHost: a\n\n")
        #expect(cut.outcome == .malformed(.requestLineBareLF))
        #expect(cut.method == "GET")
        #expect(cut.rawTarget == "/x")
        let large = parse("GET /y HTTP/1.1\r\nA: " + String(repeating: "v", count: 30_000))
        #expect(large.outcome == .malformed(.requestHeadSize))
        #expect(large.rawTarget == "/y")
    }

    @Test("for bytes behind the empty line, which are not the head's")
    func trailingBytes() {
        #expect(reason("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /") == .requestHeadTruncated)
    }

    @Test("whatever byte of a valid head is changed, the head is refused or means the same to whoever reads it again")
    func everyByte() {
        let head = "POST /a/b?c=d HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\nX-A: b\r\n\r\n"
        for place in 0..<head.utf8.count {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array(head.utf8)
                bytes[place] = byte
                let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
                let parsed = parse(text)
                if parsed.outcome != .complete { continue }
                var rules = ForwardingRules()
                rules.xForwarded = .remove
                rules.forwarded = .remove
                rules.via = .remove
                let once = parse(text, forwarding: rules).forwarded
                let again = parse(once, forwarding: rules)
                if again.outcome != .complete || again.forwarded != once {
                    Issue.record("byte \(byte) at \(place): \(once)")
                }
            }
        }
    }
}
