internal import Bytes
internal import Sys
internal import Wire

/// The worker's way to logd: the ring that the records go into, and the bell.
struct RecordOutlet: ~Copyable {
    private var ring: SharedRing
    private let wakeUp: WakeUp
    private var isPending = false

    init(memory: Int32, wakeUp: consuming Descriptor) throws(Errno) {
        ring = try SharedRing(mapping: memory, capacity: RequestRecord.ringCapacity)
        self.wakeUp = WakeUp(wakeUp)
    }

    /// Appends a record; false, and counted, where there is no room.
    mutating func append(_ record: Span<UInt8>) -> Bool {
        isPending = true
        if ring.append(record) { return true }
        ring.countDropped()
        return false
    }

    /// Wakes logd where it sleeps and there is something for it.
    mutating func wake() {
        if !isPending { return }
        isPending = false
        if ring.takeWakeDuty() { wakeUp.signal() }
    }

    /// Whether there is no room for the records of what is under way.
    var isFull: Bool {
        ring.appended &- ring.taken > UInt64(ring.capacity - 2 * RequestRecord.sizeLimit)
    }
}
