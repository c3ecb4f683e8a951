public import HTTPModel

/// What the client calls the site: how locations from inside are written for it.
public struct ClientView: ~Escapable {
    /// The host of its request; empty when it named none.
    public let host: Span<UInt8>

    /// The port that it named; 0 when it named none.
    public let port: UInt16

    /// How its connection is secured.
    public let scheme: Scheme

    /// The view of these parts.
    @_lifetime(copy host)
    public init(host: Span<UInt8>, port: UInt16, scheme: Scheme) {
        self.host = host
        self.port = port
        self.scheme = scheme
    }
}
