internal import Sys

/// A host name of the plan and what it resolved to.
final class ResolvedName {
    /// The name.
    let host: String

    /// What it resolved to last; kept while it does not resolve.
    private(set) var addresses: [SocketAddress] = []

    /// Until when each address comes after the others (``Clock/monotonic()``).
    private var pausedUntil: [UInt64] = []

    /// The address whose turn it is.
    private var turn = 0

    /// Whether it has ever been answered for, even in vain.
    private(set) var isAnswered = false

    /// When to ask again.
    private(set) var due: UInt64 = 0

    init(_ host: String) { self.host = host }

    /// Takes an answer; an empty one leaves the addresses as they are.
    func answered(_ answer: [SocketAddress], _ now: UInt64) {
        isAnswered = true
        due = now + (answer.isEmpty ? DialerLimits.nameRetry : DialerLimits.nameRefresh)
        if answer.isEmpty || ResolvedName.equal(answer, addresses) { return }
        pausedUntil = answer.map { address in
            addresses.firstIndex { ResolvedName.equal([$0], [address]) }.map { pausedUntil[$0] } ?? 0
        }
        addresses = answer
    }

    /// The addresses in the order in which they should be tried: in turn, those that failed lately at the end.
    func candidates(port: UInt16, _ now: UInt64) -> [SocketAddress] {
        if addresses.isEmpty { return [] }
        turn = (turn + 1) % addresses.count
        let order = (0..<addresses.count).map { (turn + $0) % addresses.count }
        let sorted = order.filter { pausedUntil[$0] <= now } + order.filter { pausedUntil[$0] > now }
        return sorted.map { index in
            var address = addresses[index]
            address.port = port
            return address
        }
    }

    /// An address could not be connected to.
    func failed(_ address: SocketAddress, _ now: UInt64) {
        for index in addresses.indices where ResolvedName.equal([addresses[index]], [address]) {
            pausedUntil[index] = now + DialerLimits.addressPause
        }
    }

    /// Whether two lists hold the same addresses in the same order, ports aside.
    private static func equal(_ one: [SocketAddress], _ other: [SocketAddress]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { one, other in
                one.scope == other.scope && (0..<16).allSatisfy { one.bytes[$0] == other.bytes[$0] }
            }
    }
}
