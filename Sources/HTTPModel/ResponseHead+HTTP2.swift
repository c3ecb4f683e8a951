/// What is different where a response comes as a stream of HTTP/2 (RFC 9113 section 8).
extension ResponseHead {
    /// Finds out what the response means, as ``settle(requestMethod:limits:)`` does, where not a connection but a
    /// stream says where the body ends.
    ///
    /// - Parameter endsStream: whether nothing follows the head. A body of unknown length is
    ///   ``MessageFraming/chunked``, by which it can be forwarded.
    public mutating func settleStream(
        requestMethod: Method, endsStream: Bool, limits: HeadLimits
    ) throws(Reason) {
        // There is no 101 (RFC 9113 section 8.6), and an interim response cannot be the last.
        if status == 101 || (status < 200 && endsStream) { throw .upstreamResponseStatus }
        try settle(requestMethod: requestMethod, limits: limits)
        wantsClose = false
        switch framing {
        case .none: break
        case .length(let count):
            if endsStream && count > 0 { throw .upstreamResponseFraming }
        case .chunked, .untilClose: framing = endsStream ? .length(0) : .chunked
        }
    }
}
