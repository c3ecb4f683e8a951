internal import Bytes
internal import Plan

/// The networks from which HTTP/2 was abused lately.
///
/// An entry is a network of the size that one party usually has: 24 bits of IPv4, 56 of IPv6. The table has a fixed
/// number of places, and an entry one of four of them, by its hash; where all four are taken the one that ends first
/// makes room.
struct PenaltyTable: ~Copyable {
    private var entries: Slab<Entry>

    private struct Entry: BitwiseCopyable {
        var high: UInt64 = 0
        var low: UInt64 = 0
        /// When the penalty ends, microseconds; 0 for a free place.
        var until: UInt64 = 0
    }

    /// Room for as many as any policy may have.
    init() {
        entries = Slab(capacity: Int(LimitName.penalties.setting.range.upperBound), repeating: Entry())
    }

    /// Places that one entry may be in.
    private static var ways: Int { 4 }

    /// Puts the network of `address` under a penalty until `end`.
    /// - Parameter size: places that are used.
    mutating func add(_ address: IPAddress, until end: UInt64, size: Int) {
        let (high, low) = PenaltyTable.network(address)
        let start = place(high, low, size)
        var chosen = start
        for index in start..<(start + PenaltyTable.ways) {
            if entries[index].high == high && entries[index].low == low {
                chosen = index
                break
            }
            if entries[index].until < entries[chosen].until { chosen = index }
        }
        entries[chosen] = Entry(high: high, low: low, until: max(end, 1))
    }

    /// Whether the network of `address` is under a penalty at `now`.
    func contains(_ address: IPAddress, now: UInt64, size: Int) -> Bool {
        let (high, low) = PenaltyTable.network(address)
        let start = place(high, low, size)
        for index in start..<(start + PenaltyTable.ways) where entries[index].until > now {
            if entries[index].high == high && entries[index].low == low { return true }
        }
        return false
    }

    private func place(_ high: UInt64, _ low: UInt64, _ size: Int) -> Int {
        let sets = UInt64(min(size, entries.capacity) / PenaltyTable.ways)
        let mixed = (high ^ low &* 0x9e37_79b9_7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        return Int((mixed >> 32) % sets) * PenaltyTable.ways
    }

    /// The network without the bits of the host.
    private static func network(_ address: IPAddress) -> (high: UInt64, low: UInt64) {
        if address.isIPv4 { return (address.high, address.low & ~0xff) }
        return (address.high & ~0xff, 0)
    }
}

extension Worker {
    /// Whether clients from near `address` get less of HTTP/2.
    func isPenalised(_ address: IPAddress) -> Bool {
        penalties.contains(address, now: now, size: Int(current.plan.limits[.penalties]))
    }

    /// Puts the network of a client under a penalty.
    mutating func penalise(_ address: IPAddress) {
        let duration = time(.penalty)
        if duration == 0 { return }
        tally.penalties &+= 1
        penalties.add(address, until: now + duration, size: Int(current.plan.limits[.penalties]))
    }
}
