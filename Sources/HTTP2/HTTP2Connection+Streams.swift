public import Bytes
internal import HTTPModel

/// Streams, from their beginning to their release.
extension HTTP2Connection {
    /// Whether `identifier` was never used (RFC 9113 section 5.1).
    func isIdle(_ identifier: UInt32) -> Bool {
        if identifier & 1 == 0 { return true }
        return role == .server ? identifier > lastPeerStream : identifier >= nextLocalStream
    }

    /// The place of the stream, when it is not released yet.
    func activeIndex(_ identifier: UInt32) -> Int? {
        for index in 0..<streams.end where streams[index].identifier == identifier && streams.isTaken(index) {
            return index
        }
        return nil
    }

    /// The name of the stream at `index`.
    func reference(_ index: Int) -> StreamReference {
        StreamReference(
            index: index, generation: streams.generation(index), identifier: streams[index].identifier)
    }

    /// Whether `stream` is not released yet.
    public func holds(_ stream: StreamReference) -> Bool {
        streams.holds(stream.index, generation: stream.generation)
    }

    /// Has the stream be known by `tag`, 0 or more, to whoever uses the connection.
    public mutating func setTag(_ stream: StreamReference, _ tag: Int32) {
        if holds(stream) { streams[stream.index].tag = tag }
    }

    /// What the stream is known by; -1 for nothing.
    public func tag(_ stream: StreamReference) -> Int32 { holds(stream) ? streams[stream.index].tag : -1 }

    /// What any stream is known by that has a tag and is not released; nil when there is none.
    public func anyTag() -> Int32? {
        for index in 0..<streams.end where streams.isTaken(index) && streams[index].tag >= 0 {
            return streams[index].tag
        }
        return nil
    }

    /// How a stream ended that is released; nil when that is not remembered, or it was passed over.
    func ending(_ identifier: UInt32) -> ClosedStream.Ending? {
        for index in 0..<min(closedCount, closed.capacity) where closed[index].identifier == identifier {
            return closed[index].ending
        }
        return nil
    }

    mutating func remember(_ identifier: UInt32, _ ending: ClosedStream.Ending) {
        if closed.capacity == 0 { return }
        closed[closedCount % closed.capacity] = ClosedStream(identifier: identifier, ending: ending)
        closedCount += 1
    }

    /// Puts a new stream into the table; nil when there are as many as there may be.
    mutating func addStream(_ identifier: UInt32) -> Int? {
        let most = role == .server ? allowedStreams : min(limits.concurrentStreams, remoteSettings.maxConcurrentStreams)
        if streams.count >= most { return nil }
        return streams.take(
            StreamRecord(
                identifier: identifier, sendWindow: remoteSettings.initialWindowSize,
                receiveWindow: limits.streamWindow))
    }

    /// Opens a stream for a request. Its fields have to be sent before another is opened.
    ///
    /// - Parameter isHead: whether the method is HEAD.
    /// - Returns: nil when there can be no more streams, now or ever; see ``canOpen``.
    public mutating func open(isHead: Bool) -> StreamReference? {
        precondition(role == .client)
        if !canOpen { return nil }
        guard let index = addStream(nextLocalStream) else { return nil }
        nextLocalStream += 2
        if isHead { streams[index].flags.insert(.isHead) }
        return reference(index)
    }

    /// Whether the connection will ever take another stream of ours.
    public var canOpen: Bool {
        lastAccepted == nil && phase != .failed && nextLocalStream <= UInt32(Settings.largestWindow)
    }

    /// Resets the stream for an error of the other end (RFC 9113 section 5.4.2), which costs it.
    ///
    /// - Returns: the event, when somebody waits for the end of the stream.
    @_lifetime(output: copy output)
    mutating func resetStream(
        _ identifier: UInt32, _ code: ErrorCode, _ reason: Reason, _ next: Int, _ output: inout ByteWriter
    ) throws(ConnectionFailure) -> HTTP2Event? {
        try spend(limits.resetCost)
        FrameWriter.resetStream(identifier, code, to: &output)
        guard let index = activeIndex(identifier), !streams[index].isReset else { return nil }
        streams[index].flags.insert(.resetByUs)
        streams[index].resetCode = code
        return .reset(reference(index), code, reason, isRetryable: false, next: next)
    }

