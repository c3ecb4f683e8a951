internal import CLinux
internal import Glibc

/// The owner of a file descriptor: closed exactly once, when the owner goes.
public struct Descriptor: ~Copyable {
    /// The number, for calls that borrow it.
    public let raw: Int32

    /// Takes ownership of an open descriptor.
    public init(owning raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    /// Gives the number up without closing it.
    public consuming func release() -> Int32 {
        let number = raw
        discard self
        return number
    }

    /// A second descriptor for the same open file.
    public borrowing func duplicate() throws(Errno) -> Descriptor {
        let copy = masugata_fcntl(raw, F_DUPFD_CLOEXEC, 3)
        if copy < 0 { throw Errno.last("fcntl(F_DUPFD_CLOEXEC)") }
        return Descriptor(owning: copy)
    }

    /// Makes reads and writes answer at once.
    public borrowing func setNonBlocking() throws(Errno) {
        let flags = masugata_fcntl(raw, F_GETFL, 0)
        if flags < 0 || masugata_fcntl(raw, F_SETFL, Int(flags | O_NONBLOCK)) < 0 {
            throw Errno.last("fcntl(F_SETFL)")
        }
    }
}
