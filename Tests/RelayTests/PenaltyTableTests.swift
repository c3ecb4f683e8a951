import Plan
import Testing

@testable import Relay

@Suite("Networks from which HTTP/2 was abused")
struct PenaltyTableTests {
    @Test("A penalty is for the network, and for its time")
    func network() throws {
        var table = PenaltyTable()
        let four = try #require(IPAddress("192.0.2.7"))
        let six = try #require(IPAddress("2001:db8:1:2::7"))
        table.add(four, until: 100, size: 64)
        table.add(six, until: 100, size: 64)
        for near in ["192.0.2.7", "192.0.2.250", "2001:db8:1:2::7", "2001:db8:1:ff:1::"] {
            let address = try #require(IPAddress(near))
            #expect(table.contains(address, now: 99, size: 64))
            #expect(!table.contains(address, now: 100, size: 64))
        }
        for far in ["192.0.3.7", "2001:db8:1:100::7", "::"] {
            #expect(!table.contains(try #require(IPAddress(far)), now: 99, size: 64))
        }
    }

    @Test("Where there is no room the one that ends first makes some, and another penalty prolongs the first")
    func room() throws {
        var table = PenaltyTable()
        let addresses = (0..<5).map { IPAddress(ipv4: UInt32($0) << 8) }
        for (index, address) in addresses.enumerated() { table.add(address, until: UInt64(100 + index), size: 4) }
        #expect(!table.contains(addresses[0], now: 1, size: 4))
        for address in addresses[1...] { #expect(table.contains(address, now: 1, size: 4)) }
        table.add(addresses[1], until: 1_000, size: 4)
        #expect(table.contains(addresses[1], now: 999, size: 4) && table.contains(addresses[2], now: 1, size: 4))
    }
}
