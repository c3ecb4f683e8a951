internal import Bytes
internal import Wire

/// What a TLS server signs, and nothing else.
enum HandshakeContent {
    /// The hashes of the TLS 1.3 cipher suites are 32 or 48 bytes long.
    static func isTranscriptHash(_ content: Span<UInt8>) -> Bool { content.count == 32 || content.count == 48 }

    /// Builds the content of a server's CertificateVerify over `hash` (RFC 8446 section 4.4.3): 64 spaces, the
    /// context string, a zero, the hash. A client's, or any other protocol's, content begins differently.
    @_lifetime(writer: copy writer)
    static func writeCertificateVerify(_ hash: Span<UInt8>, to writer: inout ByteWriter) {
        for _ in 0..<64 { writer.append(0x20) }
        writer.append("TLS 1.3, server CertificateVerify")
        writer.append(0)
        writer.append(hash)
    }

    /// Whether `content` is what a server signs for an ECDHE key exchange (RFC 8422 section 5.4): both randoms, a
    /// named curve and a point of exactly its length. Where TLS 1.3 is offered too, the server's random must end in
    /// the downgrade sentinel (RFC 8446 section 4.1.3), which makes a client that speaks TLS 1.3 refuse.
    static func isServerKeyExchange(_ content: Span<UInt8>, offersTLS13: Bool) -> Bool {
        let parameters = 64
        let namedCurve: UInt8 = 3
        if content.count < parameters + 4 || content[parameters] != namedCurve { return false }
        let group = UInt16(content[parameters + 1]) << 8 | UInt16(content[parameters + 2])
        let point = parameters + 4
        switch group {
        case 0x001d:  // X25519
            if content[parameters + 3] != 32 || content.count != point + 32 { return false }
        case 0x0017:  // P-256, uncompressed
            if content[parameters + 3] != 65 || content.count != point + 65 || content[point] != 4 { return false }
        case 0x0018:  // P-384, uncompressed
            if content[parameters + 3] != 97 || content.count != point + 97 || content[point] != 4 { return false }
        default: return false
        }
        return !offersTLS13 || endsInSentinel(content)
    }

    /// The last eight bytes of the server's random, which is the second one.
    private static func endsInSentinel(_ content: Span<UInt8>) -> Bool {
        let sentinel: StaticString = "DOWNGRD\u{01}"
        let expected = sentinel.bytes
        for index in expected.indices where content[56 + index] != expected[index] { return false }
        return true
    }
}
