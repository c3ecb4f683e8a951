import Bytes
import HTTP1
import Testing

@Suite("The opening handshake of WebSocket")
struct WebSocketHandshakeTests {
    private func isAnswer(_ answer: String, _ head: String) -> Bool {
        let answer = Array(answer.utf8)
        let head = Array(head.utf8)
        return WebSocketHandshake.isAnswer(answer.span, toKeyIn: head.span)
    }

    @Test("The answer of RFC 6455 section 1.3 is one, another is none")
    func answer() {
        let head = "GET /chat HTTP/1.1\r\nHost: a\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        #expect(isAnswer("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head))
        #expect(!isAnswer("s3pPLMBiTxaQ9kYGzzhZRbK+xOp=", head))
        #expect(!isAnswer("", head))
        #expect(!isAnswer("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "GET /chat HTTP/1.1\r\nHost: a\r\n\r\n"))
        #expect(!isAnswer("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "GET / HTTP/1.1\r\nSec-WebSocket-Key: short\r\n\r\n"))
    }

    @Test("A key is base64 of its bytes")
    func key() {
        // "the sample nonce"
        let key = WebSocketHandshake.key(0x7468_6520_7361_6d70, 0x6c65_206e_6f6e_6365)
        var text = ""
        for index in 0..<WebSocketHandshake.keySize { text.unicodeScalars.append(Unicode.Scalar(key[index])) }
        #expect(text == "dGhlIHNhbXBsZSBub25jZQ==")
    }
}
