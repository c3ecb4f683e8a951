internal import Bytes
internal import Sys
internal import Wire

/// The worker's way to logd: the ring that the records go into, and the bell.
struct RecordOutlet: ~Copyable {
    private var ring: SharedRing?
    private var wakeUp: WakeUp?
    private var isPending = false

    /// Without a ring: records are dropped.
    init() {}

    /// With the ring and the bell that the supervisor made.
    init(memory: Int32, wakeUp: consuming Descriptor) throws(Errno) {
        ring = try SharedRing(mapping: memory, capacity: RequestRecord.ringCapacity)
        self.wakeUp = WakeUp(wakeUp)
    }

    /// Appends the record in `start..<end` of a buffer; false, and counted, where there is no room.
    mutating func append(_ pool: borrowing BufferPool, _ buffer: Buffer, _ end: Int) -> Bool {
        isPending = true
        let isTaken = ring?.append(pool.bytes(buffer, 0, end)) ?? false
        if !isTaken { ring?.countDropped() }
        return isTaken
    }

    /// Wakes logd where it sleeps and there is something for it.
    mutating func wake() {
        if !isPending { return }
        isPending = false
        if ring?.takeWakeDuty() == true { wakeUp?.signal() }
    }

    /// Whether more than `limit` bytes of records wait for logd, or there is no room for those of what is under way.
    func isFull(limit: UInt64) -> Bool {
        switch ring {
        case .some(let ring):
            ring.appended &- ring.taken > min(limit, UInt64(ring.capacity - 2 * RequestRecord.sizeLimit))
        case .none: false
        }
    }
}
