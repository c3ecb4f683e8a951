import HTTP1
import HTTPModel
import Testing

@Suite("Whatever arrives")
struct RobustnessTests {
    /// A small generator, so that every run tries the same messages.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return value ^ (value >> 31)
        }
    }

    private static let seeds = [
        RequestParserTests.browser,
        "POST https://[2001:db8::1]:8443/a/../%e3%81%82;x?y=%zz HTTP/1.1\r\nHost: [2001:db8::1]:8443\r\n"
            + "Transfer-Encoding: chunked\r\nTrailer: A\r\nConnection: close, te, x-a\r\nTE: trailers\r\nX-A:\t\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nHost: 192.0.2.1:80\r\nContent-Length: 12\r\nAccept: text/html;q=0.1, a/b+json;q=1.000\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nExpect: 100-continue\r\nA_B: c\r\n\r\n",
    ]

    private static let pieces = [
        "\r", "\n", "\r\n", " ", "\t", ":", ",", ";", "%", "%2e", "/", "..", "[", "]", "::", "\u{0}", "\u{7f}",
        "\u{ff}", "0",
        "9", "chunked", "Connection: ", "Content-Length: 5\r\n", "HTTP/1.1", "?", "#", "@", "q=", "\"",
        "X-Forwarded-For: a\r\n",
    ]

    private func mutated(_ seed: String, _ generator: inout Generator) -> [UInt8] {
        var bytes = latin(seed)
        for _ in 0...Int.random(in: 0..<4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: latin(RobustnessTests.pieces.randomElement(using: &generator)!), at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0..<30, using: &generator)))
            default:
                let end = min(bytes.count, place + 40)
                bytes.insert(
                    contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0..<bytes.count, using: &generator))
            }
        }
        return bytes
    }

    @Test(
        "scanner and parser never trap, agree on where a head ends, and accept nothing that they read differently again"
    )
    func requests() {
        var generator = Generator(state: 1)
        var accepted = 0
        for round in 0..<12_000 {
            let bytes = mutated(RobustnessTests.seeds[round % RobustnessTests.seeds.count], &generator)
            var scanner = HeadScanner(side: .request)
            guard case .complete(let start, let end) = scanner.scan(bytes.span, limits: HeadLimits()) else {
                // Refused or unfinished: the parser is given such bytes for the log.
                _ = parse(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })))
                continue
            }
            let head = String(String.UnicodeScalarView(bytes[start..<end].map { Unicode.Scalar($0) }))
            let parsed = parse(head, forwarding: RobustnessTests.bare)
            #expect(parsed.outcome != .malformed(.requestHeadTruncated))
            if parsed.outcome != .complete { continue }
            accepted += 1
            let again = parse(parsed.forwarded, forwarding: RobustnessTests.bare)
            if again.outcome == .malformed(.requestHostInvalid), parsed.host.isEmpty { continue }
            if again.forwarded != parsed.forwarded { Issue.record("\(head)") }
        }
        #expect(accepted > 1_000)
    }

    private static var bare: ForwardingRules {
        var rules = ForwardingRules()
        rules.xForwarded = .remove
        rules.forwarded = .remove
        rules.via = .remove
        return rules
    }

    @Test("responses never trap the parser, whatever the method was")
    func responses() {
        let seed =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: keep-alive, X-A\r\nX-A: 1\r\n"
            + "Upgrade: websocket\r\nSet-Cookie: a=b\r\n\r\n"
        var generator = Generator(state: 2)
        var head = ResponseHead(limits: HeadLimits())
        var accepted = 0
        for _ in 0..<12_000 {
            let bytes = mutated(seed, &generator)
            var scanner = HeadScanner(side: .response)
            let event = scanner.scan(bytes.span, limits: HeadLimits())
            guard case .complete(_, let end) = event else { continue }
            let outcome = ResponseParser.parse(
                Array(bytes[..<end]).span, requestMethod: .get, limits: HeadLimits(), into: &head)
            if outcome == .complete { accepted += 1 }
        }
        #expect(accepted > 500)
    }

    @Test("chunked bodies never trap the decoder, and it never goes back or beyond what it was given")
    func chunks() {
        var generator = Generator(state: 3)
        for _ in 0..<12_000 {
            let bytes = mutated("5;a=b\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nA: b\r\nC: d\r\n\r\n", &generator)
            var decoder = ChunkedDecoder(side: .request)
            var consumed = 0
            var given = 0
            reading: while true {
                let event = decoder.next(
                    in: bytes.span.extracting(0..<given), from: consumed, limits: ChunkLimits(),
                    fieldLimits: HeadLimits())
                switch event {
                case .data(let start, let end):
                    #expect(start >= consumed && end > start && end <= given)
                    consumed = end
                case .end(let start, let end, let next):
                    #expect(start >= consumed && end >= start && next == end + 2 && next <= given)
                    break reading
                case .needMore(let done):
                    #expect(done >= consumed && done <= given)
                    consumed = done
                    if given == bytes.count { break reading }
                    given = min(bytes.count, given + Int.random(in: 1..<9, using: &generator))
                case .malformed: break reading
                }
            }
        }
    }
}
