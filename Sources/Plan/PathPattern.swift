/// The paths that a route is for, in the canonical form that requests are matched in.
public struct PathPattern: Hashable, Sendable {
    /// How a path is compared.
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// The path is this one.
        case exact = 1

        /// The path begins with this one, which ends in a slash: `/x/*` holds `/x/` and all below it, not `/x`.
        case prefix = 2
    }

    /// How a path is compared.
    public var kind: Kind

    /// The path; without the asterisk when the kind is `prefix`.
    public var path: [UInt8]

    /// The paths that are, or begin with, `path`.
    public init(_ kind: Kind, _ path: [UInt8]) {
        self.kind = kind
        self.path = path
    }
}

extension PathPattern: CustomStringConvertible {
    /// The pattern as the policy writes it.
    public var description: String { String(decoding: path, as: UTF8.self) + (kind == .prefix ? "*" : "") }
}
