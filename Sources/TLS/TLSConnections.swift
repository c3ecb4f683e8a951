internal import CTLS
public import Sys

/// The TLS connections of one worker, by slot, so that whoever relays keeps plain numbers. One thread only.
///
/// A slot belongs to a connection from ``start(_:socket:context:listener:)`` to ``end(_:)``; calling anything else
/// about an empty slot traps. The socket stays the caller's, who closes it after ``end(_:)``.
@safe
public struct TLSConnections: ~Copyable {
    let engine: OpaquePointer

    /// Slots.
    public let capacity: Int

    /// - Parameters:
    ///   - capacity: slots.
    ///   - pendingSignatures: the most signatures that may be open at once, 1 to 1,048,575. Each paused handshake
    ///     holds a stack of 32 KiB; one that finds no place fails.
    public init(capacity: Int, pendingSignatures: Int) throws(TLSConfigurationError) {
        let engine = unsafe masugata_tls_engine_new(
            UInt32(clamping: capacity), UInt32(clamping: max(pendingSignatures, 0)))
        guard let engine = unsafe engine else {
            throw TLSConfigurationError(["OpenSSL cannot be initialised: \(TLSContext.libraryReason())"])
        }
        unsafe self.engine = engine
        self.capacity = capacity
    }

    deinit { unsafe masugata_tls_engine_free(engine) }

    /// Begins a connection on an accepted, non-blocking socket, in an empty slot. Answers false when memory is out or
    /// the listener has no TLS.
    public mutating func start(
        _ slot: Int, socket: Int32, context: borrowing TLSContext, listener: Int
    ) -> Bool {
        unsafe masugata_tls_begin(engine, UInt32(slot), socket, context.context, Int32(listener))
    }

    /// Goes on with the handshake as far as it goes now. After `failed` and `closed` the caller ends the slot.
    public mutating func handshake(_ slot: Int) -> HandshakeState {
        switch unsafe Int(masugata_tls_handshake(engine, UInt32(slot))) {
        case MASUGATA_TLS_DONE: .done
        case MASUGATA_TLS_WANT_READ: .wantRead
        case MASUGATA_TLS_WANT_WRITE: .wantWrite
        case MASUGATA_TLS_WAITING: .waitingForSignature
        case MASUGATA_TLS_CLOSED: .closed
        default: .failed(failure(slot))
        }
    }

    /// Reads into `target`, at most one record (16 KiB). After `moved` there may be more without a new event of the
    /// socket: read until `wouldBlock`. An end without close_notify is reported like one with it.
    public func read(_ slot: Int, into target: inout MutableSpan<UInt8>) -> Transfer {
        let count = unsafe target.withUnsafeMutableBufferPointer {
            unsafe masugata_tls_read(engine, UInt32(slot), $0.baseAddress, $0.count)
        }
        return transfer(slot, count)
    }

    /// Writes as much of `bytes` as the socket takes, whole records. After `wouldBlock` the next write must begin with
    /// the same bytes and have at least as many, because a record of them may be half on its way.
    public func write(_ slot: Int, _ bytes: Span<UInt8>) -> Transfer {
        let count = unsafe bytes.withUnsafeBufferPointer {
            unsafe masugata_tls_write(engine, UInt32(slot), $0.baseAddress, $0.count)
        }
        return transfer(slot, count)
    }

    /// Sends close_notify, for which nothing has to be waited; nil when it went.
    public mutating func shutdown(_ slot: Int) -> Transfer? {
        let result = unsafe masugata_tls_shutdown(engine, UInt32(slot))
        return result == 0 ? nil : transfer(slot, Int(result))
    }

    /// Forgets the connection, whatever it is doing; its slot is empty afterwards. An empty slot is no error.
    public mutating func end(_ slot: Int) {
        unsafe masugata_tls_end(engine, UInt32(slot))
    }

    /// A slot whose signature has been answered: its handshake goes on. Call until nil after each
    /// ``RemoteSigner/receive(for:)``.
    public mutating func nextReady() -> Int? {
        let slot = unsafe masugata_tls_next_ready(engine)
        return slot < 0 ? nil : Int(slot)
    }

    /// Signatures asked for and not answered, those of connections that have ended meanwhile included. Whoever caps
    /// the pending handshakes reads it.
    public var pendingSignatures: Int { Int(unsafe masugata_tls_pending(engine)) }

    private func transfer(_ slot: Int, _ count: Int) -> Transfer {
        if count >= 0 { return .moved(count) }
        switch count {
        case Int(MASUGATA_TLS_WOULD_BLOCK): return .wouldBlock
        case Int(MASUGATA_TLS_ENDED): return .ended
        default: return .failed(errorNumber(slot))
        }
    }
}
