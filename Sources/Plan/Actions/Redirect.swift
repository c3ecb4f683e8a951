/// An answer that sends the client elsewhere.
public struct Redirect: Equatable, Sendable {
    /// A piece of the target.
    public enum Part: Equatable, Sendable {
        /// These bytes, which may stand in a URI (RFC 3986).
        case text([UInt8])

        /// The canonical host of the request, without the port: `{host}`.
        case host

        /// The canonical path: `{path}`.
        case path

        /// `?` and the query; nothing when there is no query: `{query}`.
        case query
    }

    /// The statuses that redirect (RFC 9110 section 15.4), the first being the one unless told otherwise.
    public static let statuses: [UInt16] = [302, 301, 303, 307, 308]

    /// What stands in `Location`. It begins with a text that begins with `http://`, `https://` or one slash.
    public var target: [Part]

    /// One of ``statuses``.
    public var status: UInt16

    /// The redirect of these parts.
    public init(target: [Part], status: UInt16 = 302) {
        self.target = target
        self.status = status
    }
}
