import Bytes

/// Sets of texts, each asked whether a text is one of its own.
///
/// All sets are in one hash table. What it holds comes from the policy: no client can fill it, so the cost of a look-up
/// is that of hashing the text and of a run of slots whose length the policy alone determines.
struct TextSets: ~Copyable {
    private let slots: Slab<TextSlot>
    private let text: Slab<UInt8>

    /// The sets with the numbers 0, 1, …; none holds a text twice.
    init(_ sets: [[[UInt8]]]) {
        let count = sets.reduce(0) { $0 + $1.count }
        var capacity = 8
        // At most every second slot is taken, so that a look-up soon meets a free one.
        while capacity < count * 2 { capacity *= 2 }
        var slots = Slab(capacity: capacity, repeating: TextSlot())
        var text: [UInt8] = []
        for (number, texts) in sets.enumerated() {
            for member in texts {
                var slot = TextSlot()
                slot.hash = TextSets.hash(member.span, set: UInt32(number))
                slot.place = TextPlace(start: text.count, count: member.count)
                slot.set = UInt32(number)
                text += member
                var index = Int(truncatingIfNeeded: slot.hash) & (capacity - 1)
                while slots[index].set != TextSlot.free { index = (index + 1) & (capacity - 1) }
                slots[index] = slot
            }
        }
        self.slots = slots
        self.text = Slab(text, empty: 0)
    }

    /// Whether `candidate` is in the set with number `set`.
    func contains(_ candidate: Span<UInt8>, set: Int) -> Bool {
        let set = UInt32(truncatingIfNeeded: set)
        let hash = TextSets.hash(candidate, set: set)
        let mask = slots.capacity &- 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].set != TextSlot.free {
            let slot = slots[index]
            if slot.hash == hash && slot.set == set
                && ASCII.equal(candidate, text.span(slot.place.first, slot.place.end))
            {
                return true
            }
            index = (index &+ 1) & mask
        }
        return false
    }

    /// FNV-1a (Fowler, Noll, Vo), with its high bits folded into the low ones, which choose the slot.
    private static func hash(_ text: Span<UInt8>, set: UInt32) -> UInt64 {
        var hash = (0xcbf2_9ce4_8422_2325 ^ UInt64(set)) &* 0x0000_0100_0000_01b3
        for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01b3 }
        return hash ^ hash >> 32
    }
}

/// A text of one of the ``TextSets``, or a free place.
struct TextSlot: BitwiseCopyable {
    var hash: UInt64 = 0
    var place = TextPlace()
    var set: UInt32 = TextSlot.free

    static var free: UInt32 { .max }
}
