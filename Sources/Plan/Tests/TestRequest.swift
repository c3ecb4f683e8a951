/// A request of a test, as a client would send it: nothing in it is canonical yet.
public struct TestRequest: Equatable, Sendable {
    /// A field, or a cookie.
    public struct Pair: Equatable, Sendable {
        /// The name, as written.
        public var name: String

        /// The value.
        public var value: [UInt8]

        /// The value `value` for `name`.
        public init(_ name: String, _ value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// The method.
    public var method: String

    /// The request target: a path, with a query if there is one.
    public var target: [UInt8]

    /// The host with its port, if one is named; for a test in a site that of its first name unless another is given.
    public var host: String

    /// The number of the listener that it comes by.
    public var listener: Int

    /// The address of the client.
    public var client: IPAddress

    /// The version of TLS; nil when the listener has none.
    public var tlsVersion: TLSVersion?

    /// Fields, in order, without `Host`, `Cookie` and `Content-Length`.
    public var headers: [Pair]

    /// Cookies, in order: one field `Cookie` of all.
    public var cookies: [Pair]

    /// The body, with its `Content-Length`; nil when there is none.
    public var body: [UInt8]?

    /// When it comes, in seconds since 1970-01-01 00:00 UTC; nil means now.
    public var time: Int64?

    /// Where it stands in the policy.
    public var position: SourcePosition

    /// A request of these parts.
    public init(
        method: String, target: [UInt8], host: String, listener: Int, client: IPAddress, tlsVersion: TLSVersion? = nil,
        headers: [Pair] = [], cookies: [Pair] = [], body: [UInt8]? = nil, time: Int64? = nil,
        position: SourcePosition = SourcePosition()
    ) {
        self.method = method
        self.target = target
        self.host = host
        self.listener = listener
        self.client = client
        self.tlsVersion = tlsVersion
        self.headers = headers
        self.cookies = cookies
        self.body = body
        self.time = time
        self.position = position
    }
}
