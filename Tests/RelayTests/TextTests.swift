import Bytes
import Plan
import Testing

@testable import Relay

@Suite("Dates and addresses as they stand in fields")
struct TextTests {
    private func date(_ seconds: UInt64) -> String {
        var date = HTTPDate()
        date.update(seconds)
        let bytes = date.bytes
        return String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }

    @Test(
        "Dates are IMF-fixdate",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ] as [(UInt64, String)])
    func dates(_ seconds: UInt64, _ text: String) { #expect(date(seconds) == text) }

    @Test("A date is brought forward")
    func update() {
        var date = HTTPDate()
        date.update(0)
        date.update(784_111_777)
        let bytes = date.bytes
        #expect(String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self).hasPrefix("Sun, 06 Nov 1994"))
    }

    /// The text of an address given as eight groups.
    private func text(_ groups: [UInt16]) -> String {
        var octets = InlineArray<16, UInt8>(repeating: 0)
        for (index, group) in groups.enumerated() {
            octets[2 * index] = UInt8(group >> 8)
            octets[2 * index + 1] = UInt8(group & 0xff)
        }
        var storage = [UInt8](repeating: 0, count: 64)
        var span = storage.mutableSpan
        var writer = ByteWriter(span._mutatingExtracting(0..<64))
        writer.append(address: IPAddress(octets: octets))
        let count = writer.count
        return String(decoding: storage.prefix(count), as: UTF8.self)
    }

    @Test(
        "Addresses are written as RFC 5952 has it",
        arguments: [
            ([0, 0, 0, 0, 0, 0xffff, 0xcb00, 0x7109], "203.0.113.9"),
            ([0, 0, 0, 0, 0, 0xffff, 0, 0], "0.0.0.0"),
            ([0, 0, 0, 0, 0, 0xffff, 0xffff, 0xffff], "255.255.255.255"),
            ([0, 0, 0, 0, 0, 0, 0, 1], "::1"),
            ([0, 0, 0, 0, 0, 0, 0, 0], "::"),
            ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
            ([0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], "2001:db8:0:1:1:1:1:1"),
            ([0x2001, 0, 0, 1, 0, 0, 0, 1], "2001:0:0:1::1"),
            ([0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], "2001:db8::1:0:0:1"),
            ([0xfe80, 0, 0, 0, 0, 0, 0, 0], "fe80::"),
            ([0, 0, 1, 2, 3, 4, 5, 6], "::1:2:3:4:5:6"),
            ([1, 2, 3, 4, 5, 6, 7, 8], "1:2:3:4:5:6:7:8"),
        ] as [([UInt16], String)])
    func addresses(_ groups: [UInt16], _ expected: String) { #expect(text(groups) == expected) }
}
