/// A `target` block: what is done with forms of a request target that two servers could understand differently. The
/// defaults refuse them.
public struct TargetSettings: Equatable, Sendable {
    /// Which bytes may stand unencoded in paths and queries.
    public enum Characters: UInt8, BitwiseCopyable, Sendable {
        /// Those of RFC 3986 alone.
        case standard = 1

        /// Also those that browsers do not encode.
        case browsers = 2

        /// Every visible ASCII character but `#`.
        case visible = 3
    }

    /// What is done with runs of slashes in a path.
    public enum Slashes: UInt8, BitwiseCopyable, Sendable {
        /// They become one.
        case merge = 1

        /// The request is refused.
        case refuse = 2

        /// They stay.
        case keep = 3
    }

    /// What is done with an ambiguous form.
    public enum Treatment: UInt8, BitwiseCopyable, Sendable {
        /// The request is refused.
        case refuse = 1

        /// It stays, in its one canonical form.
        case keep = 2
    }

    /// Bytes that may stand unencoded.
    public var characters: Characters = .browsers

    /// Runs of slashes in a path.
    public var duplicateSlashes: Slashes = .merge

    /// `%2F` in a path; kept encoded.
    public var encodedSlash: Treatment = .refuse

    /// `\` in a path; kept as `%5C`.
    public var backslash: Treatment = .refuse

    /// `%5C` in a path; kept encoded.
    public var encodedBackslash: Treatment = .refuse

    /// Encoded control bytes but NUL, which is always refused; kept encoded.
    public var controls: Treatment = .refuse

    /// `%` without two hexadecimal digits behind it, in a path; kept as `%25`.
    public var invalidPercent: Treatment = .refuse

    /// `%` without two hexadecimal digits behind it, in a query; kept as it is.
    public var invalidPercentInQuery: Treatment = .keep

    /// `;` in a path.
    public var parameters: Treatment = .keep

    /// What decodes to something that is not UTF-8, such as overlong forms; kept encoded.
    public var overlong: Treatment = .refuse

    /// `..` above the root: refused, or passed over.
    public var beyondRoot: Treatment = .refuse

    /// The defaults.
    public init() {}
}
