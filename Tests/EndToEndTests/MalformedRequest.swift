import Testing

/// A request that nobody may pass on.
struct MalformedRequest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let request: String
    let status: Int
    let reason: String

    init(_ description: String, _ request: String, _ status: Int, _ reason: String) {
        testDescription = description
        self.request = request
        self.status = status
        self.reason = reason
    }

    private static let host = "Host: a.example.test\r\n"

    private static func get(_ fields: String) -> String { "GET /bad HTTP/1.1\r\n\(host)\(fields)\r\n" }

    private static func post(_ rest: String) -> String { "POST /bad HTTP/1.1\r\n\(host)\(rest)" }

    static let requestLines: [MalformedRequest] = [
        MalformedRequest("a method that is no token", "GE(T /bad HTTP/1.1\r\n\(host)\r\n", 400, "request.method"),
        MalformedRequest(
            "CONNECT", "CONNECT a.example.test:443 HTTP/1.1\r\n\(host)\r\n", 501, "request.method.connect"),
        MalformedRequest("TRACE", "TRACE /bad HTTP/1.1\r\n\(host)\r\n", 501, "request.method.trace"),
        MalformedRequest("no target", "GET HTTP/1.1\r\n\(host)\r\n", 400, "request.version"),
        MalformedRequest("a blank in the target", "GET /bad x HTTP/1.1\r\n\(host)\r\n", 400, "request.version"),
        MalformedRequest("a fragment", "GET /bad#x HTTP/1.1\r\n\(host)\r\n", 400, "path.character"),
        MalformedRequest("authority-form", "GET a.example.test:80 HTTP/1.1\r\n\(host)\r\n", 400, "request.target"),
        MalformedRequest("an asterisk for GET", "GET * HTTP/1.1\r\n\(host)\r\n", 400, "request.target.form"),
        MalformedRequest(
            "absolute-form for another host", "GET http://b.example.test/ HTTP/1.1\r\n\(host)\r\n", 400,
            "request.target.authority"),
        MalformedRequest(
            "absolute-form with another scheme", "GET https://a.example.test/bad HTTP/1.1\r\n\(host)\r\n", 400,
            "request.target.scheme"),
        MalformedRequest("a version that is none", "GET /bad HTTX/1.1\r\n\(host)\r\n", 400, "request.version"),
        MalformedRequest("HTTP/2.0", "GET /bad HTTP/2.0\r\n\(host)\r\n", 505, "request.version.unsupported"),
        MalformedRequest("HTTP/0.9", "GET /bad\r\n\r\n", 400, "request.version"),
        MalformedRequest(
            "a bare LF behind the line", "GET /bad HTTP/1.1\n\(host)\r\n", 400, "request.line.bare-lf"),
        MalformedRequest(
            "a bare CR in the line", "GET /bad\rx HTTP/1.1\r\n\(host)\r\n", 400, "request.line.bare-cr"),
        MalformedRequest("NUL in the target", "GET /bad\0 HTTP/1.1\r\n\(host)\r\n", 400, "request.target"),
        MalformedRequest(
            "a TLS handshake", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\r\n\r\n", 400, "request.not-http"),
        MalformedRequest("a path above the root", "GET /../bad HTTP/1.1\r\n\(host)\r\n", 400, "path.beyond-root"),
        MalformedRequest("an encoded slash", "GET /bad%2f HTTP/1.1\r\n\(host)\r\n", 400, "path.encoded-slash"),
        MalformedRequest("an encoded NUL", "GET /bad%00 HTTP/1.1\r\n\(host)\r\n", 400, "path.nul"),
        MalformedRequest("a percent sign alone", "GET /bad%zz HTTP/1.1\r\n\(host)\r\n", 400, "path.percent"),
    ]

    static let fieldLines: [MalformedRequest] = [
        MalformedRequest("a field name that is no token", get("X(Y: 1\r\n"), 400, "request.field.name"),
        MalformedRequest("a blank before the colon", get("X : 1\r\n"), 400, "request.field.colon"),
        MalformedRequest("no colon", get("X\r\n"), 400, "request.field.name"),
        MalformedRequest("a folded line", get("X: 1\r\n 2\r\n"), 400, "request.field.folded"),
        MalformedRequest("NUL in a value", get("X: a\0b\r\n"), 400, "request.field.value"),
        MalformedRequest("a control character in a value", get("X: a\u{1}b\r\n"), 400, "request.field.value"),
        MalformedRequest("a bare CR in a value", get("X: a\rb\r\n"), 400, "request.field.bare-cr"),
        MalformedRequest("a bare LF in a value", get("X: a\nb: c\r\n"), 400, "request.field.bare-lf"),
        MalformedRequest("no Host", "GET /bad HTTP/1.1\r\n\r\n", 400, "request.host.missing"),
        MalformedRequest("two Hosts", get(host), 400, "request.host.duplicate"),
        MalformedRequest(
            "a Host that is none", "GET /bad HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "request.host.invalid"),
        MalformedRequest("an unknown expectation", get("Expect: tea\r\n"), 417, "request.expect"),
        MalformedRequest("Connection that names Host", get("Connection: host\r\n"), 400, "request.connection"),
    ]

    static let framings: [MalformedRequest] = [
        MalformedRequest(
            "Content-Length that is no number", post("Content-Length: +1\r\n\r\nx"), 400, "request.length"),
        MalformedRequest(
            "two Content-Lengths", post("Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"), 400,
            "request.length.duplicate"),
        MalformedRequest("a list of Content-Lengths", post("Content-Length: 1, 1\r\n\r\nx"), 400, "request.length"),
        MalformedRequest(
            "Content-Length and Transfer-Encoding",
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400, "request.length.conflict"),
        MalformedRequest(
            "an unknown transfer coding", post("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501,
            "request.transfer-coding"),
        MalformedRequest(
            "two Transfer-Encodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            400, "request.transfer-encoding"),
        MalformedRequest(
            "Transfer-Encoding in HTTP/1.0",
            "POST /bad HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
            "request.transfer-encoding.version"),
    ]

    /// All of them are told while or after the head was passed on; the server must not take the body for whole.
    static let chunkings: [MalformedRequest] = [
        MalformedRequest("a chunk size that is none", "xyz\r\n", 400, "request.chunk.size"),
        MalformedRequest("a negative chunk size", "-1\r\n", 400, "request.chunk.size"),
        MalformedRequest("a chunk size that is too large", "FFFFFFFFFFFFFFFFF\r\n", 400, "request.chunk.size"),
        MalformedRequest("a bare LF behind a chunk size", "1\nx\r\n0\r\n\r\n", 400, "request.chunk.bare-lf"),
        MalformedRequest("a chunk longer than its size", "1\r\nxy\r\n0\r\n\r\n", 400, "request.chunk"),
        MalformedRequest(
            "a chunk extension without end", "1;\(String(repeating: "x", count: 9_999))\r\n", 400,
            "request.chunk.extension"),
        MalformedRequest("a malformed trailer", "0\r\nX : 1\r\n\r\n", 400, "request.trailer"),
        MalformedRequest(
            "Content-Length in the trailer", "0\r\nContent-Length: 1\r\n\r\n", 400, "request.trailer.field"),
    ]
}
