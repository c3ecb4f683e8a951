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
        var ring = try SharedRing(mapping: memory, capacity: RequestRecord.ringCapacity)
        // A worker that was killed in this place may have been sending the end of a response.
        ring.adoptPrepared()
        self.ring = consume ring
        self.wakeUp = WakeUp(wakeUp)
    }

    /// Prepares the first `end` bytes of a buffer as the record of a response whose end is about to be sent. Without
    /// room for it nothing is prepared.
    mutating func prepare(_ pool: borrowing BufferPool, _ buffer: Buffer, _ end: Int) {
        _ = ring?.prepare(pool.bytes(buffer, 0, end))
    }

    /// Whether a record is prepared.
    var hasPrepared: Bool {
        switch ring {
        case .some(let ring): ring.hasPrepared
        case .none: false
        }
    }

    /// The end of the response was sent: its record is appended.
    mutating func publish() {
        isPending = true
        _ = ring?.publish()
    }

    /// The end of the response was not sent, or not all of it.
    mutating func withdraw() { ring?.withdraw() }

    /// Appends the first `end` bytes of a buffer as a record; false, and counted, where there is no room.
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
