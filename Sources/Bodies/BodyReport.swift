/// What became of a body.
public struct BodyReport: Sendable, Equatable {
    /// Whether it was parsed to its end, and what stopped it otherwise.
    public internal(set) var outcome = BodyOutcome.complete
    /// A fault that did not stop the parser: the body is to be refused, and its values are there nevertheless.
    public internal(set) var notedFault: BodyFault?
    /// What is unusual about it.
    public internal(set) var flags: BodyFlags = []
    /// Bytes that were handed in.
    public internal(set) var received = 0
    /// Bytes that were parsed; also the place of the first byte that was not.
    public internal(set) var inspected = 0
    /// Arguments, or leaves.
    public internal(set) var arguments = 0
    /// Files of a multipart body.
    public internal(set) var files = 0
    /// Bytes of all files together (`FILES_COMBINED_SIZE`).
    public internal(set) var fileBytes = 0

    /// An empty body, before anything was handed in.
    public init() {}

    /// Bytes that were handed in and not parsed.
    public var uninspected: Int { received - inspected }

    /// Why the body is not acceptable, if it is malformed (`REQBODY_ERROR`, `REQBODY_PROCESSOR_ERROR`).
    public var fault: BodyFault? {
        if case .malformed(let fault) = outcome { return fault }
        return notedFault
    }

    /// `REQBODY_ERROR`: a fault, or a limit that ended the parsing.
    public var isError: Bool { outcome != .complete || notedFault != nil }

    /// `MULTIPART_STRICT_ERROR`: an error, or one of the flags that count for it. Of use for multipart bodies only.
    public var isStrictError: Bool { isError || !flags.isDisjoint(with: .multipartStrict) }

    /// `MULTIPART_CRLF_LF_LINES`: lines of both endings.
    public var hasMixedLines: Bool { flags.isSuperset(of: [.crlfLine, .lfLine]) }
}
