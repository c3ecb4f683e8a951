internal import Bytes

/// How a codec builds a head: reset, store the bytes, name the parts, add the fields, settle.
extension ResponseHead {
    /// Forgets the response.
    public mutating func reset() {
        fields.reset()
        reasonRange = StoredRange()
        upgradeIndex = -1
        lengthField = .max
        status = 0
        minorVersion = 1
        framing = .none
        wantsClose = false
    }

    /// Takes a copy of the received head, to which the ranges below refer; false when it does not fit.
    public mutating func store(_ head: Span<UInt8>) -> Bool { fields.store(head) }

    /// The status line: HTTP/1.`minor`, the status, and the reason phrase in `start..<end` of the stored bytes.
    public mutating func setStatus(_ status: UInt16, minor: UInt8, reason start: Int, _ end: Int) {
        self.status = status
        minorVersion = minor
        reasonRange = StoredRange(start, end)
    }

    /// Adds the field that `line` describes in the stored bytes, or refuses the response for it.
    public mutating func append(_ line: FieldLine, limits: HeadLimits) throws(Reason) {
        let name = FieldName(recognising: fields.stored(line.start, line.nameEnd))
        if fields.contains(name) && FieldNameSet.singletonsOfResponses.contains(name) {
            throw name == .contentLength || name == .transferEncoding
                ? .upstreamResponseFraming : .upstreamResponseField
        }
        if fields.count >= limits.fields || !fields.append(line, name: name) { throw .upstreamResponseSize }
    }

    /// Finds out what the response means, once all its fields are there, or why it is refused.
    public mutating func settle(requestMethod: Method, limits: HeadLimits) throws(Reason) {
        var options = ConnectionOptions()
        if contains(.connection) { options = fields.applyConnection(limit: limits.connectionOptions) }
        if options.isInvalid { throw .upstreamResponseConnection }
        try settleFraming(requestMethod: requestMethod)
        wantsClose =
            options.contains(.close) || framing == .untilClose
            || (minorVersion == 0 && !options.contains(.keepAlive))
        if let index = firstIndex(of: .upgrade), options.contains(.upgrade) { upgradeIndex = index }
    }

    /// RFC 9112 section 6.3, and refusal of what RFC 9110 forbids servers to send.
    private mutating func settleFraming(requestMethod: Method) throws(Reason) {
        if let index = firstIndex(of: .contentLength) {
            guard let length = ContentLength.read(value(of: index)) else { throw .upstreamResponseFraming }
            lengthField = length
        }
        let isChunked = try readTransferEncoding()
        if status < 200 || status == 204 {
            // Some servers say 0; anything else would be read as the next response.
            if isChunked || (contentLength ?? 0) != 0 { throw .upstreamResponseFraming }
            framing = .none
        } else if requestMethod == .head || status == 304 {
            framing = .none
        } else if isChunked {
            framing = .chunked
        } else if let length = contentLength {
            framing = .length(length)
        } else {
            framing = .untilClose
        }
    }

    /// Whether the response is chunked, or would be to a GET.
    private func readTransferEncoding() throws(Reason) -> Bool {
        guard let index = firstIndex(of: .transferEncoding) else { return false }
        if contentLength != nil || minorVersion == 0 { throw .upstreamResponseFraming }
        if case .chunked = TransferCoding.read(value(of: index)) { return true }
        throw .upstreamResponseFraming
    }
}
