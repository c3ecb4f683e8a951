import Plan
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "an address is written as RFC 5952 says, whatever form it was read in",
        arguments: [
            ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("203.0.113.9", "203.0.113.9"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::1", "2001:db8::1"),
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ])
    func text(written: String, canonical: String) throws {
        let address = try #require(IPAddress(written))
        #expect(address.description == canonical)
        #expect(IPAddress(canonical) == address)
        #expect(IPAddress(octets: address.octets) == address)
    }

    @Test(
        "what is not an address is refused",
        arguments: [
            "", ".", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.", ".1.2.3", "1..2.3",
            "1.2.3.4 ", "a.b.c.d", ":", ":::", "1:", ":1", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "g::", "fe80::1%eth0", "1.2.3.4::", "::1.2.3.4.5",
            "::1.2.3.4:1",
        ])
    func notAddresses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("a block holds the addresses that share its bits, and only those of its family")
    func blocks() {
        let office = PlanSample.block("203.0.113.0", 24)
        #expect(office.contains(IPAddress("203.0.113.255")!) && !office.contains(IPAddress("203.0.114.0")!))
        #expect(PlanSample.block("0.0.0.0", 0).contains(IPAddress("8.8.8.8")!))
        #expect(!PlanSample.block("0.0.0.0", 0).contains(IPAddress("2001:db8::1")!))
        #expect(!PlanSample.block("::", 0).contains(IPAddress("8.8.8.8")!))
        #expect(PlanSample.block("::", 0).contains(IPAddress("2001:db8::1")!))
        let net = PlanSample.block("2001:db8:10::", 48)
        #expect(net.contains(IPAddress("2001:db8:10:ffff::1")!) && !net.contains(IPAddress("2001:db8:11::")!))
        #expect(PlanSample.block("2001:db8::42", 128).contains(IPAddress("2001:db8::42")!))
    }

    @Test("a block with bits behind its length, or with too long a length, is none")
    func notBlocks() {
        #expect(AddressBlock(IPAddress("10.0.0.1")!, prefixLength: 8) == nil)
        #expect(AddressBlock(IPAddress("10.0.0.0")!, prefixLength: 33) == nil)
        #expect(AddressBlock(IPAddress("::")!, prefixLength: 129) == nil)
        #expect(AddressBlock(IPAddress("2001:db8::1")!, prefixLength: 64) == nil)
    }
}
