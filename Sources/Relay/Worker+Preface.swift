internal import Bytes
internal import HTTP2
internal import HTTPModel
internal import Plan
internal import Sys
internal import TLS

/// How a connection comes to speak HTTP/2: agreed on in the TLS handshake (RFC 7301), or known to the client beforehand
/// where the policy allows that (RFC 9113 section 3.3). Never by the Upgrade of HTTP/1.1.
extension Worker {
    /// Whether the TLS handshake agreed on HTTP/2.
    func speaksHTTP2(_ slot: Int) -> Bool { ASCII.equal(tls.applicationProtocol(slot), "h2") }

    /// Reads until it is seen whether the client speaks HTTP/2 or HTTP/1.
    @inline(never)
    mutating func readPreface(_ slot: Int) {
        while true {
            switch Worker.comparePreface(
                buffers, clients[slot].input, Int(clients[slot].inputStart), Int(clients[slot].inputEnd))
            {
            case .same:
                beginMultiplex(slot)
                return
            case .other:
                clients[slot].phase = .head
                readHead(slot)
                return
            case .short: break
            }
            switch receive(slot) {
            case .moved: break
            case .wouldBlock:
                releaseInput(slot)
                return
            case .ended:
                clients[slot].phase = .head
                readHead(slot)
                return
            case .failed:
                endClient(slot)
                return
            }
        }
    }

    private enum Comparison {
        case same, other, short
    }

    private static func comparePreface(
        _ buffers: borrowing BufferPool, _ input: Buffer, _ start: Int, _ end: Int
    ) -> Comparison {
        let expected = HTTP2Connection.preface.bytes
        if start == end { return .short }
        let bytes = buffers.bytes(input, start, end)
        let count = min(bytes.count, expected.count)
        for index in 0..<count where bytes[index] != expected[index] { return .other }
        return count < expected.count ? .short : .same
    }

    /// Goes on with an exchange; a stream that was found broken ends here.
    mutating func advanceExchange(_ slot: Int) {
        let stream = clients[slot].stream
        if stream >= 0 && streams[Int(stream)].isBroken {
            loseClient(slot, because: .upstreamResponseSize)
        } else {
            pump(Int(clients[slot].exchange))
        }
    }
}
