import Plan
import Sys

/// Listening sockets: one for each address and worker, kept open here so that the queue of a worker that died is
/// served by its successor, and a reload interrupts nobody.
enum Listeners {
    /// Connections that wait to be accepted, for each socket; the host may allow fewer (net.core.somaxconn).
    private static let backlog: Int32 = 4096

    /// Sockets for every listener of `plan` and every worker. Those of `older` serve on where the address is the same.
    static func bind(_ plan: Plan, workers: Int, older: Generation?) throws(Failure) -> [[Handle]] {
        var sockets: [[Handle]] = []
        for listener in plan.listeners {
            if let older, let same = older.plan.listeners.firstIndex(where: { $0.address == listener.address }) {
                sockets.append(older.listeners[same])
            } else {
                sockets.append(try bind(listener, workers: workers))
            }
        }
        return sockets
    }

    private static func bind(_ listener: Listener, workers: Int) throws(Failure) -> [Handle] {
        let address = listener.socketAddress
        do throws(Errno) {
            try Socket.probe(address)
            var sockets: [Handle] = []
            for _ in 0..<workers { sockets.append(Handle(try Socket.listen(address, backlog: backlog))) }
            return sockets
        } catch {
            throw Failure(
                "listen \(listener.name): \(listener.address) cannot be listened on: \(error); \(remedy(error))")
        }
    }

    private static func remedy(_ error: Errno) -> String {
        switch error.code {
        case ErrorCode.isInUse: "end the program that has it (ss -ltnp), or choose another port"
        case ErrorCode.isForbidden: "ports below 1024 need root, or CAP_NET_BIND_SERVICE"
        case ErrorCode.isElsewhere: "the host has no such address (ip address), or not yet"
        default: "correct the address in the policy"
        }
    }
}

extension Listener {
    /// The plan's address as sockets take it.
    fileprivate var socketAddress: Sys.SocketAddress {
        Sys.SocketAddress(bytes: address.address.octets, port: address.port, isIPv6: !address.address.isIPv4)
    }
}
