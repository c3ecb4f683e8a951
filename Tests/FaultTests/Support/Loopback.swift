import Glibc

/// Sockets on 127.0.0.1.
enum Loopback {
    /// An address with this port.
    static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    /// So many ports that nobody listens on. All are held until the last is found, so that they differ.
    static func freePorts(_ count: Int) -> [UInt16] {
        let sockets = (0..<count).map { _ in bound(to: 0) }
        defer { for socket in sockets { close(socket) } }
        return sockets.map(port(of:))
    }

    /// A socket that is bound to `port`; 0 is any.
    static func bound(to port: UInt16) -> Int32 {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = address(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        precondition(number >= 0 && result == 0, "no socket on loopback")
        return number
    }

    /// The socket's own port.
    static func port(of number: Int32) -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A connected socket, or -1. Nothing on it waits longer than `seconds`.
    static func connected(to port: UInt16, seconds: Int) -> Int32 {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        limit(number, seconds)
        var address = address(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return number }
        close(number)
        return -1
    }

    /// A socket whose connection to `port` stands at once; nil when it does not, because the queue there is full.
    static func begun(to port: UInt16) -> Int32? {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let number = socket(AF_INET, kind, 0)
        var address = address(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(number, $0, size) }
        }
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        if poll(&entry, 1, 200) == 1 && entry.revents & Int16(POLLERR | POLLHUP) == 0 { return number }
        close(number)
        return nil
    }

    /// Bounds every wait on a socket.
    static func limit(_ number: Int32, _ seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(number, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }
}
