internal import Bytes
internal import Match
internal import Plan

/// What the policy says about a refusal besides its reason.
struct AnswerDetail: BitwiseCopyable {
    /// The status; 0 means that of the reason.
    var status: UInt16 = 0
    /// The plan's page, or -1.
    var page: Int32 = -1
    /// Seconds after which the client may try again; 0 leaves it to ``retryAfter(status:)``.
    var retryAfter: UInt64 = 0
    /// Methods for `Allow`.
    var allow: MethodSet = []

    /// Nothing more.
    init() {}

    /// What `decision` says.
    init(_ decision: Decision) {
        status = decision.status
        if let page = decision.page { self.page = Int32(truncatingIfNeeded: page) }
        retryAfter = decision.retryAfter
        allow = decision.allow
    }

    /// Seconds for `Retry-After`; 0 for none. What lacks for a moment may be there again in the next; what the policy
    /// refuses is told what the policy says.
    func retryAfter(status: UInt16) -> UInt64 {
        retryAfter == 0 && status == 503 && self.status == 0 ? 1 : retryAfter
    }

    /// Writes what pages hold of a request, its reference id and methods for `Allow`, to the start of a buffer.
    func writeTexts(
        _ id: UInt64, to scratch: inout BufferPool, _ buffer: Buffer
    ) -> (reference: Int, allow: Int) {
        var texts = ByteWriter(scratch.mutableBytes(buffer, 0, 1_024))
        texts.append(reference: id)
        let referenceEnd = texts.count
        if !allow.isEmpty {
            let names = Array(allow.description.utf8)
            texts.append(names.span)
        }
        return (referenceEnd, texts.count)
    }
}
