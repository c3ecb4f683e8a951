internal import Bytes

/// Which stream is served next (RFC 9218 section 10).
extension HTTP2Connection {
    /// Says whether there are bytes to be sent on the stream.
    ///
    /// - Parameter needsWindow: whether they wait for flow control too. Fields do not, nor does the end of a stream.
    public mutating func setReady(_ stream: StreamReference, _ isReady: Bool, needsWindow: Bool = true) {
        if !holds(stream) { return }
        streams[stream.index].flags.remove(.ready)
        streams[stream.index].flags.remove(.readyAnyway)
        if isReady { streams[stream.index].flags.insert(needsWindow ? .ready : .readyAnyway) }
    }

    /// How much the stream matters.
    public func priority(_ stream: StreamReference) -> Priority {
        holds(stream) ? streams[stream.index].priority : Priority()
    }

    /// Says how much the stream matters, as a server behind us may know better (RFC 9218 section 8).
    public mutating func setPriority(_ stream: StreamReference, _ priority: Priority) {
        if holds(stream) { streams[stream.index].priority = priority }
    }

    /// The stream to be served next, of those that are ready and have a window; nil when there is none.
    ///
    /// The most urgent come first. Of the same urgency, those that are of use only as a whole come first, one by one
    /// in the order of their requests; the others share the connection in turns.
    public func nextReady() -> StreamReference? {
        var best = -1
        for index in 0..<streams.end where streams.isTaken(index) {
            let record = streams[index]
            if record.isClosed { continue }
            if !record.flags.contains(.readyAnyway) {
                if !record.flags.contains(.ready) || record.sendWindow <= 0 || sendWindow <= 0 { continue }
            }
            if best < 0 || HTTP2Connection.precedes(record, streams[best]) { best = index }
        }
        return best < 0 ? nil : reference(best)
    }

    private static func precedes(_ one: StreamRecord, _ other: StreamRecord) -> Bool {
        if one.priority.urgency != other.priority.urgency { return one.priority.urgency < other.priority.urgency }
        if one.priority.isIncremental != other.priority.isIncremental { return other.priority.isIncremental }
        if one.priority.isIncremental && one.lastServed != other.lastServed { return one.lastServed < other.lastServed }
        return one.identifier < other.identifier
    }
}
