import Plan

/// Lays out what a ``HostTable`` holds.
struct HostTableBuilder {
    private(set) var slots: [HostTable.Slot]
    private(set) var text: [UInt8] = []
    private(set) var hasWildcards = false

    @inline(never)
    private static func name(_ pattern: HostPattern) -> [UInt8] {
        switch pattern {
        case .exact(let name), .wildcard(let name): Array(name.utf8)
        case .any: []
        }
    }

    init(_ entries: [HostTable.Entry]) {
        var capacity = 8
        // At most every second slot is taken, so that a look-up soon meets a free one.
        while capacity < entries.count * 2 { capacity *= 2 }
        slots = [HostTable.Slot](repeating: HostTable.Slot(), count: capacity)
        for entry in entries { add(entry) }
    }

    private mutating func add(_ entry: HostTable.Entry) {
        let name = HostTableBuilder.name(entry.pattern)
        var slot = HostTable.Slot()
        if case .wildcard = entry.pattern { slot.isWildcard = true }
        hasWildcards = hasWildcards || slot.isWildcard
        slot.hash = HostTable.hash(name.span, group: UInt32(entry.group), isWildcard: slot.isWildcard)
        slot.start = UInt32(text.count)
        slot.count = UInt32(name.count)
        slot.group = UInt32(entry.group)
        slot.value = entry.value
        text += name
        var index = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
        while slots[index].value != HostTable.none { index = (index + 1) & (slots.count - 1) }
        slots[index] = slot
    }
}
