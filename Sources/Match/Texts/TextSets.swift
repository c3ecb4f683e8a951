import Bytes

/// Sets of texts, each asked whether a text is one of its own.
///
/// All sets are in one hash table. What it holds comes from the policy: no client can fill it, so the cost of a look-up
/// is that of hashing the text and of a run of slots whose length the policy alone determines.
struct TextSets: ~Copyable {
    private let slots: Slab<TextSlot>
    private let text: Slab<UInt8>

    /// For each set, the lengths of its texts as bits; the last stands for all from 63 on.
    private let lengths: Slab<UInt64>

    /// The sets with the numbers 0, 1, …; none holds a text twice.
    init(_ sets: [[[UInt8]]]) {
        let count = sets.reduce(0) { $0 + $1.count }
        var capacity = 8
        // At most every second slot is taken, so that a look-up soon meets a free one.
        while capacity < count * 2 { capacity *= 2 }
        var slots = Slab(capacity: capacity, repeating: TextSlot())
        var text: [UInt8] = []
        var lengths = Slab<UInt64>(capacity: sets.count, repeating: 0)
        for (number, texts) in sets.enumerated() {
            for member in texts {
                var slot = TextSlot()
                slot.hash = TextHash.of(member.span, seed: UInt64(number))
                lengths[number] |= TextSets.lengthBit(member.count)
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
        self.lengths = lengths
    }

    /// Whether `candidate` is in the set with number `set`.
    func contains(_ candidate: Span<UInt8>, set: Int) -> Bool {
        if lengths[set] & TextSets.lengthBit(candidate.count) == 0 { return false }
        let hash = TextHash.of(candidate, seed: UInt64(truncatingIfNeeded: set))
        let set = UInt32(truncatingIfNeeded: set)
        let mask = slots.capacity &- 1
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index].set != TextSlot.free {
            let slot = slots[index]
            if slot.hash == hash && slot.set == set
                && candidate.equals(text.span(slot.place.first, slot.place.end))
            {
                return true
            }
            index = (index &+ 1) & mask
        }
        return false
    }

    private static func lengthBit(_ count: Int) -> UInt64 { 1 &<< UInt64(min(count, 63)) }
}

/// A text of one of the ``TextSets``, or a free place.
struct TextSlot: BitwiseCopyable {
    var hash: UInt64 = 0
    var place = TextPlace()
    var set: UInt32 = TextSlot.free

    static var free: UInt32 { .max }
}
