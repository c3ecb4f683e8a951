public import HTTPModel

/// What happened on a connection. `next` and `consumed` are the offset in the input before which all is done with.
public enum HTTP2Event: BitwiseCopyable, Equatable, Sendable {
    /// The bytes from `consumed` on must be given again, with more behind them.
    case needMore(consumed: Int)
    /// Room for ``HTTP2Connection/outputReserve`` bytes of output is needed first.
    case needOutput(consumed: Int)
    /// A head has come: it is in the workspace. From now on the stream has to be released.
    case head(StreamReference, endsStream: Bool, next: Int)
    /// A request head has come and is refused; what could be read of it is in the workspace, to be logged. It may be
    /// answered; the stream is reset behind the answer, or when it is released.
    case malformed(StreamReference, Reason, next: Int)
    /// `start..<end` is data, for which ``HTTP2Connection/consume(_:_:to:)`` has to be called; call again from `end`.
    case data(StreamReference, start: Int, end: Int, endsStream: Bool)
    /// A trailer section has come, and ends the stream: it is in the workspace.
    case trailers(StreamReference, next: Int)
    /// The stream is over before its exchange was, and has to be released. It is retryable when the other end has
    /// not looked at the request (RFC 9113 section 8.7).
    case reset(StreamReference, ErrorCode, Reason, isRetryable: Bool, next: Int)
    /// More may be sent than before.
    case writable(next: Int)
    /// The other end will look at no new streams. Those that it never looked at are reset with the next events.
    case goAway(ErrorCode, next: Int)
    /// The connection has failed. What the other end is told is in the output; then it has to be closed.
    case failed(ErrorCode, Reason)
}
