internal import CLinux
internal import Glibc

/// What a non-blocking read or write came to.
@frozen
public enum Transfer: Equatable, Sendable {
    /// So many bytes moved; never 0.
    case moved(Int)
    /// Nothing can move now; the poller will say when.
    case wouldBlock
    /// The peer has finished sending.
    case ended
    /// The connection is broken.
    case failed(Int32)
}

/// Stream sockets, by descriptor number. Nothing here waits.
public enum Socket {
    /// Receives into the whole of `target`.
    public static func receive(_ socket: Int32, into target: inout MutableSpan<UInt8>) -> Transfer {
        let count = unsafe target.withUnsafeMutableBufferPointer { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
        if count > 0 { return .moved(count) }
        return count == 0 ? .ended : failure()
    }

    /// Sends as much of `bytes` as the kernel takes.
    public static func send(_ socket: Int32, _ bytes: Span<UInt8>) -> Transfer {
        let count = unsafe bytes.withUnsafeBufferPointer {
            unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        return count >= 0 ? .moved(count) : failure()
    }

    /// Sends two runs of bytes with one call, as much of them as the kernel takes.
    public static func send(_ socket: Int32, _ first: Span<UInt8>, _ second: Span<UInt8>) -> Transfer {
        let count = unsafe first.withUnsafeBufferPointer { first in
            unsafe second.withUnsafeBufferPointer { second in
                unsafe masugata_send_two(socket, first.baseAddress, first.count, second.baseAddress, second.count)
            }
        }
        if count >= 0 { return .moved(count) }
        return count == -Int(EAGAIN) ? .wouldBlock : .failed(Int32(-count))
    }

    /// Accepts one connection, non-blocking; nil when none is waiting or the peer has gone again.
    /// - Throws: when the process or the host is out of descriptors or memory.
    public static func accept(_ listener: Int32, peer: inout SocketAddress) throws(Errno) -> Int32? {
        var address = masugata_address()
        let socket = unsafe masugata_accept(listener, &address)
        if socket >= 0 {
            peer = SocketAddress(kernel: address)
            return socket
        }
        switch -socket {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: throw Errno(-socket, "accept4")
        default: return nil
        }
    }

    /// Ends the sending direction.
    public static func finishSending(_ socket: Int32) { _ = shutdown(socket, Int32(SHUT_WR)) }

    /// Closes the socket.
    public static func close(_ socket: Int32) { _ = Glibc.close(socket) }

    /// Closes a connection by resetting it: what is not sent yet is dropped, and the peer sees an error instead of an end.
    /// Where the system refuses that, it is closed in order.
    public static func abort(_ socket: Int32) {
        var atOnce = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, socklen_t(MemoryLayout<linger>.size))
        close(socket)
    }

    /// A listening socket with `SO_REUSEPORT`, so that each worker has a queue of its own.
    public static func listen(_ address: SocketAddress, backlog: Int32) throws(Errno) -> Descriptor {
        var address = address.kernel
        return Descriptor(owning: try Errno.check(unsafe masugata_listen(&address, backlog), "bind"))
    }

    /// Whether nobody listens on `address`; with `SO_REUSEPORT` alone, two services of one user would share it unnoticed.
    /// - Throws: `EADDRINUSE`, or why it cannot be bound at all.
    public static func probe(_ address: SocketAddress) throws(Errno) {
        var address = address.kernel
        try Errno.check(unsafe masugata_probe_address(&address), "bind")
    }

    /// Starts to connect; the poller says when it is writable, ``pendingError(_:)`` how it went.
    public static func connect(_ address: SocketAddress) throws(Errno) -> Descriptor {
        var address = address.kernel
        return Descriptor(owning: try Errno.check(unsafe masugata_connect(&address), "connect"))
    }

    /// The error a finished connect left, or nil.
    public static func pendingError(_ socket: Int32) -> Errno? {
        let code = masugata_socket_error(socket)
        return code == 0 ? nil : Errno(abs(code), "connect")
    }

    /// The address a socket is bound to.
    public static func localAddress(_ socket: Int32) throws(Errno) -> SocketAddress {
        var address = masugata_address()
        try Errno.check(unsafe masugata_local_address(socket, &address), "getsockname")
        return SocketAddress(kernel: address)
    }

    private static func failure() -> Transfer {
        let code = errno
        return code == EAGAIN || code == EINTR ? .wouldBlock : .failed(code)
    }
}
