import Bytes
import Testing

@Suite("ASCII byte classes")
struct ASCIITests {
    @Test("token bytes are exactly the tchar of RFC 9110 section 5.6.2")
    func tokenBytes() {
        let expected = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        for byte in UInt8.min...UInt8.max { #expect(ASCII.isToken(byte) == expected.contains(byte)) }
    }

    @Test("hexadecimal digits of either case have their value, all other bytes none")
    func hexadecimal() {
        for byte in UInt8.min...UInt8.max {
            let text = String(decoding: [byte], as: UTF8.self)
            let expected = byte < 128 && byte != 0x2b && byte != 0x2d ? UInt8(text, radix: 16) : nil
            #expect(ASCII.hexadecimalValue(byte) == expected)
        }
    }
}
