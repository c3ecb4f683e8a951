import Bytes
import HTTP1
import HTTPModel

/// HTTP/1 response heads, as ``RequestTarget`` for requests.
enum ResponseTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        let whole = verdict(input, [input.count])
        for ends in Cuts.ways(input) {
            let cut = verdict(input, ends)
            try require(cut == whole, "in pieces it is \(cut), at once \(whole)")
        }
        guard case .head(let start, let end) = whole else { return }
        for method in [Method.get, .head] {
            guard let first = try forwarded(input.extracting(start..<end), method) else { continue }
            guard let second = try forwarded(first.bytes.span, method) else {
                throw Contradiction("what is forwarded is refused: \(shown(first.bytes))")
            }
            try require(
                first.bytes == second.bytes && first.status == second.status && first.framing == second.framing,
                "\(shown(first.bytes)) is forwarded as \(shown(second.bytes))")
            try requireOneReading(first)
        }
    }

    /// What becomes of the bytes of a response to GET.
    private enum Verdict: Equatable {
        case unfinished
        case head(start: Int, end: Int)
        case refused(Reason)
    }

    /// What scanner and parser say of an input that comes in pieces with these ends.
    private static func verdict(_ input: Span<UInt8>, _ ends: [Int]) -> Verdict {
        var scanner = HeadScanner(side: .response)
        for end in ends {
            switch scanner.scan(input.extracting(0..<end), limits: HeadLimits()) {
            case .needMore: continue
            case .malformed(let reason): return .refused(reason)
            case .complete(let start, let end):
                var response = ResponseHead(limits: HeadLimits())
                let outcome = ResponseParser.parse(
                    input.extracting(start..<end), requestMethod: .get, limits: HeadLimits(), into: &response)
                if case .malformed(let reason) = outcome { return .refused(reason) }
                return .head(start: start, end: end)
            }
        }
        return .unfinished
    }

    private struct Forwarded {
        let bytes: [UInt8]
        let status: UInt16
        /// As the client gets it.
        let framing: MessageFraming
        let length: UInt64?
    }

    /// What a client of HTTP/1.1 gets of `head`; nil when it is refused.
    private static func forwarded(_ head: Span<UInt8>, _ method: Method) throws(Contradiction) -> Forwarded? {
        var response = ResponseHead(limits: HeadLimits())
        let outcome = ResponseParser.parse(head, requestMethod: method, limits: HeadLimits(), into: &response)
        guard outcome == .complete else { return nil }
        var output = [UInt8](repeating: 0, count: 4 * HeadLimits().head)
        var writer = ByteWriter(output.mutableSpan)
        let pseudonym: [UInt8] = []
        let framing = ResponseSerializer.framing(of: response, clientMinorVersion: 1)
        ResponseSerializer.write(
            response, framing: framing, connection: response.status == 101 ? .upgrade : .keepAlive,
            clientMinorVersion: 1, pseudonym: pseudonym.span, to: &writer)
        try require(!writer.overflowed, "the forwarded head does not fit into four times its limit")
        let count = writer.count
        var length = response.status < 200 || response.status == 204 ? nil : response.contentLength
        if case .length(let count) = framing { length = count }
        return Forwarded(
            bytes: Array(output[..<count]), status: response.status, framing: framing, length: length)
    }

    private static func requireOneReading(_ response: Forwarded) throws(Contradiction) {
        let reader = LenientReader(response.bytes, foldsUnderscores: false)
        let status = Array("HTTP/1.1 \(response.status) ".utf8)
        try require(
            reader.start.starts(with: status) || reader.start + [0x20] == status,
            "the first line is \(shown(reader.start))")
        try reader.requireFraming(length: response.length, isChunked: response.framing == .chunked)
    }
}
