import Bytes
import Testing

@Suite("Runs of bytes as words")
struct WordTests {
    private static let bytes = (0..<40 as Range<UInt8>).map { $0 &* 37 &+ 200 }

    /// Bytes as a number, the first lowest.
    private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    @Test("the first and the last word have the bytes that there are, and zeros for the others")
    func words() {
        for count in 0...24 {
            let bytes = Self.bytes[7..<7 + count]
            let missing = UInt64(8 * (8 - min(count, 8)))
            let first = bytes.span.firstWord
            let last = bytes.span.lastWord
            #expect(first == number(bytes.prefix(8)), "\(count)")
            #expect(last == (count == 0 ? 0 : number(bytes.suffix(8)) << missing), "\(count)")
        }
    }

    @Test("runs are equal when every byte and the count are")
    func equality() {
        for count in 0...33 {
            let bytes = Array(Self.bytes[0..<count])
            let (isSame, isLonger) = (bytes.span.equals(bytes.span), bytes.span.equals(Self.bytes.span))
            #expect(isSame && !isLonger)
            for place in 0..<count {
                var other = bytes
                other[place] ^= 0x40
                let isEqual = bytes.span.equals(other.span)
                #expect(!isEqual, "\(place) of \(count)")
            }
        }
    }

    @Test("two neighbours that are there are never overlooked, and those of which one is missing never seen")
    func neighbours() {
        for count in 0...35 {
            for filler in [0x61, 0x00, 0x62, 0x7f, 0xff] as [UInt8] {
                var bytes = [UInt8](repeating: filler, count: count)
                let isSeen = ByteSearch.mayOccur(0x61, 0x63, in: bytes.span)
                #expect(!isSeen, "\(count) of \(filler)")
                for place in 0..<max(count - 1, 0) {
                    bytes[place] = 0x61
                    bytes[place + 1] = 0x63
                    let isFound = ByteSearch.mayOccur(0x61, 0x63, in: bytes.span)
                    #expect(isFound, "\(place) of \(count)")
                    bytes[place] = filler
                    bytes[place + 1] = filler
                }
            }
        }
    }
}
