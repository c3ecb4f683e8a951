import Glibc

/// An address where connections are neither taken nor refused: a listener whose queue is full.
final class FullListener: @unchecked Sendable {
    static let shared = FullListener()

    private(set) var port: UInt16 = 0
    private var sockets: [Int32] = []

    private init() {
        let listener = make()
        repeat { port = Ports.free() } while !withAddress { bind(listener, $0, $1) == 0 }
        listen(listener, 0)
        // The queue holds one more than it says; what comes then is left unanswered.
        for _ in 0..<4 {
            let client = make()
            _ = withAddress { connect(client, $0, $1) == 0 }
        }
    }

    private func make() -> Int32 {
        let socket = socket(
            AF_INET,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        sockets.append(socket)
        return socket
    }

    private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool) -> Bool {
        var address = Ports.loopback(port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
