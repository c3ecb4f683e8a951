import HTTPModel
import Testing

@Suite("Authorities")
struct AuthorityTests {
    /// `host|port` in canonical form; nil when the authority is refused.
    private func canonical(_ text: String) -> String? {
        var output = [UInt8](repeating: 0, count: Authority.longestHost)
        var span = output.mutableSpan
        guard let authority = Authority.parse(Array(text.utf8).span, to: &span) else { return nil }
        return String(decoding: output[..<authority.hostCount], as: UTF8.self) + "|\(authority.port)"
    }

    @Test(
        "are read into one canonical form",
        arguments: [
            ("example.com", "example.com|0"), ("Example.COM", "example.com|0"), ("example.com.", "example.com|0"),
            ("example.com:8443", "example.com|8443"), ("EXAMPLE.com.:1", "example.com|1"), ("a:65535", "a|65535"),
            ("localhost", "localhost|0"), ("intra_wiki.local", "intra_wiki.local|0"),
            ("xn--wgv71a.jp", "xn--wgv71a.jp|0"),
            ("192.0.2.1", "192.0.2.1|0"), ("192.0.2.1:80", "192.0.2.1|80"), ("192.0.2.1.", "192.0.2.1|0"),
            ("1.example", "1.example|0"),
            ("0xg", "0xg|0"), ("[::1]", "[::1]|0"), ("[::]:443", "[::]|443"),
            ("[0:0:0:0:0:0:0:1]", "[::1]|0"), ("[2001:DB8::00A0]", "[2001:db8::a0]|0"),
            ("[2001:db8:0:1:1:1:1:1]", "[2001:db8:0:1:1:1:1:1]|0"), ("[2001:db8:0:0:1:0:0:1]", "[2001:db8::1:0:0:1]|0"),
            ("[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]|0"), ("[::ffff:192.0.2.1]", "[::ffff:c000:201]|0"),
            ("[1::]", "[1::]|0"), ("[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7:0]|0"),
            ("[::2:3:4:5:6:7:8]", "[0:2:3:4:5:6:7:8]|0"),
        ])
    func valid(text: String, expected: String) {
        #expect(canonical(text) == expected)
        // What is canonical stays as it is.
        let host = String(expected.prefix { $0 != "|" })
        #expect(canonical(host)?.hasPrefix(host + "|") == true)
    }

    @Test(
        "of other forms are refused",
        arguments: [
            "", ".", "..", ".example.com", "example..com", "example.com..", "example.com:", "example.com:0",
            "example.com:080", "example.com:65536", "example.com:99999999999", "example.com:8a", "example.com:-1",
            "example.com:+1", "example.com:80:80", ":80", "user@example.com", "user:secret@example.com", "exa mple.com",
            "example.com/", "example%2ecom", "ex%61mple.com", "example.com\u{0}", "exämple.com", "a,b", "a;b", "a'b",
            "127.1", "127.0.0", "127.0.0.1.1", "127.0.0.256", "127.0.0.01", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001",
            "2130706433", "1.2.3", "example.0x", "example.12", "::1", "[::1", "::1]", "[]", "[:]", "[:::]",
            "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[1::2::3]", "[12345::]", "[g::]", "[1:]",
            "[::1%25eth0]", "[v1.x]", "[::1]x", "[::1]:", "[::ffff:192.0.2.256]", "[192.0.2.1]", "[:1]", "[::1.2.3]",
            "[1:2:3:4:5:6:7:1.2.3.4]", "[::1.2.3.4:1]",
            String(repeating: "a", count: 64) + ".com", String(repeating: "a.", count: 128),
        ])
    func invalid(text: String) {
        #expect(canonical(text) == nil)
    }

    @Test("of the greatest length are accepted")
    func longest() {
        let label = String(repeating: "a", count: 63)
        let longest = [label, label, label, String(repeating: "a", count: 61)].joined(separator: ".")
        #expect(longest.utf8.count == Authority.longestHost)
        #expect(canonical(longest) == longest + "|0")
        #expect(canonical(longest + "a") == nil)
    }
}
