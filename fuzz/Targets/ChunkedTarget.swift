import Bytes
import HTTP1
import HTTPModel

/// Chunked bodies: however they are cut, the same data and trailers come out, those that a slow and obvious reader
/// finds, and what is written afresh is read as the same.
enum ChunkedTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        for side in [MessageSide.request, .response] {
            let whole = try read(input, side, [input.count])
            for ends in Cuts.ways(input) {
                let cut = try read(input, side, ends)
                try require(cut == whole, "in pieces it is \(cut), at once \(whole)")
            }
            guard whole.end != nil else { continue }
            let expected = obvious(array(input))
            try require(
                expected.map { $0.data == whole.data && $0.end == whole.end } ?? false,
                "the body is \(shown(whole.data)), of the obvious reader \(shown(expected?.data ?? []))")
            try requireSame(whole, side)
        }
    }

    /// What came out of a body.
    private struct Body: Equatable {
        var data: [UInt8] = []
        var trailers: [UInt8] = []
        /// Where the next message begins.
        var end: Int?
        var reason: Reason?
    }

    private static func read(
        _ input: Span<UInt8>, _ side: MessageSide, _ ends: [Int]
    ) throws(Contradiction) -> Body {
        var decoder = ChunkedDecoder(side: side)
        var body = Body()
        var position = 0
        for end in ends {
            let given = input.extracting(0..<end)
            piece: while true {
                switch decoder.next(in: given, from: position, limits: ChunkLimits(), fieldLimits: HeadLimits()) {
                case .data(let start, let end):
                    try require(start >= position && end > start && end <= given.count, "data stands elsewhere")
                    for index in start..<end { body.data.append(given[index]) }
                    position = end
                case .end(let start, let end, let next):
                    try require(
                        start >= position && end >= start && next == end + 2 && next <= given.count,
                        "the trailers stand elsewhere")
                    body.trailers = array(given.extracting(start..<end))
                    body.end = next
                    return body
                case .needMore(let consumed):
                    try require(consumed >= position && consumed <= given.count, "more was consumed than given")
                    position = consumed
                    break piece
                case .malformed(let reason):
                    body.reason = reason
                    return body
                }
            }
        }
        return body
    }

    /// Reads a body by the grammar of RFC 9112 section 7.1; nil when it is none.
    private static func obvious(_ input: [UInt8]) -> (data: [UInt8], end: Int)? {
        var data: [UInt8] = []
        var position = 0
        func line() -> [UInt8]? {
            var end = position
            while end + 1 < input.count && !(input[end] == 0x0d && input[end + 1] == 0x0a) { end += 1 }
            if end + 1 >= input.count { return nil }
            defer { position = end + 2 }
            return Array(input[position..<end])
        }
        while let size = line() {
            let digits = size.prefix { $0 != 0x3b }
            guard !size.contains(0x0a), !size.contains(0x0d),
                digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let count = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            if count == 0 {
                while let trailer = line() { if trailer.isEmpty { return (data, position) } }
                return nil
            }
            if count > input.count - position { return nil }
            data += input[position..<position + count]
            position += count
            if line()?.isEmpty != true { return nil }
        }
        return nil
    }

    private static func requireSame(_ body: Body, _ side: MessageSide) throws(Contradiction) {
        var output = [UInt8](repeating: 0, count: body.data.count + 2 * body.trailers.count + 100)
        var writer = ByteWriter(output.mutableSpan)
        if !body.data.isEmpty {
            ChunkedEncoder.open(count: body.data.count, to: &writer)
            writer.append(body.data.span)
            ChunkedEncoder.close(to: &writer)
        }
        ChunkedEncoder.end(trailers: body.trailers.span, limits: HeadLimits(), to: &writer)
        try require(!writer.overflowed, "the body does not fit")
        let count = writer.count
        let again = try read(output.span.extracting(0..<count), side, [count])
        try require(
            again.data == body.data && again.end == count,
            "it is written as \(shown(output[..<count])), which is read as \(again)")
    }
}
