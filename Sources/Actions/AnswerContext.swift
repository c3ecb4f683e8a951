public import HTTP1
public import HTTPModel

/// To whom an answer goes, and what is done with it besides.
public struct AnswerContext: ~Escapable {
    /// The scope that decided.
    public let scope: Int

    /// The time in the form of `Date` (RFC 9110 section 5.6.7).
    public let date: Span<UInt8>

    /// How the client's connection is secured.
    public let scheme: Scheme

    /// Whether the body is left out, as for HEAD.
    public let omitsBody: Bool

    /// What becomes of the connection.
    public let connection: ResponseSerializer.Connection

    /// The minor version of the request.
    public let clientMinorVersion: UInt8

    /// The context of these parts.
    @_lifetime(copy date)
    public init(
        scope: Int, date: Span<UInt8>, scheme: Scheme, omitsBody: Bool, connection: ResponseSerializer.Connection,
        clientMinorVersion: UInt8
    ) {
        self.scope = scope
        self.date = date
        self.scheme = scheme
        self.omitsBody = omitsBody
        self.connection = connection
        self.clientMinorVersion = clientMinorVersion
    }
}
