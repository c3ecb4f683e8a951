import Bytes
import HTTPModel
import Plan

/// Divisions of requests among pools, laid out flat.
struct SplitTable: ~Copyable {
    struct Entry: BitwiseCopyable {
        enum Key: UInt8, BitwiseCopyable {
            case cookie, header, client, random
        }

        var key = Key.random
        /// The tag of the header's name, or `other`.
        var header = FieldName.other
        var name = TextPlace()
        var shares = TextPlace()
        var forced = TextPlace()
    }

    struct Share: BitwiseCopyable {
        /// Where the share ends, counted from the first: hundredths of a percent.
        var end: UInt32 = 0
        var pool: UInt32 = 0
    }

    struct Forced: BitwiseCopyable {
        var value = TextPlace()
        var pool: UInt32 = 0
    }

    private let entries: Slab<Entry>
    private let shares: Slab<Share>
    private let forced: Slab<Forced>
    private let text: Slab<UInt8>

    init(_ splits: [Split]) {
        var builder = SplitTableBuilder()
        for split in splits { builder.add(split) }
        entries = Slab(builder.entries, empty: Entry())
        shares = Slab(builder.shares, empty: Share())
        forced = Slab(builder.forced, empty: Forced())
        text = Slab(builder.text, empty: 0)
    }

    /// The pool that the split with number `number` gives a request to, and whether a value forced it.
    func pool(_ number: Int, _ head: borrowing RequestHead, _ facts: RequestFacts) -> (pool: Int, isForced: Bool) {
        let entry = entries[number]
        var cursor = ValueCursor()
        let name = text.span(entry.name.first, entry.name.end)
        let hasValue =
            switch entry.key {
            case .cookie: cursor.advance(toCookie: name, in: head)
            case .header: cursor.advance(to: entry.header, name, in: head)
            case .client, .random: false
            }
        if hasValue {
            let value = head.value(of: cursor.line).extracting(cursor.start..<cursor.end)
            if let pool = forcedPool(entry, value) { return (pool, true) }
            return (pool(entry, SplitTable.hash(value)), false)
        }
        if entry.key == .random { return (pool(entry, SplitTable.mix(facts.chance)), false) }
        return (pool(entry, SplitTable.mix(facts.client.high &* 31 ^ SplitTable.mix(facts.client.low))), false)
    }

    private func forcedPool(_ entry: Entry, _ value: Span<UInt8>) -> Int? {
        for index in entry.forced.first..<entry.forced.end {
            let place = forced[index].value
            if ASCII.equal(value, text.span(place.first, place.end)) { return Int(forced[index].pool) }
        }
        return nil
    }

    private func pool(_ entry: Entry, _ hash: UInt64) -> Int {
        // The high half of the hash, as a part of the whole.
        let point = UInt32(truncatingIfNeeded: ((hash >> 32) &* UInt64(Split.whole)) >> 32)
        var index = entry.shares.first
        while index &+ 1 < entry.shares.end && point >= shares[index].end { index &+= 1 }
        return Int(shares[index].pool)
    }

    /// FNV-1a (Fowler, Noll, Vo), mixed. It is the same in every worker and after every start, so that a client stays
    /// where it is.
    private static func hash(_ value: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in value.indices { hash = (hash ^ UInt64(value[index])) &* 0x0000_0100_0000_01b3 }
        return mix(hash)
    }

    /// Spreads a number over all bits (the finaliser of SplitMix64; Steele, Lea, Flood).
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
