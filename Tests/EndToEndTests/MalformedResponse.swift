import Testing

/// A response that nobody may take for one.
struct MalformedResponse: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let response: String
    let reason: String

    init(_ description: String, _ response: String, _ reason: String) {
        testDescription = description
        self.response = response
        self.reason = "upstream.\(reason)"
    }

    static let all: [MalformedResponse] = [
        MalformedResponse("nothing", "", "closed"),
        MalformedResponse("no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", "response.head"),
        MalformedResponse("half a head", "HTTP/1.1 200 OK\r\nX: 1\r\n", "response.truncated"),
        MalformedResponse("HTTP/2.0", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", "response.version"),
        MalformedResponse("a status that is none", "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n", "response.status"),
        MalformedResponse("status 999", "HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n", "response.status"),
        MalformedResponse("a bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "response.head"),
        MalformedResponse(
            "a blank before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n", "response.field"),
        MalformedResponse(
            "a folded line", "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\nContent-Length: 0\r\n\r\n", "response.field"),
        MalformedResponse(
            "NUL in a value", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n", "response.field"),
        MalformedResponse(
            "Content-Length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "response.framing"),
        MalformedResponse(
            "two Content-Lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "response.framing"),
        MalformedResponse(
            "Content-Length and Transfer-Encoding",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "response.framing"),
        MalformedResponse(
            "an unknown transfer coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "response.framing"),
        MalformedResponse("204 with a body", "HTTP/1.1 204 No\r\nContent-Length: 3\r\n\r\nabc", "response.framing"),
        MalformedResponse(
            "a chunk size that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "response.chunk"
        ),
        MalformedResponse(
            "a malformed trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX : 1\r\n\r\n",
            "response.trailer"),
        MalformedResponse(
            "a head that is too large", "HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n",
            "response.size"),
        MalformedResponse(
            "interim responses without end", String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 99),
            "response.framing"),
    ]
}