    /// Breaks the stream off, for a reason of our own. It still has to be released.
    public mutating func reset(_ stream: StreamReference, _ code: ErrorCode) {
        if !holds(stream) || streams[stream.index].isClosed { return }
        streams[stream.index].flags.insert(.resetByUs)
        streams[stream.index].flags.insert(.resetDue)
        streams[stream.index].resetCode = code
        hasDues = true
    }

    /// The exchange on the stream is done: forgets it. What is not finished on it is broken off.
    public mutating func release(_ stream: StreamReference) {
        if !holds(stream) { return }
        let index = stream.index
        streams[index].tag = -1
        if !streams[index].isClosed { reset(stream, codeOfRelease(streams[index])) }
        credit += streams[index].unconsumed
        streams[index].unconsumed = 0
        if credit > 0 { hasDues = true }
        if streams[index].flags.contains(.resetDue) {
            streams[index].flags.insert(.released)
        } else {
            forget(index)
        }
    }

    /// What is told of a stream that is released before its end. A response without the rest of its request is
    /// nobody's fault (RFC 9113 section 8.1).
    private func codeOfRelease(_ record: StreamRecord) -> ErrorCode {
        if record.flags.contains(.malformed) { return .protocolError }
        if role == .client { return .cancel }
        return record.flags.contains(.localDone) ? .noError : .internalError
    }

    /// Gives the place of a stream back.
    mutating func forget(_ index: Int) {
        let record = streams[index]
        if isUseful(record) { refill(limits.exchangeRefill) }
        let ending: ClosedStream.Ending =
            record.flags.contains(.resetByUs)
            ? .resetByUs
            : record.flags.contains(.resetByPeer) ? .resetByPeer : .ended
        remember(record.identifier, ending)
        streams.giveBack(index)
    }

    /// Whether the exchange was one: all of the response was there, whatever became of the rest of the request.
    private func isUseful(_ record: StreamRecord) -> Bool {
        if record.flags.contains(.malformed) { return false }
        if role == .client { return !record.isReset && record.isClosed }
        return record.flags.contains(.localDone) && (!record.flags.contains(.resetByUs) || record.resetCode == .noError)
    }

    /// Writes what waits for room: call it when output was taken.
    @_lifetime(output: copy output)
    public mutating func flush(to output: inout ByteWriter) {
        if !hasDues || phase == .failed { return }
        hasDues = false
        if settingsAreDue { announceConcurrency(to: &output) }
        creditConnection(to: &output)
        for index in 0..<streams.end where streams.isTaken(index) {
            if streams[index].flags.contains(.resetDue) { writeReset(index, to: &output) }
            if streams.isTaken(index) && streams[index].flags.contains(.creditDue) {
                creditStream(index, to: &output)
            }
        }
    }

    @_lifetime(output: copy output)
    private mutating func writeReset(_ index: Int, to output: inout ByteWriter) {
        if output.remaining < FrameWriter.resetStreamSize {
            hasDues = true
            return
        }
        FrameWriter.resetStream(streams[index].identifier, streams[index].resetCode, to: &output)
        streams[index].flags.remove(.resetDue)
        if streams[index].flags.contains(.released) { forget(index) }
    }

    /// After GOAWAY, the streams that the server never looked at, one by one.
    mutating func nextUnaccepted(_ position: Int) -> HTTP2Event? {
        guard hasUnaccepted, let lastAccepted else { return nil }
        for index in 0..<streams.end
        where streams.isTaken(index) && streams[index].identifier > lastAccepted && !streams[index].isClosed {
            streams[index].flags.insert(.resetByPeer)
            return .reset(reference(index), .refusedStream, .upstreamRefused, isRetryable: true, next: position)
        }
        hasUnaccepted = false
        return nil
    }
}
