import Bytes
import Testing

@Suite("Searches over words")
struct SearchTests {
    /// Every byte at every place of runs around the word size, among bytes that are near misses.
    private func check(
        _ filler: UInt8, _ search: (Span<UInt8>, Int) -> Int, _ isHit: (UInt8) -> Bool
    ) {
        for count in 0...19 {
            for place in 0..<max(count, 1) {
                for byte in UInt8.min...UInt8.max {
                    var bytes = [UInt8](repeating: filler, count: count)
                    if count > 0 { bytes[place] = byte }
                    for start in [0, min(1, count), min(place, count), count] {
                        let expected = (start..<count).first { isHit(bytes[$0]) } ?? count
                        let found = search(bytes.span, start)
                        if found != expected { Issue.record("\(byte) at \(place) of \(count) from \(start): \(found)") }
                    }
                }
            }
        }
    }

    @Test("the first byte of a value is found wherever it stands")
    func first() { check(0x61, { ByteSearch.first(0x0a, in: $0, from: $1) }, { $0 == 0x0a }) }

    @Test("the first control byte is found, among spaces and bytes above 0x7f")
    func control() {
        check(0x20, { ByteSearch.firstControl(in: $0, from: $1) }, { $0 < 0x20 || $0 == 0x7f })
        check(0xff, { ByteSearch.firstControl(in: $0, from: $1) }, { $0 < 0x20 || $0 == 0x7f })
    }

    @Test("the first byte that is not visible is found")
    func nonVisible() {
        check(0x21, { ByteSearch.firstNonVisible(in: $0, from: $1) }, { $0 < 0x21 || $0 > 0x7e })
        check(0x7e, { ByteSearch.firstNonVisible(in: $0, from: $1) }, { $0 < 0x21 || $0 > 0x7e })
    }

    @Test("the first byte that is no token byte is found, among letters and other token bytes")
    func nonToken() {
        check(0x7a, { ByteSearch.firstNonToken(in: $0, from: $1) }, { !ASCII.isToken($0) })
        check(0x5f, { ByteSearch.firstNonToken(in: $0, from: $1) }, { !ASCII.isToken($0) })
    }

    @Test("hits in pairs of neighbouring bytes are not misplaced by carries")
    func pairs() {
        for one in UInt8.min...UInt8.max {
            for other in UInt8.min...UInt8.max {
                var bytes = [UInt8](repeating: 0x41, count: 8)
                bytes[3] = one
                bytes[4] = other
                let control = bytes.firstIndex { $0 < 0x20 || $0 == 0x7f } ?? 8
                let token = bytes.firstIndex { !ASCII.isToken($0) } ?? 8
                let visible = bytes.firstIndex { $0 < 0x21 || $0 > 0x7e } ?? 8
                if ByteSearch.firstControl(in: bytes.span, from: 0) != control {
                    Issue.record("control \(one) \(other)")
                }
                if ByteSearch.firstNonToken(in: bytes.span, from: 0) != token { Issue.record("token \(one) \(other)") }
                if ByteSearch.firstNonVisible(in: bytes.span, from: 0) != visible { Issue.record("\(one) \(other)") }
            }
        }
    }

    @Test("a word of a span or of a literal has the first byte lowest")
    func words() {
        let bytes = Array("abcdefghij".utf8)
        #expect(bytes.span.word(at: 1) == 0x6968_6766_6564_6362)
        #expect(("abcdefghij" as StaticString).word(at: 1) == 0x6968_6766_6564_6362)
        #expect(("abc" as StaticString).word(at: 0) == 0x63_6261)
        #expect(("abc" as StaticString).word(at: 3) == 0)
    }

    @Test("a word past the end traps")
    func wordPastEnd() async {
        await #expect(processExitsWith: .failure) { _ = [UInt8](repeating: 0, count: 8).span.word(at: 1) }
        await #expect(processExitsWith: .failure) { _ = [UInt8](repeating: 0, count: 7).span.word(at: 0) }
        await #expect(processExitsWith: .failure) { _ = [UInt8](repeating: 0, count: 9).span.word(at: -1) }
    }

    @Test("a token equals a lower-case literal in any letter case, and nothing else does")
    func tokens() {
        for text in ["te", "Host", "hOsT", "Upgrade", "LOCATION", "keep-alive", "If-Unmodified-Since"] {
            #expect(ASCII.tokenEquals(Array(text.utf8).span, "te") == (text == "te"))
            #expect(ASCII.tokenEquals(Array(text.utf8).span, "host") == (text.lowercased() == "host"))
            #expect(ASCII.tokenEquals(Array(text.utf8).span, "location") == (text.lowercased() == "location"))
            #expect(ASCII.tokenEquals(Array(text.utf8).span, "keep-alive") == (text.lowercased() == "keep-alive"))
        }
        for place in 0..<10 {
            for byte in UInt8.min...UInt8.max where ASCII.isToken(byte) {
                var name = Array("keep-alive".utf8)
                name[place] = byte
                let isSame = String(decoding: name, as: UTF8.self).lowercased() == "keep-alive"
                #expect(ASCII.tokenEquals(name.span, "keep-alive") == isSame)
            }
        }
    }
}

@Suite("UTF-8")
struct UTF8ValidatorTests {
    private func isValid(_ bytes: [UInt8]) -> Bool {
        var validator = UTF8Validator()
        for byte in bytes where !validator.accept(byte) { return false }
        return validator.isComplete
    }

    @Test(
        "the validator agrees with the standard library on every sequence of up to two bytes and a sample of longer ones"
    )
    func agreement() {
        for one in UInt8.min...UInt8.max {
            check([one])
            for other in UInt8.min...UInt8.max { check([one, other]) }
        }
        let edges: [UInt8] = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]
        for lead in UInt8(0xe0)...0xff {
            for two in edges {
                for three in edges {
                    check([lead, two, three])
                    for four in edges { check([lead, two, three, four]) }
                }
            }
        }
    }

    private func check(_ bytes: [UInt8]) {
        if isValid(bytes) != (String(validating: bytes, as: UTF8.self) != nil) { Issue.record("\(bytes)") }
    }
}

@Suite("Spans of slabs")
struct SlabSpanTests {
    @Test("what is copied into a slab is read back through its spans")
    func copy() {
        var slab = Slab<UInt8>(capacity: 8, repeating: 0)
        slab.copy([1, 2, 3].span, at: 5)
        var writable = slab.mutableSpan(0, 2)
        writable[1] = 9
        let span = slab.span(0, 8)
        #expect(span.indices.map { span[$0] } == [0, 9, 0, 0, 0, 1, 2, 3])
    }

    @Test("ranges outside the slab trap")
    func bounds() async {
        await #expect(processExitsWith: .failure) {
            let slab = Slab<UInt8>(capacity: 8, repeating: 0)
            _ = slab.span(4, 9).count
        }
        await #expect(processExitsWith: .failure) {
            var slab = Slab<UInt8>(capacity: 8, repeating: 0)
            slab.copy([1, 2, 3].span, at: 6)
        }
    }
}
