/// What is different where a request comes as a stream of HTTP/2 (RFC 9113 section 8).
extension RequestHead {
    /// Finds out what the request means, as ``settle(limits:rules:)`` does, where not a connection but a stream says
    /// where the body ends.
    ///
    /// - Parameters:
    ///   - endsStream: whether nothing follows the head. A body of unknown length is ``MessageFraming/chunked``, by
    ///     which it can be forwarded.
    ///   - opensTunnel: whether what follows is the tunnel of an extended CONNECT (RFC 8441), not a body.
    public mutating func settleStream(
        endsStream: Bool, opensTunnel: Bool, limits: HeadLimits, rules: RequestRules
    ) throws(Reason) {
        try settle(limits: limits, rules: rules)
        wantsClose = false
        if opensTunnel {
            if contains(.contentLength) { throw .requestFieldConnection }
            // A protocol that no upgrade may lead to is none for a tunnel either.
            if upgrade == nil { throw .requestPseudoField }
            return
        }
        if endsStream {
            if framing.hasBody { throw .requestBodyLength }
        } else if framing == .none {
            framing = .chunked
            try settleExpectation()
        }
    }
}
