internal import CLinux
internal import Glibc

/// The words that conditions on system calls are written in.
enum KernelNames {
    /// An argument that conditions may speak of.
    struct Argument {
        let place: UInt32
        let isNarrow: Bool
    }

    /// The argument `name` of `call`.
    static func argument(_ name: String, of call: String) -> Argument? {
        guard let arguments = arguments[call], let found = arguments.first(where: { $0.0 == name }) else { return nil }
        return Argument(place: found.1, isNarrow: !wide.contains(name))
    }

    /// Arguments that the kernel takes in full width. All others are an `int`.
    private static let wide: Set<String> = ["address", "protection", "mapping", "request"]

    private static let arguments: [String: [(String, UInt32)]] = [
        "accept4": [("flags", 3)],
        "clock_gettime": [("clock", 0)],
        "fcntl": [("command", 1)],
        "futex": [("operation", 1)],
        "getsockopt": [("level", 1), ("option", 2)],
        "ioctl": [("request", 1)],
        "kill": [("signal", 1)],
        "madvise": [("advice", 2)],
        "mmap": [("protection", 2), ("mapping", 3)],
        "mprotect": [("protection", 2)],
        "newfstatat": [("flags", 3)],
        "openat": [("flags", 2)],
        "prctl": [("option", 0)],
        "recvfrom": [("flags", 3)],
        "recvmsg": [("flags", 2)],
        "renameat2": [("flags", 4)],
        "sendmmsg": [("flags", 3)],
        "sendmsg": [("flags", 2)],
        "sendto": [("flags", 3), ("address", 4)],
        "setsockopt": [("level", 1), ("option", 2)],
        "shutdown": [("direction", 1)],
        "socket": [("domain", 0), ("type", 1), ("protocol", 2)],
        "socketpair": [("domain", 0), ("type", 1), ("protocol", 2)],
        "unlinkat": [("flags", 2)],
        "write": [("fd", 0)],
        "writev": [("fd", 0)],
    ]

    /// Errors that a rule may answer with.
    static let errors: [String: Int32] = [
        "EACCES": EACCES, "EAFNOSUPPORT": EAFNOSUPPORT, "EINVAL": EINVAL, "ENOENT": ENOENT, "ENOSYS": ENOSYS,
        "EPERM": EPERM,
    ]

    /// Constants of the kernel's interface, as this kind of machine has them.
    static let constants: [String: UInt64] = files.merging(sockets) { one, _ in one }

    private static let files: [String: UInt64] = bits([
        "AT_EMPTY_PATH": 0x1000, "AT_SYMLINK_NOFOLLOW": AT_SYMLINK_NOFOLLOW,
        "CLOCK_MONOTONIC": CLOCK_MONOTONIC, "CLOCK_REALTIME": CLOCK_REALTIME,
        "F_ADD_SEALS": 1033, "F_DUPFD_CLOEXEC": F_DUPFD_CLOEXEC, "F_GETFD": F_GETFD, "F_GETFL": F_GETFL,
        "F_GET_SEALS": 1034, "F_SETFD": F_SETFD, "F_SETFL": F_SETFL,
        "FIONREAD": 0x541b, "MADV_DONTNEED": MADV_DONTNEED,
        "O_APPEND": O_APPEND, "O_CLOEXEC": O_CLOEXEC, "O_CREAT": O_CREAT, "O_DIRECTORY": O_DIRECTORY,
        "O_EXCL": O_EXCL, "O_NOCTTY": O_NOCTTY, "O_NOFOLLOW": O_NOFOLLOW, "O_NONBLOCK": O_NONBLOCK,
        "O_RDONLY": O_RDONLY, "O_RDWR": O_RDWR, "O_TRUNC": O_TRUNC, "O_WRONLY": O_WRONLY,
        // Glibc's own O_LARGEFILE is 0 on 64-bit machines; the kernel's is not, and stdio does not set it there.
        "PROT_EXEC": PROT_EXEC, "PROT_READ": PROT_READ, "PROT_WRITE": PROT_WRITE,
    ])

    private static let sockets: [String: UInt64] = bits([
        "AF_INET": AF_INET, "AF_INET6": AF_INET6, "AF_NETLINK": AF_NETLINK, "AF_UNIX": AF_UNIX,
        "IPPROTO_IP": 0, "IPPROTO_IPV6": 41, "IPPROTO_TCP": 6,
        "IP_RECVERR": 11, "IPV6_RECVERR": 25,
        "MSG_CMSG_CLOEXEC": 0x4000_0000, "MSG_DONTWAIT": 0x40, "MSG_FASTOPEN": 0x2000_0000, "MSG_MORE": 0x8000,
        "MSG_NOSIGNAL": 0x4000, "MSG_PEEK": 0x2, "MSG_TRUNC": 0x20,
        "SHUT_WR": 1, "SHUT_RDWR": 2,
        "SOCK_CLOEXEC": 0o2000000, "SOCK_DGRAM": 2, "SOCK_NONBLOCK": 0o4000, "SOCK_SEQPACKET": 5, "SOCK_STREAM": 1,
        "SOL_SOCKET": SOL_SOCKET, "SO_ERROR": SO_ERROR, "SO_LINGER": SO_LINGER, "TCP_FASTOPEN": 23,
        "TCP_FASTOPEN_CONNECT": 30,
        "TCP_NODELAY": TCP_NODELAY,
    ])

    private static func bits(_ constants: [String: Int32]) -> [String: UInt64] {
        constants.mapValues { UInt64(UInt32(bitPattern: $0)) }
    }
}
