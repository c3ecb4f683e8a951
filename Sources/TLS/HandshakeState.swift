/// How a handshake stands after ``TLSConnections/handshake(_:)``.
public enum HandshakeState: Equatable, Sendable {
    /// Finished: bytes can be read and written.
    case done
    /// It goes on when the socket is readable.
    case wantRead
    /// It goes on when the socket is writable.
    case wantWrite
    /// It goes on when ``TLSConnections/nextReady()`` names the slot; events of the socket mean nothing until then.
    case waitingForSignature
    /// It failed, and the client has been sent an alert where there is one.
    case failed(TLSFailure)
    /// The client went away.
    case closed
}

/// Why a handshake or a connection failed.
public enum TLSFailure: UInt8, Sendable, CaseIterable {
    /// See ``TLSConnections/failureText(_:)``.
    case other = 0
    /// The socket failed.
    case transport = 1
    /// The client sent a fatal alert.
    case peerAlert = 2
    /// No version in common.
    case version = 3
    /// No cipher suite, group or signature scheme in common.
    case nothingShared = 4
    /// No certificate for the name, and the profile refuses unknown names.
    case unknownName = 5
    /// The server name is not one (RFC 6066 section 3).
    case badName = 6
    /// No application protocol in common (RFC 7301 section 3.2).
    case applicationProtocol = 7
    /// The key-holder refused, is gone, or too many signatures were open.
    case signature = 8
    /// The client speaks HTTP without TLS.
    case plainHTTP = 9
    /// The client asked for a renegotiation.
    case renegotiation = 10

    /// The reason code in the log.
    public var name: StaticString {
        switch self {
        case .other: "tls.protocol"
        case .transport: "tls.transport"
        case .peerAlert: "tls.alert"
        case .version: "tls.version"
        case .nothingShared: "tls.nothing_shared"
        case .unknownName: "tls.unknown_name"
        case .badName: "tls.bad_name"
        case .applicationProtocol: "tls.application_protocol"
        case .signature: "tls.signature"
        case .plainHTTP: "tls.plain_http"
        case .renegotiation: "tls.renegotiation"
        }
    }
}
