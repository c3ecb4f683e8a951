internal import Bytes

/// One deadline for each of a fixed number of owners, at a resolution of ``tick``.
///
/// Owners are filed in a ring of slots by the time at which they are to be looked at. Putting a deadline off only
/// notes the new time: the owner is filed anew when its old slot comes up. So the deadlines of a busy connection,
/// which are put off at every event and hardly ever met, cost a store each. Deterministic: the caller brings the time.
public struct TimerWheel: ~Copyable {
    private var nodes: Slab<TimerNode>
    private var heads: Slab<Int32>
    private var cursor: UInt64

    /// Microseconds between two looks at the ring.
    public static var tick: UInt64 { 16_384 }
    private static var slots: Int { 2_048 }

    /// - Parameters:
    ///   - owners: owners are numbered from 0 to one below it.
    ///   - now: the time in microseconds.
    public init(owners: Int, now: UInt64) {
        nodes = Slab(capacity: owners, repeating: TimerNode())
        heads = Slab(capacity: TimerWheel.slots, repeating: -1)
        cursor = now / TimerWheel.tick
    }

    /// Sets the owner's deadline, in place of an earlier one.
    public mutating func arm(_ owner: Int, at deadline: UInt64) {
        nodes[owner].deadline = max(deadline, 1)
        if nodes[owner].slot >= 0 {
            if !isEarlier(deadline, thanSlotOf: owner) { return }
            unfile(owner)
        }
        file(owner)
    }

    /// Forgets the owner's deadline.
    public mutating func disarm(_ owner: Int) { nodes[owner].deadline = 0 }

    /// An owner whose deadline has passed at `now`, its deadline forgotten; nil when there is none. Call until nil.
    public mutating func next(now: UInt64) -> Int? {
        let target = now / TimerWheel.tick
        while true {
            while let owner = takeFirst(Int(cursor % UInt64(TimerWheel.slots))) {
                let deadline = nodes[owner].deadline
                if deadline == 0 { continue }
                if deadline <= now {
                    nodes[owner].deadline = 0
                    return owner
                }
                // Filed here by an earlier deadline, or for a later round of the ring.
                file(owner)
            }
            if cursor >= target { return nil }
            cursor += 1
        }
    }

    private func isEarlier(_ deadline: UInt64, thanSlotOf owner: Int) -> Bool {
        let slots = UInt64(TimerWheel.slots)
        let filed = (UInt64(nodes[owner].slot) &+ slots &- cursor % slots) % slots
        return deadline / TimerWheel.tick < cursor &+ filed
    }

    private mutating func file(_ owner: Int) {
        // At least one tick ahead of the cursor, at most a whole round.
        let due = max(nodes[owner].deadline / TimerWheel.tick &+ 1, cursor &+ 1)
        let farthest = cursor &+ UInt64(TimerWheel.slots) &- 1
        insert(owner, Int(min(due, farthest) % UInt64(TimerWheel.slots)))
    }

    private mutating func insert(_ owner: Int, _ slot: Int) {
        let head = heads[slot]
        nodes[owner].slot = Int32(slot)
        nodes[owner].next = head
        nodes[owner].previous = -1
        if head >= 0 { nodes[Int(head)].previous = Int32(owner) }
        heads[slot] = Int32(owner)
    }

    private mutating func unfile(_ owner: Int) {
        let node = nodes[owner]
        if node.previous >= 0 { nodes[Int(node.previous)].next = node.next } else { heads[Int(node.slot)] = node.next }
        if node.next >= 0 { nodes[Int(node.next)].previous = node.previous }
        nodes[owner].slot = -1
    }

    private mutating func takeFirst(_ slot: Int) -> Int? {
        let head = heads[slot]
        if head < 0 { return nil }
        unfile(Int(head))
        return Int(head)
    }
}

/// Where one owner of a ``TimerWheel`` is filed.
@usableFromInline
struct TimerNode: BitwiseCopyable {
    /// When the owner wants to be told; 0: never.
    var deadline: UInt64 = 0
    var next: Int32 = -1
    var previous: Int32 = -1
    /// The slot it is filed in; -1: in none.
    var slot: Int32 = -1
}
