import Bytes
import HTTP1
import HTTPModel
import Testing

@Suite("Chunked bodies")
struct ChunkedTests {
    private struct Decoded: Equatable {
        var data = ""
        var trailers = ""
        /// Where the next message begins; nil when the body did not end.
        var next: Int?
        var reason: Reason?
    }

    /// Decodes `text` as it arrives in the parts that end at `cuts`.
    private func decode(
        _ text: String, cuts: [Int] = [], side: MessageSide = .request, limits: ChunkLimits = ChunkLimits()
    ) -> Decoded {
        let bytes = latin(text)
        var decoder = ChunkedDecoder(side: side)
        var decoded = Decoded()
        var consumed = 0
        for end in cuts + [bytes.count] {
            let given = Array(bytes[..<end])
            while true {
                switch decoder.next(in: given.span, from: consumed, limits: limits, fieldLimits: HeadLimits()) {
                case .data(let start, let end):
                    decoded.data += ChunkedTests.text(given[start..<end])
                    consumed = end
                    continue
                case .end(let start, let end, let next):
                    decoded.trailers = ChunkedTests.text(given[start..<end])
                    decoded.next = next
                    return decoded
                case .needMore(let done): consumed = done
                case .malformed(let reason):
                    decoded.reason = reason
                    return decoded
                }
                break
            }
        }
        return decoded
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { HTTP1Tests.text(Array(bytes).span) }

    private static let body =
        "5\r\nhello\r\n00001;a=b;c=\"d e\"\r\n,\r\nA\r\n 123456789\r\n0\r\nX-Sum: 7\r\nY:z\r\n\r\n"

    @Test("are taken apart alike wherever they are cut")
    func everyCut() {
        let whole = decode(ChunkedTests.body + "GET")
        #expect(
            whole
                == Decoded(
                    data: "hello, 123456789", trailers: "X-Sum: 7\r\nY:z\r\n", next: ChunkedTests.body.utf8.count))
        for one in 0...ChunkedTests.body.utf8.count {
            for other in one...ChunkedTests.body.utf8.count {
                if decode(ChunkedTests.body + "GET", cuts: [one, other]) != whole {
                    Issue.record("cut at \(one), \(other)")
                }
            }
        }
        #expect(decode(ChunkedTests.body, cuts: Array(0..<ChunkedTests.body.utf8.count)) == whole)
    }

    @Test("may be empty, and may end without trailer fields")
    func empty() {
        #expect(decode("0\r\n\r\n") == Decoded(next: 5))
        #expect(decode("000\r\n\r\nX") == Decoded(next: 7))
        #expect(decode("5\r\nhel") == Decoded(data: "hel"))
    }

