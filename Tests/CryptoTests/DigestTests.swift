import Crypto
import Testing

@Suite("Hashes, codes and derived keys")
struct DigestTests {
    @Test("SHA-256 and SHA-384 of abc are those of FIPS 180-4")
    func digests() {
        let message = Array("abc".utf8)
        let sha256 = Digest.sha256(message.span)
        let sha384 = Digest.sha384(message.span)
        #expect(hexadecimal(sha256.span) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hexadecimal(sha384.span)
                == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7")
    }

    @Test("HMAC-SHA-256 is that of RFC 4231 test case 2")
    func codes() {
        let code = HMAC.sha256(key: Array("Jefe".utf8).span, Array("what do ya want for nothing?".utf8).span)
        #expect(hexadecimal(code.span) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("HKDF-SHA-256 is that of RFC 5869 test case 1")
    func derivedKey() {
        let secret = [UInt8](repeating: 0x0b, count: 22)
        let salt = (0...0x0c).map { UInt8($0) }
        let info = (0xf0...0xf9).map { UInt8($0) }
        var key = [UInt8](repeating: 0, count: 42)
        var span = key.mutableSpan
        HKDF.sha256(secret: secret.span, salt: salt.span, info: info.span, into: &span)
        #expect(
            hexadecimal(key.span)
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test("HKDF without salt is that of RFC 5869 test case 3")
    func derivedKeyWithoutSalt() {
        let secret = [UInt8](repeating: 0x0b, count: 22)
        let none: [UInt8] = []
        var key = [UInt8](repeating: 0, count: 42)
        var span = key.mutableSpan
        HKDF.sha256(secret: secret.span, salt: none.span, info: none.span, into: &span)
        #expect(
            hexadecimal(key.span)
                == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }

    @Test("comparison finds a difference in any place, and in the length")
    func comparison() {
        let one = [UInt8](repeating: 7, count: 33)
        #expect(equal(one, one))
        for index in one.indices {
            var other = one
            other[index] ^= 0x80
            #expect(!equal(one, other))
        }
        #expect(!equal(one, Array(one.dropLast())))
    }

    private func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool { Memory.equal(one.span, other.span) }

    @Test("random bytes differ from one drawing to the next")
    func random() {
        #expect(Random.bytes(32) != Random.bytes(32))
        #expect(Random.bytes(0).isEmpty)
    }

    @Test("erased bytes are zero")
    func erased() {
        var bytes: [UInt8] = [1, 2, 3]
        var span = bytes.mutableSpan
        Memory.erase(&span)
        #expect(bytes == [0, 0, 0])
    }
}

func hexadecimal(_ bytes: Span<UInt8>) -> String {
    var text = ""
    for index in bytes.indices { text += String(bytes[index] >> 4, radix: 16) + String(bytes[index] & 15, radix: 16) }
    return text
}
