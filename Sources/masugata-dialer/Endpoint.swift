internal import Plan
internal import Sys

/// A server of the plan. It outlives a generation, so that its connections are counted over reloads.
final class Endpoint {
    /// What makes two servers of two plans the same one.
    struct Key: Hashable {
        var pool: String
        var host: String
        var port: UInt16
    }

    let key: Key

    /// Its addresses, when the plan names it by name.
    let name: ResolvedName?

    /// Connections that are being made or are in the hands of workers.
    var open = 0

    private let literal: Sys.SocketAddress?

    /// A server; `name` answers for host names.
    init(_ key: Key, name: (String) -> ResolvedName) {
        self.key = key
        if let address = IPAddress(key.host) {
            literal = Sys.SocketAddress(bytes: address.octets, port: key.port, isIPv6: !address.isIPv4)
            self.name = nil
        } else {
            literal = nil
            self.name = name(key.host)
        }
    }

    /// The addresses to try, in order; none while its name does not resolve.
    func candidates(_ now: UInt64) -> [Sys.SocketAddress] {
        if let literal { return [literal] }
        return name?.candidates(port: key.port, now) ?? []
    }
}
