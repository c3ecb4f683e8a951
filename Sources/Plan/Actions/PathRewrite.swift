/// How the path is changed before it is passed on, after everything was matched. First `strip`, then `replace`, then
/// `prepend`; the result is canonical again, or the request is refused.
///
/// `strip` and `replace` are about the beginning of the path, up to a slash or its end: `/app` is the beginning of
/// `/app` and `/app/x`, not of `/apple`. A path that does not begin so stays as it is.
public struct PathRewrite: Equatable, Sendable {
    /// A beginning of the path and what stands there instead.
    public struct Replacement: Equatable, Sendable {
        /// The beginning: canonical, without a slash at its end.
        public var beginning: [UInt8]

        /// What stands there instead: canonical, without a slash at its end; empty means nothing.
        public var substitute: [UInt8]

        /// `substitute` instead of `beginning`.
        public init(_ beginning: [UInt8], with substitute: [UInt8]) {
            self.beginning = beginning
            self.substitute = substitute
        }
    }

    /// The beginning that is taken away: canonical, without a slash at its end. What is left is at least `/`.
    public var strip: [UInt8]?

    /// The beginning that is replaced.
    public var replace: Replacement?

    /// What is put before the path: canonical, without a slash at its end.
    public var prepend: [UInt8]?

    /// A rewriting of these parts.
    public init(strip: [UInt8]? = nil, replace: Replacement? = nil, prepend: [UInt8]? = nil) {
        self.strip = strip
        self.replace = replace
        self.prepend = prepend
    }
}
