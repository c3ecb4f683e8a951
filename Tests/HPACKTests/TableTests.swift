import HPACK
import Testing

@Suite("Tables and budgets")
struct TableTests {
    /// A literal with indexing, plain.
    private func literal(_ name: String, _ value: String) -> [UInt8] {
        precondition(name.utf8.count < 127 && value.utf8.count < 127)
        return [0x40, UInt8(name.utf8.count)] + latin(name) + [UInt8(value.utf8.count)] + latin(value)
    }

    @Test("RFC 7541 4.4: an entry larger than the table empties it and is no error")
    func largeEntry() throws {
        var decoding = Decoding()
        decoding.decoder.limitTable(to: 64)
        #expect(try decoding.decode(hexadecimal("3f21") + literal("a", "b")) == ["a: b"])
        #expect(decoding.decoder.tableSize == 34)
        #expect(try decoding.decode(literal("name", String(repeating: "v", count: 60))).count == 1)
        #expect(decoding.decoder.tableSize == 0)
    }

    @Test("RFC 7541 4.4: an entry may take its name from the entry that is evicted for it")
    func nameFromEvicted() throws {
        var decoding = Decoding()
        decoding.decoder.limitTable(to: 64)
        #expect(try decoding.decode(hexadecimal("3f21") + literal("long-name", "b")) == ["long-name: b"])
        // Index 62 as name, a value of 20 bytes.
        let block = [0x7e, 20] + latin(String(repeating: "w", count: 20))
        #expect(try decoding.decode(block) == ["long-name: " + String(repeating: "w", count: 20)])
        #expect(try decoding.decode([0xbe]) == ["long-name: " + String(repeating: "w", count: 20)])
        #expect(decoding.decoder.tableSize == 61)
    }

    @Test("RFC 7541 4.3: a smaller table drops the oldest entries")
    func shrinking() throws {
        var decoding = Decoding()
        _ = try decoding.decode(literal("a", "1") + literal("b", "2") + literal("c", "3"))
        #expect(try decoding.decode(hexadecimal("3f25 be bf")) == ["c: 3", "b: 2"])
        #expect(decoding.fault([0xc0]) == .index)
        #expect(decoding.fault([0x20]) == nil)
        #expect(decoding.decoder.tableSize == 0)
        #expect(decoding.fault([0xbe]) == .index)
    }

    @Test("the static table is that of RFC 7541 Appendix A")
    func staticTable() throws {
        var decoding = Decoding()
        let fields = try decoding.decode((1...61).map { 0x80 | UInt8($0) })
        #expect(fields.count == 61)
        #expect(fields[0] == ":authority: ")
        #expect(fields[7] == ":status: 200")
        #expect(fields[15] == "accept-encoding: gzip, deflate")
        #expect(fields[31] == "cookie: ")
        #expect(fields[54] == "set-cookie: ")
        #expect(fields[60] == "www-authenticate: ")
    }

    @Test("fields above the limit are left out, and the table is as if they were not")
    func overLimit() throws {
        var decoding = Decoding(limit: 100)
        let long = String(repeating: "x", count: 100)
        let fields = try decoding.decode(literal("a", "b") + literal("c", long) + literal("d", "e") + [0xbe, 0xbf])
        #expect(fields == ["a: b", "-", "-", "-", "-"])
        #expect(decoding.section.isOverLimit == true)
        #expect(decoding.section.used == 6)
        #expect(try decoding.decode([0xbe]) == ["d: e"])
        #expect(decoding.section.isOverLimit == false)
        // The entry in the middle was kept whole, though its own section left it out.
        #expect(decoding.decoder.tableSize == 34 + 133 + 34)
    }

    @Test("an HPACK bomb writes no more than its budget, however often it names a large entry")
    func bomb() throws {
        var decoding = Decoding(limit: 8_192)
        let value = [0x40, 1, 0x61, 0x7f, 0xa1, 0x1e] + [UInt8](repeating: 0x62, count: 4_000)
        #expect(try decoding.decode(value).count == 1)
        let fields = try decoding.decode([UInt8](repeating: 0xbe, count: 16_384))
        #expect(fields.filter { $0 != "-" }.count == 2)
        #expect(decoding.section.used <= 8_192)
        #expect(decoding.section.size == 16_384 * 4_033)
    }

    @Test("an entry that neither budget nor table can take is passed over, and what follows is read right")
    func hugeValue() throws {
        var decoding = Decoding(limit: 1_000)
        // `5` is 11011, so 5,000 bytes of it are many more when decoded.
        let plain = [0x40, 1, 0x61, 0x7f, 0x81, 0x75] + [UInt8](repeating: 0x62, count: 15_104)
        #expect(try decoding.decode(literal("k", "v") + plain + [0x82]) == ["k: v", "-", "-"])
        #expect(decoding.decoder.tableSize == 0)
        #expect(try decoding.decode([0x82]) == [":method: GET"])
    }

