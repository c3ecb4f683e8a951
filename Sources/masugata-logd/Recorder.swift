internal import Audit
internal import Bytes
internal import Plan
internal import Sys
internal import Wire

/// Takes finished requests out of the workers' rings and brings them into the audit log and the access log.
///
/// A record leaves its ring only when its line is in the file, so a log writer that dies loses nothing: its
/// successor finds the record still in the ring and, by its id, knows whether the line was written.
struct Recorder: ~Copyable {
    /// What is counted, in the order of `Counters.names(of: .logd)`.
    struct Counts: Equatable {
        var records: UInt64 = 0
        var bytes: UInt64 = 0
        var dropped: UInt64 = 0
        var duplicates: UInt64 = 0
        var writeErrors: UInt64 = 0
        var rotations: UInt64 = 0
    }

    /// A worker that broke the rules of its ring.
    struct Violation: Equatable {
        var worker: UInt16
        var text: String
    }

    var counts = Counts()

    /// What the supervisor has to be told; emptied by whoever tells it.
    var violations: [Violation] = []

    /// What the operator has to be told; emptied by whoever tells it.
    var notices: [String] = []

    var rings: [WorkerRing] = []

    /// Rings from which nothing will be taken any more; emptied by whoever waits for their wake-ups.
    var doneRings: [WorkerRing] = []

    var store: SegmentStore?
    var access: AccessLog?
    var onFull = AuditSettings.OnFull.drop
    var lines = LineBuffer(lineLimit: RequestEntry.recordLineLimit)
    var nextSequence: UInt64 = 1
    var known: Set<UInt64> = []
    var events: [EventEntry] = []

    /// Records given up and not yet told of in the log.
    var untold: UInt64 = 0

    /// Of these, how many the event tells of that is in the buffer.
    var told: UInt64 = 0

    /// Whether the operator knows that the access log cannot be written.
    var accessHasFailed = false

    /// While writing fails: when it is tried again (``Clock/monotonic()``).
    var retryAt: UInt64?

    /// The log to be used as soon as it can be opened.
    var next: SegmentStore?

    /// Whether the operator knows that it cannot be opened.
    var nextHasFailed = false

    /// Rotations of stores that are no longer used.
    var rotationsBefore: UInt64 = 0

    /// Rotations after which old segments were looked for.
    var rotationsSeen: UInt64 = 0

    /// When old segments are looked for next, rotations aside.
    var removalAt: UInt64 = 0

    private var scratch = [UInt8](repeating: 0, count: RequestRecord.sizeLimit)

    init() {}

    /// Adds a worker's ring, in place of an earlier one.
    mutating func attach(_ ring: WorkerRing) {
        detach(ring.worker)
        rings.append(ring)
    }

    /// A worker is gone; what it completed is still taken.
    mutating func detach(_ worker: UInt16) {
        for ring in rings where ring.worker == worker { ring.close() }
    }

    /// All workers are gone, and none will follow: what they were sending the end of is recorded as well.
    mutating func adoptPrepared() {
        for ring in rings { ring.adoptPrepared() }
    }

    /// Puts something into the log that no request caused.
    mutating func add(_ event: EventEntry) {
        if events.count < RecorderLimits.events { events.append(event) } else { countDropped(1) }
    }

    /// Takes and writes what there is, for a bounded time. Answers whether there was anything.
    mutating func turn(_ now: RecorderTime) -> Bool {
        if store == nil || isBlocked(now) && onFull == .deny { return false }
        var took = takeEvents(now)
        for _ in 0..<RecorderLimits.passes {
            var more = false
            for index in rings.indices where take(index, now) { more = true }
            took = took || more
            if !more || isBlocked(now) && onFull == .deny { break }
        }
        flush(now)
        if lines.isEmpty { removeDoneRings() }
        return took
    }

    /// Takes some records of one ring. Answers whether there were any.
    private mutating func take(_ index: Int, _ now: RecorderTime) -> Bool {
        let ring = rings[index]
        if !isFirst(index) || ring.isResting(now.monotonic) { return false }
        ring.open()
        var took = false
        // Taken out of `self`, which the record is given to while its bytes are here.
        var scratch: [UInt8] = []
        swap(&scratch, &self.scratch)
        defer { swap(&scratch, &self.scratch) }
        for _ in 0..<RecorderLimits.recordsOfOneTurn {
            if lines.pending >= min(LineBuffer.fill, store?.room ?? 0) { flush(now) }
            if isBlocked(now) && onFull == .deny { return took }
            let isDoubtful = ring.isDoubtful
            var target = scratch.mutableSpan
            switch ring.read(into: &target) {
            case .empty: return took
            case .corrupt:
                punish(ring, "the ring's positions or lengths cannot be", now)
                return took
            case .record(let count, let position, let isConfirmed):
                took = true
                do throws(WireViolation) {
                    try record(
                        scratch.span.extracting(0..<count), isConfirmed: isConfirmed, isDoubtful: isDoubtful, now)
                } catch {
                    punish(ring, "a record with a wrong \(error.name)", now)
                    return took
                }
                ring.position = position
            }
        }
        return took
    }
}
