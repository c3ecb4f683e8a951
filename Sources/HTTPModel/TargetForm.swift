/// The forms of a request target that are served (RFC 9112 section 3.2).
public enum TargetForm: UInt8, BitwiseCopyable, Sendable {
    /// A path, perhaps with a query.
    case origin
    /// A whole URI; its authority equals the Host field.
    case absolute
    /// `*`: the server as a whole; OPTIONS only.
    case asterisk
}
