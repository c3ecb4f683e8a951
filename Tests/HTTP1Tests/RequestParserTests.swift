import HTTP1
import HTTPModel
import Testing

@Suite("Requests that are valid")
struct RequestParserTests {
    static let browser =
        "GET /wiki/Main%20Page?action=edit HTTP/1.1\r\nHost: Wiki.Example.co.jp\r\n"
        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        + "Accept-Language: ja,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
        + "Referer: https://wiki.example.co.jp/\r\nConnection: keep-alive\r\nCookie: session=0123456789abcdef\r\n"
        + "\r\n"

    @Test("a browser's request is read and forwarded with its fields in order")
    func browserRequest() {
        let parsed = parse(RequestParserTests.browser)
        #expect(parsed.outcome == .complete)
        #expect(parsed.method == "GET")
        #expect(parsed.host == "wiki.example.co.jp")
        #expect(parsed.path == "/wiki/Main%20Page")
        #expect(parsed.query == "action=edit")
        #expect(parsed.framing == .none)
        #expect(!parsed.wantsClose)
        #expect(parsed.hopByHop == ["Connection: keep-alive"])
        #expect(
            parsed.forwarded
                == "GET /wiki/Main%20Page?action=edit HTTP/1.1\r\nHost: wiki.example.co.jp\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
                + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                + "Accept-Language: ja,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
                + "Referer: https://wiki.example.co.jp/\r\nCookie: session=0123456789abcdef\r\n"
                + "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: wiki.example.co.jp\r\n"
                + "Forwarded: for=192.0.2.1;host=wiki.example.co.jp;proto=https\r\nVia: 1.1 masugata\r\n\r\n")
    }
}
