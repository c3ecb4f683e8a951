internal import CLinux
internal import Glibc

/// Sockets of this host that have a path: the operator's way in, and the service manager's ear.
public enum LocalSocket {
    /// A listening stream socket at `path` that only this user and root can open. A left-over one is replaced.
    public static func listen(_ path: String) throws(Errno) -> Descriptor {
        Descriptor(owning: try Errno.check(unsafe masugata_listen_local(path), "bind"))
    }

    /// A client of such a socket; nil when none is waiting. `user` and `process` are the peer's, from the kernel.
    public static func accept(_ listener: Int32, user: inout UInt32, process: inout Int32) -> Descriptor? {
        let number = unsafe masugata_accept_local(listener, &user, &process)
        return number >= 0 ? Descriptor(owning: number) : nil
    }

    /// Sends one datagram to the socket at `path`, where a first `@` means an abstract name.
    public static func send(_ bytes: Span<UInt8>, to path: String) throws(Errno) {
        let result = unsafe bytes.withUnsafeBufferPointer {
            unsafe masugata_send_datagram(path, $0.baseAddress, $0.count)
        }
        try Errno.check(result, "sendto")
    }
}
