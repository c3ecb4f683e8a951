internal import Bytes

/// Body, persistence and expectation (RFC 9112 sections 6 and 9.3, RFC 9110 section 10.1.1).
extension RequestHead {
    /// Finds how the body ends. A request never ends with its connection.
    mutating func settleFraming() throws(Reason) {
        if let index = firstIndex(of: .transferEncoding) {
            if contains(.contentLength) { throw .requestLengthConflict }
            if minorVersion == 0 { throw .requestTransferEncodingVersion }
            switch TransferCoding.read(value(of: index)) {
            case .chunked: framing = .chunked
            case .unsupported: throw .requestTransferCoding
            case .malformed: throw .requestTransferEncoding
            }
        } else if let index = firstIndex(of: .contentLength) {
            guard let length = ContentLength.read(value(of: index)) else { throw .requestLength }
            framing = .length(length)
        }
    }

    /// Reads `Connection`, and with it persistence, `Upgrade` and `TE`.
    mutating func settleConnection(limits: HeadLimits) throws(Reason) {
        var options = ConnectionOptions()
        if contains(.connection) { options = fields.applyConnection(limit: limits.connectionOptions) }
        if options.isInvalid { throw .requestConnection }
        wantsClose = options.contains(.close) || (minorVersion == 0 && !options.contains(.keepAlive))
        if let index = firstIndex(of: .upgrade), options.contains(.upgrade), minorVersion > 0, !framing.hasBody,
            UpgradeProtocols.areForwardable(value(of: index))
        {
            upgradeIndex = index
            upgradesToWebSocket = ASCII.equalIgnoringCase(value(of: index), "websocket")
        }
        if let index = firstIndex(of: .te) { acceptsTrailers = ASCII.equalIgnoringCase(value(of: index), "trailers") }
    }

    /// Reads `Expect`, which HTTP/1.0 does not know.
    mutating func settleExpectation() throws(Reason) {
        guard let index = firstIndex(of: .expect), minorVersion > 0 else { return }
        if !ASCII.equalIgnoringCase(value(of: index), "100-continue") { throw .requestExpect }
        expectsContinue = framing.hasBody
    }
}