    @Test("the encoder tells the smallest size of its table and the last (RFC 7541 4.2)")
    func encoderSizes() {
        var without = HPACKEncoder()
        #expect(encode([":method: GET"], with: &without) == [0x20, 0x82])
        #expect(encode([":method: GET"], with: &without) == [0x82])
        var encoder = HPACKEncoder(tableCapacity: 4_096)
        #expect(encode([":method: GET"], with: &encoder) == [0x82])
        encoder.limitTable(to: 0)
        encoder.limitTable(to: 65_536)
        #expect(encode([":method: GET"], with: &encoder) == hexadecimal("20 3fe11f 82"))
        encoder.limitTable(to: 100)
        #expect(encode([":method: GET"], with: &encoder) == hexadecimal("3f45 82"))
    }

    @Test("the encoder never has credentials indexed, and writes names in lower case")
    func secrets() throws {
        var encoder = HPACKEncoder(tableCapacity: 4_096)
        let fields = [
            "Authorization: Basic dGVzdA==", "cookie: a=b", "Set-Cookie: c=d", "Proxy-Authorization: x", "X-Plain: Y",
        ]
        var decoding = Decoding()
        let lower = [
            "authorization: Basic dGVzdA==", "cookie: a=b", "set-cookie: c=d", "proxy-authorization: x", "x-plain: Y",
        ]
        #expect(try decoding.decode(encode(fields, with: &encoder)) == lower)
        #expect(decoding.neverIndexed == ["authorization", "cookie", "set-cookie", "proxy-authorization"])
        #expect(decoding.decoder.tableSize == 7 + 1 + 32)
        let again = encode(["x-PLAIN: Y"], with: &encoder)
        #expect(again == [0xbe])
    }

    @Test("every byte survives the Huffman code")
    func everyByte() throws {
        var encoder = HPACKEncoder()
        var decoding = Decoding(limit: 100_000)
        for byte in 0...255 {
            let value = String(repeating: "e", count: 60) + String(Unicode.Scalar(UInt8(byte)))
            let fields = ["name: " + value + "0123456789"]
            #expect(try decoding.decode(encode(fields, with: &encoder)) == fields)
        }
    }

    @Test("what the encoder writes, the decoder reads, with tables of any size", arguments: [0, 32, 100, 600, 4_096])
    func roundTrip(capacity: Int) throws {
        var generator = Generator(state: UInt64(capacity))
        var encoder = HPACKEncoder(tableCapacity: capacity)
        var decoding = Decoding()
        let names = [":status", "server", "etag", "x-a", "x-longer-name", "vary", "set-cookie", "content-type"]
        for round in 0..<400 {
            var fields: [String] = []
            for _ in 0..<Int.random(in: 1..<12, using: &generator) {
                let count = Int.random(in: 0..<40, using: &generator)
                let value = (0..<count).map { _ in
                    String(Unicode.Scalar(UInt8.random(in: 0x21...0x24, using: &generator)))
                }
                fields.append(names.randomElement(using: &generator)! + ": " + value.joined())
            }
            if round % 50 == 49 { encoder.limitTable(to: Int.random(in: 0...4_096, using: &generator)) }
            #expect(try decoding.decode(encode(fields, with: &encoder)) == fields)
        }
    }

    @Test("whatever arrives, the decoder neither traps nor writes beyond its budget")
    func robustness() {
        var generator = Generator(state: 9)
        let seeds = [
            "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff", "8286 84 5886 a8eb 1064 9cbf 4083 1f8c 3f 0361 6263",
            "3fe101 4803 3330 3258 0770 7269 7661 7465 0004 6e61 6d65 0576 616c 7565 1003 6b65 7900",
            "4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf be 7e01 61 be",
        ].map { hexadecimal($0) }
        var decoded = 0
        for _ in 0..<300 {
            var decoding = Decoding(limit: Int.random(in: 0..<300, using: &generator))
            for _ in 0..<20 {
                var block = seeds.randomElement(using: &generator)!
                for _ in 0..<Int.random(in: 0..<3, using: &generator) {
                    block[Int.random(in: 0..<block.count, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) { block.removeLast(Int.random(in: 0..<3, using: &generator)) }
                if decoding.fault(block) != nil { break }
                decoded += 1
                #expect(decoding.section.used <= decoding.section.limit)
                #expect(decoding.decoder.tableSize <= 4_096)
            }
        }
        #expect(decoded > 100)
    }
}
