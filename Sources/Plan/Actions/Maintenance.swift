/// A route that is closed for a while: 503 for all but some networks.
public struct Maintenance: Equatable, Sendable {
    /// Numbers of the networks whose clients pass.
    public var except: [Int]

    /// The number of the pool that they are passed to; nil only when there are none.
    public var pool: Int?

    /// The number of the page that the others get; nil means that of the route or site for 503.
    public var page: Int?

    /// Milliseconds after which a client may try again (RFC 9110 section 10.2.3), whole seconds; 0 tells none.
    public var retryAfter: UInt64

    /// A maintenance of these parts.
    public init(except: [Int] = [], pool: Int? = nil, page: Int? = nil, retryAfter: UInt64 = 0) {
        self.except = except
        self.pool = pool
        self.page = page
        self.retryAfter = retryAfter
    }
}
