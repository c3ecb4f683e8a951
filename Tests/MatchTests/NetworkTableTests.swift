import Match
import Plan
import Testing

@Suite("Networks")
struct NetworkTableTests {
    @Test("an address is in a set when it is in one of its blocks, compared with all blocks in turn")
    func oracle() {
        var random = SplitMix(state: 7)
        for _ in 0..<60 {
            let blocks = (0..<Int.random(in: 1...40, using: &random)).map { _ in block(&random) }
            let table = NetworkTable([[], blocks])
            for _ in 0..<300 {
                let address = near(blocks.randomElement(using: &random)!.address, &random)
                let isIn = table.contains(address, set: 1)
                let isInEmpty = table.contains(address, set: 0)
                #expect(isIn == blocks.contains { $0.contains(address) } && !isInEmpty, "\(address)")
            }
        }
    }

    @Test("blocks of every length hold their first and last address, and not their neighbours")
    func lengths() {
        for isIPv4 in [true, false] {
            for length in 0...(isIPv4 ? 32 : 128) {
                let some = isIPv4 ? IPAddress("203.0.113.77")! : IPAddress("2001:db8:1234:5678:9abc:def0:1234:5678")!
                let block = AddressBlock(AddressBlock.first(of: some, prefixLength: length), prefixLength: length)!
                let table = NetworkTable([[block]])
                for bit in 0..<(isIPv4 ? 32 : 128) {
                    let other = flipped(some, bit: bit + (isIPv4 ? 96 : 0))
                    let isIn = table.contains(other, set: 0)
                    #expect(isIn == (bit >= length), "/\(length), bit \(bit)")
                }
                let isIn = table.contains(some, set: 0)
                #expect(isIn)
            }
        }
    }

    @Test("a block for all of one family holds nothing of the other")
    func families() {
        let table = NetworkTable([
            [AddressBlock(IPAddress("::")!, prefixLength: 0)!], [AddressBlock(IPAddress("0.0.0.0")!, prefixLength: 0)!],
        ])
        let found = [IPAddress("192.0.2.1")!, IPAddress("2001:db8::1")!].map { address in
            (0...1).map { table.contains(address, set: $0) }
        }
        #expect(found == [[false, true], [true, false]])
    }

    private func block(_ random: inout SplitMix) -> AddressBlock {
        let isIPv4 = Bool.random(using: &random)
        // Few different values at the top, so that blocks lie within and beside one another.
        let address =
            isIPv4
            ? IPAddress(ipv4: UInt32(10) << 24 | UInt32.random(in: 0...0x3ffff, using: &random))
            : IPAddress(high: 0x2001_0db8 << 32 | UInt64.random(in: 0...15, using: &random), low: random.next())
        let length = Int.random(in: isIPv4 ? 12...32 : 56...128, using: &random)
        return AddressBlock(AddressBlock.first(of: address, prefixLength: length), prefixLength: length)!
    }

    private func near(_ address: IPAddress, _ random: inout SplitMix) -> IPAddress {
        flipped(address, bit: Int.random(in: address.isIPv4 ? 100...127 : 40...127, using: &random))
    }

    private func flipped(_ address: IPAddress, bit: Int) -> IPAddress {
        IPAddress(
            high: bit < 64 ? address.high ^ 1 << UInt64(63 - bit) : address.high,
            low: bit < 64 ? address.low : address.low ^ 1 << UInt64(127 - bit))
    }
}
