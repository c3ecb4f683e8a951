/// How the end of a message's body is found (RFC 9112 section 6.3).
public enum MessageFraming: BitwiseCopyable, Equatable, Sendable {
    /// There is no body.
    case none
    /// The body has this many bytes; 0 where the sender said so.
    case length(UInt64)
    /// The body comes in chunks (RFC 9112 section 7.1).
    case chunked
    /// The body ends with the connection; responses only.
    case untilClose

    /// Whether a byte of body can follow.
    @inlinable
    public var hasBody: Bool {
        switch self {
        case .none: false
        case .length(let count): count > 0
        case .chunked, .untilClose: true
        }
    }
}
