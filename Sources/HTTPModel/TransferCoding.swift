internal import Bytes

/// What a `Transfer-Encoding` field asks for (RFC 9112 sections 6.1 and 7).
enum TransferCoding {
    /// Exactly `chunked`.
    case chunked
    /// Well-formed, but with a coding that is not spoken here.
    case unsupported
    /// No list of tokens, or `chunked` more than once, with parameters, or not last.
    case malformed

    static func read(_ value: Span<UInt8>) -> TransferCoding {
        if ASCII.equalIgnoringCase(value, "chunked") { return .chunked }
        var list = ListCursor(end: value.count)
        var members = 0
        var isChunked = false
        while list.advance(in: value) {
            let coding = value.extracting(list.memberStart..<list.memberEnd)
            if isChunked || !ListCursor.isToken(coding) { return .malformed }
            isChunked = ASCII.equalIgnoringCase(coding, "chunked")
            members &+= 1
        }
        // One member that is `chunked`, but not alone: empty list members stand around it.
        return members == 0 || (members == 1 && isChunked) ? .malformed : .unsupported
    }
}
