/// The scheme of a request: how the client's connection is secured.
public enum Scheme: UInt8, BitwiseCopyable, Sendable {
    case http
    case https

    /// `http` or `https`.
    @inlinable
    public var text: StaticString {
        switch self {
        case .http: "http"
        case .https: "https"
        }
    }

    /// The port that a missing port stands for.
    @inlinable public var defaultPort: UInt16 { self == .https ? 443 : 80 }
}
