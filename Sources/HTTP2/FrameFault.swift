/// What is wrong with a frame, whatever state the connection is in.
public struct FrameFault: Error, BitwiseCopyable, Equatable, Sendable {
    /// The code that the other end is told.
    public let code: ErrorCode
    /// Whether only the frame's stream is over, not the connection (RFC 9113 section 5.4).
    public let isOfStream: Bool

    init(_ code: ErrorCode, isOfStream: Bool = false) {
        self.code = code
        self.isOfStream = isOfStream
    }
}
