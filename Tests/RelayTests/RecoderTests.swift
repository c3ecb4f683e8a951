import Bytes
import HTTP1
import HTTPModel
import Testing

@testable import Relay

@Suite("Chunks are taken apart and put together afresh")
struct RecoderTests {
    /// Recodes `text`, which comes in pieces of `piece` bytes; what does not fit is given again, as a worker does.
    private func recode(
        _ text: String, pieces piece: Int = 100_000, chunks: Bool = true, bufferSize: Int = 32_768
    ) -> (output: String, decoded: Int, isEnd: Bool, malformed: Reason?) {
        var pool = BufferPool(capacity: 2, size: bufferSize)
        let source = pool.take()
        let target = pool.take()
        var decoder = ChunkedDecoder(side: .request)
        var output = ""
        var pending: [UInt8] = []
        var decoded = 0
        let bytes = Array(text.utf8)
        var position = 0
        while true {
            let count = min(piece, bufferSize - pending.count, bytes.count - position)
            pending += bytes[position..<position + count]
            position += count
            write(pending, to: &pool, source)
            let result = Recoder.recode(
                &decoder, &pool, from: source, 0, pending.count, to: target, 0, chunks: chunks, ChunkLimits(),
                HeadLimits())
            output += read(pool, target, result.written)
            decoded += result.decoded
            pending.removeFirst(result.consumed)
            if result.isEnd || result.malformed != nil { return (output, decoded, result.isEnd, result.malformed) }
            if result.consumed == 0 && position == bytes.count { return (output, decoded, false, nil) }
        }
    }

    private func write(_ bytes: [UInt8], to pool: inout BufferPool, _ buffer: Buffer) {
        var span = pool.mutableBytes(buffer, 0, bytes.count)
        for index in bytes.indices { span[index] = bytes[index] }
    }

    private func read(_ pool: borrowing BufferPool, _ buffer: Buffer, _ count: Int) -> String {
        let span = pool.bytes(buffer, 0, count)
        var bytes: [UInt8] = []
        for index in span.indices { bytes.append(span[index]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Sizes are written afresh, extensions dropped, trailers kept")
    func framing() {
        let result = recode("0005;a=b\r\nhello\r\n1\r\n!\r\n000;x\r\nT:  1 \r\nU:2\r\n\r\n")
        #expect(result.output == "5\r\nhello\r\n1\r\n!\r\n0\r\nT: 1\r\nU: 2\r\n\r\n")
        #expect(result.decoded == 6 && result.isEnd && result.malformed == nil)
    }

    @Test("However the chunks are cut, the body is the same", arguments: 1...20)
    func pieces(_ piece: Int) {
        let whole = "4\r\nwiki\r\nA\r\n0123456789\r\n0\r\nTrailer-Field: value\r\n\r\n"
        #expect(recode(whole, pieces: piece, chunks: false).output == "wiki0123456789")
        let chunked = recode(whole, pieces: piece)
        #expect(chunked.isEnd && chunked.decoded == 14)
        // What was put together can be taken apart again.
        #expect(recode(chunked.output, chunks: false).output == "wiki0123456789")
        #expect(chunked.output.hasSuffix("0\r\nTrailer-Field: value\r\n\r\n"))
    }

    @Test("A chunk larger than the buffer is passed on in parts that fit")
    func largeChunk() {
        let size = 100_000
        let text = String(size, radix: 16) + "\r\n" + String(repeating: "x", count: size) + "\r\n0\r\n\r\n"
        let result = recode(text, pieces: 3_000, bufferSize: 4_096)
        #expect(result.isEnd && result.decoded == size)
        #expect(result.output.filter { $0 == "x" }.count == size)
    }

    @Test("Bytes behind the end are left alone")
    func nextMessage() {
        var pool = BufferPool(capacity: 2, size: 4_096)
        let source = pool.take()
        let target = pool.take()
        let text = "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n"
        write(Array(text.utf8), to: &pool, source)
        var decoder = ChunkedDecoder(side: .request)
        let result = Recoder.recode(
            &decoder, &pool, from: source, 0, text.utf8.count, to: target, 0, chunks: true, ChunkLimits(), HeadLimits())
        #expect(result.isEnd && result.consumed == 11)
    }

    @Test("What is malformed is told, and nothing behind it is taken")
    func malformed() {
        let result = recode("1\r\na\r\nxyz\r\n")
        #expect(result.malformed == .requestChunkSize && !result.isEnd && result.output == "1\r\na\r\n")
    }

    @Test("Where the target has no room nothing is taken")
    func noRoom() {
        var pool = BufferPool(capacity: 2, size: 4_096)
        let source = pool.take()
        let target = pool.take()
        write(Array("1\r\na\r\n".utf8), to: &pool, source)
        var decoder = ChunkedDecoder(side: .request)
        let result = Recoder.recode(
            &decoder, &pool, from: source, 0, 6, to: target, 4_000, chunks: true, ChunkLimits(), HeadLimits())
        #expect(result.consumed == 0 && result.written == 0 && !result.isEnd)
    }
}