    @Test("keep what is not consumed: data events cover every byte once and never run past what was given")
    func largeChunk() {
        #expect(
            decode("ff\r\n" + String(repeating: "x", count: 255) + "\r\n0\r\n\r\n", cuts: [3, 4, 5, 100]).data.utf8
                .count == 255)
    }

    @Test(
        "are refused",
        arguments: [
            ("\r\n", Reason.requestChunkSize), (";a\r\n", .requestChunkSize), ("g\r\n", .requestChunkSize),
            ("0x5\r\nhello", .requestChunkSize), ("+5\r\nhello", .requestChunkSize), ("-5\r\nhello", .requestChunkSize),
            ("5 \r\nhello", .requestChunkSize), (" 5\r\nhello", .requestChunkSize), ("5\t\r\nhello", .requestChunkSize),
            ("5 ;a\r\nhello", .requestChunkSize), ("5,\r\nhello", .requestChunkSize), ("\u{0}5\r\n", .requestChunkSize),
            ("FFFFFFFFFFFFFFFFF\r\n", .requestChunkSize), ("FFFFFFFFFFFFFFFF\r\n", .requestChunkSize),
            ("8000000000000000\r\n", .requestChunkSize), ("10000000000000005\r\n", .requestChunkSize),
            ("00000000000000005\r\n", .requestChunkSize),
            ("5\nhello", .requestChunkBareLF), ("5\rhello", .requestChunk), ("\n5\r\n", .requestChunkBareLF),
            ("5\r\nhello\n0\r\n\r\n", .requestChunkBareLF), ("5\r\nhello0\r\n\r\n", .requestChunk),
            ("5\r\nhelloX\r\n", .requestChunk), ("5\r\nhello\r5", .requestChunk), ("5\r\nhello\r\r\n", .requestChunk),
            ("5;a\nhello", .requestChunkBareLF), ("5;a\rb\r\nhello", .requestChunk),
            ("5;a\u{0}\r\nhello", .requestChunkExtension),
            ("5;a\u{7f}\r\n", .requestChunkExtension),
            ("5;" + String(repeating: "a", count: 256), .requestChunkExtension),
            ("0\n\n", .requestChunkBareLF), ("0\r\n\n", .requestChunkBareLF), ("0\r\nA: b\n\r\n", .requestChunkBareLF),
            ("0\r\nA b\r\n\r\n", .requestTrailer), ("0\r\nA : b\r\n\r\n", .requestTrailer),
            ("0\r\n A: b\r\n\r\n", .requestTrailer),
            ("0\r\nA: b\r\n c\r\n\r\n", .requestTrailer), ("0\r\nA: b\u{0}\r\n\r\n", .requestTrailer),
            ("0\r\nA: b\rc\r\n\r\n", .requestTrailer), ("0\r\nA\r\n\r\n", .requestTrailer),
            ("0\r\nContent-Length: 5\r\n\r\n", .requestTrailerField),
            ("0\r\nTransfer-Encoding: chunked\r\n\r\n", .requestTrailerField),
            ("0\r\nHost: b\r\n\r\n", .requestTrailerField), ("0\r\nAuthorization: b\r\n\r\n", .requestTrailerField),
            ("0\r\nX-Forwarded-For: b\r\n\r\n", .requestTrailerField),
            ("0\r\nX-Real-IP: b\r\n\r\n", .requestTrailerField),
            ("0\r\nCookie: b\r\n\r\n", .requestTrailerField), ("0\r\nX_Forwarded_For: b\r\n\r\n", .requestTrailerField),
            ("0\r\nConnection: close\r\n\r\n", .requestTrailerField), ("0\r\nTrailer: a\r\n\r\n", .requestTrailerField),
            ("0\r\nA: " + String(repeating: "a", count: 4_096), .requestTrailerSize),
            ("0\r\n" + String(repeating: "A: b\r\n", count: 33) + "\r\n", .requestTrailerSize),
        ])
    func refused(body: String, expected: Reason) {
        let count = latin(body).count
        for cut in 0...min(count, 60) { #expect(decode(body, cuts: [cut]).reason == expected, "cut at \(cut)") }
    }

    @Test("of responses are refused for the upstream's sake")
    func responses() {
        #expect(decode("x\r\n", side: .response).reason == .upstreamResponseChunk)
        #expect(decode("5;a\n", side: .response).reason == .upstreamResponseChunk)
        #expect(decode("0\r\nA : b\r\n\r\n", side: .response).reason == .upstreamResponseTrailer)
        #expect(decode("0\r\nSet-Cookie: b\r\n\r\n", side: .response).reason == .upstreamResponseTrailer)
        #expect(decode("0\r\nServer_Timing: b\r\n\r\n", side: .response).reason == nil)
    }

    @Test("have limits for what is not data")
    func limits() {
        var limits = ChunkLimits()
        limits.sizeDigits = 2
        #expect(decode("05\r\nhello\r\n0\r\n\r\n", limits: limits).reason == nil)
        #expect(decode("005\r\n", limits: limits).reason == .requestChunkSize)
        limits = ChunkLimits()
        limits.extensions = 6
        #expect(decode("1;a\r\na\r\n1;a\r\na\r\n1;a\r\na\r\n0\r\n\r\n", limits: limits).reason == nil)
        #expect(decode("1;a\r\na\r\n1;a\r\na\r\n1;ab\r\na\r\n", limits: limits).reason == .requestChunkExtension)
        limits = ChunkLimits()
        limits.chunkExtension = 0
        #expect(decode("1;\r\n", limits: limits).reason == .requestChunkExtension)
        limits = ChunkLimits()
        limits.trailer = 8
        #expect(decode("0\r\nA: b\r\n\r\n", limits: limits).reason == nil)
        #expect(decode("0\r\nA: bc\r\n\r\n", limits: limits).reason == .requestTrailerSize)
    }

    @Test("that are encoded here are decoded again, with their trailer fields in canonical form")
    func roundTrip() {
        var output = [UInt8](repeating: 0, count: 200)
        var writer = ByteWriter(output.mutableSpan)
        for piece in ["a", "hello, world", String(repeating: "z", count: 30)] {
            ChunkedEncoder.open(count: piece.utf8.count, to: &writer)
            writer.append(Array(piece.utf8).span)
            ChunkedEncoder.close(to: &writer)
        }
        ChunkedEncoder.end(trailers: Array("X:\t1 \r\nY: 2\r\n".utf8).span, limits: HeadLimits(), to: &writer)
        let count = writer.count
        let decoded = decode(HTTP1Tests.text(output.span.extracting(0..<count)))
        #expect(decoded.data == "ahello, world" + String(repeating: "z", count: 30))
        #expect(decoded.trailers == "X: 1\r\nY: 2\r\n")
        #expect(decoded.next == count)
    }
}
