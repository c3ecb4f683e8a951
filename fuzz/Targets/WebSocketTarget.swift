import Bytes
import WebSocket

/// What the ends of a WebSocket send: however it is cut, the same passes; what passes is frames that are written as
/// they came; and hardly anything waits.
enum WebSocketTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        var limits = WebSocketLimits()
        limits.frame = 1_000
        limits.message = 1_500
        limits.fragments = 5
        for sender in [WebSocketChecker.Sender.client, .server] {
            for allowsCompression in [false, true] {
                limits.allowsCompression = allowsCompression
                try examine(input, WebSocketChecker(sender: sender, limits: limits))
            }
        }
    }

    private static func examine(_ input: Span<UInt8>, _ checker: WebSocketChecker) throws(Contradiction) {
        let whole = try passed(input, [input.count], checker)
        for ends in Cuts.ways(input) {
            let cut = try passed(input, ends, checker)
            try require(cut.fault == whole.fault, "in pieces it is \(cut), at once \(whole)")
            if whole.fault == nil { try require(cut.count == whole.count, "in pieces it is \(cut), at once \(whole)") }
        }
        if whole.fault == nil { try requireFrames(input.extracting(0..<whole.count)) }
    }

    private static func passed(
        _ input: Span<UInt8>, _ ends: [Int], _ checker: WebSocketChecker
    ) throws(Contradiction) -> (count: Int, fault: WebSocketFault?) {
        var checker = checker
        var position = 0
        for end in ends {
            do throws(WebSocketFault) {
                position += try checker.check(input.extracting(position..<end))
            } catch { return (position, error) }
            try require(position <= end, "more passed than was given")
            let most = WebSocketFrame.longestHeader + Int(WebSocketFrame.longestControl)
            try require(end - position < most, "\(end - position) bytes wait")
        }
        return (position, nil)
    }

    /// Checks that each header is written as it was read.
    private static func requireFrames(_ bytes: Span<UInt8>) throws(Contradiction) {
        var position = 0
        while position < bytes.count {
            guard let frame = try? WebSocketFrame.read(bytes, at: position) else {
                throw Contradiction("what passed is no frame")
            }
            var output = [UInt8](repeating: 0, count: WebSocketFrame.longestHeader)
            var writer = ByteWriter(output.mutableSpan)
            frame.writeHeader(to: &writer)
            let count = writer.count
            try require(count == frame.headerSize, "a header has \(count) bytes, not \(frame.headerSize)")
            for index in 0..<count {
                try require(bytes[position + index] == output[index], "a header is written as another")
            }
            position += count + Int(frame.length)
        }
    }
}
