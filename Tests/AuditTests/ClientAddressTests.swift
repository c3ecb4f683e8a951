import Testing

@testable import Audit

@Suite("Client addresses")
struct ClientAddressTests {
    @Test(
        "addresses are written as RFC 5952 has them",
        arguments: [
            ("203.0.113.9", "203.0.113.9"), ("0.0.0.0", "0.0.0.0"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("0:0:1::", "0:0:1::"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("fe80::", "fe80::"),
        ])
    func written(text: String, expected: String) throws {
        #expect(addressText(try #require(address(text))) == expected)
    }

    @Test(
        "what is no address is not read",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1..3.4", ":", ":::", "1:2", "1::2::3",
            "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "::g", "1:2:3:4:5:6:7:", ":1::", "::1.2.3", "fe80::1%eth0",
        ])
    func notRead(text: String) { #expect(address(text) == nil) }

    @Test(
        "a block holds its addresses and no others",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", false), ("::/0", "2001:db8::1", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("203.0.113.9", "203.0.113.9", true), ("203.0.113.9", "203.0.113.8", false),
            ("2001:db8::1/128", "2001:db8::1", true), ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
            ("2001:db8::/65", "2001:db8::7fff:0:0:0", true),
        ])
    func blocks(text: String, client: String, expected: Bool) throws {
        #expect(try #require(block(text)).contains(try #require(address(client))) == expected)
    }

    @Test("what is no block is not read", arguments: ["10.0.0.0/33", "::/129", "10.0.0.0/", "/8", "10.0.0.0/x", "10/8"])
    func noBlock(text: String) { #expect(block(text) == nil) }
}
