import Bytes
import HTTP2
import HTTPModel

/// Connections of HTTP/2, at the server's and at the client's end. The input is what the other end sends behind the
/// preface.
///
/// However it is cut, the same happens and the same frames are sent; and what is sent is always whole frames.
enum HTTP2Target {
    static func examineServer(_ input: Span<UInt8>) throws(Contradiction) { try examine(input, .server) }

    static func examineClient(_ input: Span<UInt8>) throws(Contradiction) { try examine(input, .client) }

    private static func examine(_ input: Span<UInt8>, _ role: HTTP2Connection.Role) throws(Contradiction) {
        let bytes = array(input)
        var whole = HTTP2Endpoint(role)
        try whole.receive(bytes[...])
        for ends in Cuts.ways(input) {
            var cut = HTTP2Endpoint(role)
            var start = 0
            for end in ends {
                try cut.receive(bytes[start..<end])
                start = end
            }
            try require(cut.events == whole.events, "in pieces there is \(cut.events), at once \(whole.events)")
            try require(cut.frames == whole.frames, "in pieces \(cut.frames) is sent, at once \(whole.frames)")
        }
        try require(
            whole.connection.streamCount <= HTTP2Endpoint.limits.concurrentStreams, "there are too many streams")
    }
}
