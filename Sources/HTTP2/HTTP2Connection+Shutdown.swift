public import Bytes

/// GOAWAY without an error (RFC 9113 section 6.8).
extension HTTP2Connection {
    /// What our PING says that follows the first GOAWAY.
    static var drainMark: UInt64 { 0x6d61_7375_6761_7461 }

    /// Begins to end the connection without losing a request: says that no more are wanted, and by the answer to a
    /// PING finds out which were sent before that was heard. Room for ``outputReserve`` bytes is needed.
    @_lifetime(output: copy output)
    public mutating func shutdown(to output: inout ByteWriter) {
        if phase == .failed || lastAnnounced != nil { return }
        lastAnnounced = UInt32(Settings.largestWindow)
        writeGoAway(to: &output)
        if role == .server {
            FrameWriter.ping(HTTP2Connection.drainMark, isAcknowledgement: false, to: &output)
            waitsForDrain = true
        }
    }

    /// Says which stream was the last: the answer to the PING does this, or whoever will not wait for it.
    @_lifetime(output: copy output)
    public mutating func finishShutdown(to output: inout ByteWriter) {
        if phase == .failed || lastAnnounced != UInt32(Settings.largestWindow) { return }
        waitsForDrain = false
        lastAnnounced = lastPeerStream
        writeGoAway(to: &output)
    }

    /// Whether all was done that had to be before the connection can be closed.
    public var isDrained: Bool {
        (lastAnnounced != nil && !waitsForDrain || lastAccepted != nil) && streams.count == 0
    }

    @_lifetime(output: copy output)
    private func writeGoAway(to output: inout ByteWriter) {
        FrameWriter.goAway(
            last: lastAnnounced ?? lastPeerStream, .noError, debug: ("" as StaticString).bytes, to: &output)
    }
}
