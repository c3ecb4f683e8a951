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
