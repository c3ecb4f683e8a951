import Bytes
import Plan

/// A hash table from hosts, exact or with a wildcard for one label, to numbers. Groups have hosts of their own.
///
/// What it holds comes from the policy: no client can fill it, and a look-up's cost is bounded by what the policy put
/// into one run of slots.
struct HostTable: ~Copyable {
    /// What is put into a table.
    struct Entry {
        /// The hosts among which it is looked for.
        let group: Int

        /// A host or a wildcard; not ``HostPattern/any``.
        let pattern: HostPattern

        /// What is found; not ``HostTable/none``.
        let value: UInt32

        /// The entry of these parts.
        init(group: Int, pattern: HostPattern, value: UInt32) {
            self.group = group
            self.pattern = pattern
            self.value = value
        }
    }

    /// Where a name stands in `text`, and what is found there.
    struct Slot: BitwiseCopyable {
        var hash: UInt64 = 0
        var start: UInt32 = 0
        var count: UInt32 = 0
        var group: UInt32 = 0
        var value: UInt32 = HostTable.none
        var isWildcard = false

        init() {}
    }

    /// No value.
    static var none: UInt32 { .max }

    let slots: Slab<Slot>
    let text: Slab<UInt8>
    let hasWildcards: Bool

    /// The table of these entries; of two with the same group and pattern the first is found.
    init(_ entries: [Entry]) {
        let builder = HostTableBuilder(entries)
        slots = Slab(builder.slots, empty: Slot())
        text = Slab(builder.text, empty: 0)
        hasWildcards = builder.hasWildcards
    }

    /// The value of `host` in `group`: that of the host itself, else that of a wildcard for its first label, else
    /// ``none``. `host` is in canonical form.
    func value(of host: Span<UInt8>, group: Int) -> UInt32 {
        let exact = find(host, group: UInt32(truncatingIfNeeded: group), isWildcard: false)
        if exact != HostTable.none { return exact }
        if !hasWildcards { return HostTable.none }
        let dot = ByteSearch.first(0x2e, in: host, from: 0)
        if dot == 0 || dot >= host.count { return HostTable.none }
        return find(
            host.extracting((dot &+ 1)..<host.count), group: UInt32(truncatingIfNeeded: group), isWildcard: true)
    }

    func find(_ name: Span<UInt8>, group: UInt32, isWildcard: Bool) -> UInt32 {
        let hash = HostTable.hash(name, group: group, isWildcard: isWildcard)
        let mask = slots.capacity &- 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].value != HostTable.none {
            let slot = slots[index]
            if slot.hash == hash && slot.group == group && slot.isWildcard == isWildcard && holds(name, slot) {
                return slot.value
            }
            index = (index &+ 1) & mask
        }
        return HostTable.none
    }

    func holds(_ name: Span<UInt8>, _ slot: Slot) -> Bool {
        name.equals(text.span(Int(slot.start), Int(slot.start) &+ Int(slot.count)))
    }

    static func hash(_ name: Span<UInt8>, group: UInt32, isWildcard: Bool) -> UInt64 {
        TextHash.of(name, seed: UInt64(group) << 1 | (isWildcard ? 1 : 0))
    }
}
