internal import Sys
internal import Wire

/// The ring in which one worker leaves its finished requests.
final class WorkerRing {
    /// The worker's number.
    let worker: UInt16

    /// Where the next record to be taken is. Kept here: what the worker can write to is not believed.
    var position: UInt64 = 0

    /// Records before this position may be in the log already: an earlier log writer wrote and did not come to say so.
    private(set) var doubtfulUntil: UInt64 = 0

    /// Records the worker gave up, as far as that has been logged.
    var dropped: UInt64 = 0

    /// Where to stop, once the worker is gone.
    private(set) var end: UInt64?

    /// Not looked at before this time (``Clock/monotonic()``), because the worker broke the rules.
    private var restUntil: UInt64?

    private var ring: SharedRing
    private let wakeUp: WakeUp
    private var isOpen = false

    /// Takes the log writer's end.
    /// - Throws: when `memory` is no ring of the agreed size.
    init(worker: UInt16, memory: consuming Descriptor, wakeUp: consuming Descriptor) throws(Errno) {
        self.worker = worker
        ring = try SharedRing(mapping: memory.raw, capacity: RequestRecord.ringCapacity)
        self.wakeUp = WakeUp(wakeUp)
    }

    /// For the poller.
    var wakeUpDescriptor: Int32 { wakeUp.raw }

    /// Begins where the last log writer, or the ring's owner before, has finished.
    func open() {
        if isOpen { return }
        isOpen = true
        position = ring.taken
        doubtfulUntil = ring.appended
    }

    /// The worker is gone: what it completed until now is still taken, no more.
    func close() {
        adoptPrepared()
        if end == nil { end = ring.appended }
    }

    /// The worker is gone, and none will follow it: what it was sending the end of is recorded as well.
    func adoptPrepared() { ring.adoptPrepared() }

    /// Whether all has been taken that ever will be.
    var isDone: Bool { end.map { isOpen && Int64(bitPattern: $0 &- position) <= 0 } ?? false }

    /// Whether the record before `position` may be in the log already.
    var isDoubtful: Bool { Int64(bitPattern: doubtfulUntil &- position) > 0 }

    /// Whether there is something to take.
    var hasMore: Bool { isOpen && !isDone && ring.appended != position }

    /// Copies the next record out.
    func read(into target: inout MutableSpan<UInt8>) -> SharedRing.Next {
        if isDone { return .empty }
        return ring.read(at: position, into: &target)
    }

    /// Everything taken so far is safe elsewhere.
    func finish() { if isOpen && ring.taken != position { ring.finish(position) } }

    /// The worker broke the rules: what it has left and will leave until then is skipped.
    func rest(until time: UInt64) {
        discardAll()
        restUntil = time
    }

    /// Whether the ring is still left alone. When that is over its content is skipped once more.
    func isResting(_ now: UInt64) -> Bool {
        guard let restUntil else { return false }
        if now < restUntil { return true }
        discardAll()
        self.restUntil = nil
        return false
    }

    private func discardAll() {
        ring.discardAll()
        position = ring.taken
    }

    /// Records the worker has given up since the last call, and in all.
    func newlyDropped() -> (new: UInt64, total: UInt64) {
        let total = ring.dropped
        defer { dropped = total }
        return (total >= dropped ? total - dropped : total, total)
    }

    /// Asks to be woken. Look once more after this.
    func announceSleep() { ring.announceSleep() }

    /// Forgets wake-ups.
    func clearWakeUps() { wakeUp.clear() }
}
