/// What a worker counts, in the order of `Counters.names(of: .proxy)`.
struct Tally {
    var accepted: UInt64 = 0
    var refused: UInt64 = 0
    var handshakes: UInt64 = 0
    var handshakesFailed: UInt64 = 0
    var resumed: UInt64 = 0
    var requests: UInt64 = 0
    var malformed: UInt64 = 0
    var denied: UInt64 = 0
    var statuses = InlineArray<6, UInt64>(repeating: 0)
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0
    var upstreamConnections: UInt64 = 0
    var upstreamReused: UInt64 = 0
    var upstreamFailed: UInt64 = 0
    var recordsDropped: UInt64 = 0
    /// Connections that spoke HTTP/2, and those of them that failed.
    var multiplexed: UInt64 = 0
    var multiplexedFailed: UInt64 = 0
    var penalties: UInt64 = 0

    mutating func count(status: UInt16) {
        let hundreds = Int(status / 100)
        if hundreds < 6 { statuses[hundreds] &+= 1 }
    }
}
