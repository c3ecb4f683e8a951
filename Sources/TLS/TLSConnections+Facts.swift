internal import CTLS
internal import Glibc

/// What is known of a connection.
extension TLSConnections {
    /// Whether a connection is in the slot.
    public func isOpen(_ slot: Int) -> Bool { unsafe masugata_tls_is_open(engine, UInt32(slot)) }

    /// The name that the client asked for, in lower case; empty when it asked for none.
    @_lifetime(borrow self)
    public func serverName(_ slot: Int) -> Span<UInt8> {
        var count = 0
        let bytes = unsafe masugata_tls_server_name(engine, UInt32(slot), &count)
        return unsafe borrowed(bytes, count)
    }

    /// The application protocol agreed on; empty when none was.
    @_lifetime(borrow self)
    public func applicationProtocol(_ slot: Int) -> Span<UInt8> {
        var count = 0
        let bytes = unsafe masugata_tls_alpn(engine, UInt32(slot), &count)
        return unsafe borrowed(bytes, count)
    }

    /// The version agreed on; nil before the handshake is done.
    public func version(_ slot: Int) -> TLSVersion? {
        TLSVersion(rawValue: UInt8(truncatingIfNeeded: unsafe masugata_tls_version(engine, UInt32(slot))))
    }

    /// The cipher suite's number in the IANA registry; 0 before the handshake is done.
    public func cipherSuite(_ slot: Int) -> UInt16 { unsafe masugata_tls_cipher(engine, UInt32(slot)) }

    /// Whether the session was resumed by a ticket.
    public func isResumed(_ slot: Int) -> Bool { unsafe masugata_tls_resumed(engine, UInt32(slot)) }

    /// Bytes that a read would give without asking the socket.
    public func pendingBytes(_ slot: Int) -> Int { Int(unsafe masugata_tls_pending_bytes(engine, UInt32(slot))) }

    /// Why the last call failed.
    public func failure(_ slot: Int) -> TLSFailure {
        let cause = cause(slot)
        return TLSFailure(refusal: cause.refusal, code: cause.code)
    }

    /// OpenSSL's words for why the last call failed, for a notice.
    public func failureText(_ slot: Int) -> String { TLSFailure.text(of: cause(slot).code) }

    /// The socket's error number, or `EPROTO` where TLS itself failed.
    func errorNumber(_ slot: Int) -> Int32 {
        let number = cause(slot).errorNumber
        return number != 0 ? number : EPROTO
    }

    private func cause(_ slot: Int) -> (refusal: Int32, code: UInt, errorNumber: Int32) {
        var errorNumber: Int32 = 0
        var code: UInt = 0
        let refusal = unsafe masugata_tls_failure(engine, UInt32(slot), &errorNumber, &code)
        return (refusal, code, errorNumber)
    }

    @_lifetime(borrow self)
    private func borrowed(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Span<UInt8> {
        let span = unsafe Span(_unsafeElements: UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
        return unsafe _overrideLifetime(span, borrowing: self)
    }
}
