internal import Audit
internal import Bytes
internal import Plan
internal import Sys
internal import Wire

extension Recorder {
    /// Whether an attempt to write has failed and the next one is not due.
    func isBlocked(_ now: RecorderTime) -> Bool { retryAt.map { now.monotonic < $0 } ?? false }

    /// Formats one record, unless it is in the log already or cannot be kept.
    mutating func record(
        _ bytes: Span<UInt8>, isConfirmed: Bool, isDoubtful: Bool, _ now: RecorderTime
    ) throws(WireViolation) {
        var entry = try RequestEntry(record: bytes)
        entry.isConfirmed = isConfirmed
        if isDoubtful && known.contains(entry.id) {
            counts.duplicates += 1
            return
        }
        if isBlocked(now) {
            countDropped(1)
            return
        }
        let before = lines.pending
        lines.append(record: entry, sequence: nextSequence)
        nextSequence += 1
        counts.records += 1
        counts.bytes += UInt64(lines.pending - before)
        do throws(Errno) {
            try access?.append(entry)
        } catch {
            accessFailed(error)
        }
    }

    /// Writes all lines; then what they were made of can be forgotten.
    mutating func flush(_ now: RecorderTime) {
        if lines.isEmpty {
            finishRings()
            return
        }
        if isBlocked(now) { return }
        do throws(Errno) {
            try store?.write(&lines, firstSequence: nextSequence - UInt64(lines.lines), now: now.wall)
            recovered()
            finishRings()
        } catch {
            failed(error, now)
        }
        do throws(Errno) {
            try access?.flush()
        } catch {
            accessFailed(error)
        }
    }

    /// Puts waiting events into the buffer. Answers whether there were any.
    mutating func takeEvents(_ now: RecorderTime) -> Bool {
        if isBlocked(now) { return false }
        if untold > 0 && told == 0 {
            told = untold
            let text = "the log could not be written"
            append(EventEntry(time: now.wall, event: "audit.dropped", text: text, count: told))
        }
        var taken = 0
        while taken < events.count && !isBlocked(now) {
            append(events[taken])
            taken += 1
            if lines.pending >= LineBuffer.fill { flush(now) }
        }
        events.removeFirst(taken)
        return taken > 0
    }

    /// Counts records that will never be in the log, and will tell of them there.
    mutating func countDropped(_ count: UInt64) {
        counts.dropped += count
        untold += count
    }

    /// Leaves a ring alone for a while, and says why.
    mutating func punish(_ ring: WorkerRing, _ text: String, _ now: RecorderTime) {
        ring.rest(until: now.monotonic + RecorderLimits.rest)
        violations.append(Violation(worker: ring.worker, text: text))
    }

    /// Whether no ring before this one is of the same worker: the two may be the same memory.
    func isFirst(_ index: Int) -> Bool { !rings[..<index].contains { $0.worker == rings[index].worker } }

    private mutating func append(_ event: EventEntry) {
        lines.append(event: event, sequence: nextSequence)
        nextSequence += 1
    }

    private func finishRings() {
        for ring in rings { ring.finish() }
    }

    private mutating func recovered() {
        untold -= told
        told = 0
        if retryAt == nil { return }
        retryAt = nil
        notices.append("the audit log can be written again")
    }

    private mutating func failed(_ error: Errno, _ now: RecorderTime) {
        if retryAt == nil {
            let consequence = onFull == .deny ? "requests are refused" : "records are dropped and counted"
            notices.append("the audit log cannot be written: \(error); \(consequence) until it can")
        }
        counts.writeErrors += 1
        retryAt = now.monotonic + RecorderLimits.retry
        if onFull == .deny { return }
        let dropped = UInt64(lines.dropLines())
        nextSequence -= dropped
        // The line that tells of dropped records is none itself.
        countDropped(told > 0 ? dropped - 1 : dropped)
        told = 0
        finishRings()
    }

    private mutating func accessFailed(_ error: Errno) {
        counts.writeErrors += 1
        if accessHasFailed { return }
        accessHasFailed = true
        notices.append("the access log cannot be written: \(error); lines are lost until it can")
    }
}
