internal import Audit
internal import Plan
internal import Sys

extension Recorder {
    /// Writes to the logs of a new generation from now on. The files are opened anew even where the folders are the
    /// same, so that a file that was moved away is left.
    mutating func use(_ logs: consuming PreparedLogs, _ now: RecorderTime) {
        retryAt = nil
        flush(now)
        synchronise()
        onFull = logs.onFull
        next = logs.takeStore()
        access = logs.takeAccessLog()
        accessHasFailed = false
        openNext(now)
    }

    /// What is to be done each second.
    mutating func tick(_ now: RecorderTime) {
        openNext(now)
        for ring in rings { tellDropped(of: ring, now) }
        synchronise()
        do throws(Errno) {
            if lines.isEmpty { try store?.closeIfOld(now.wall) }
            if now.monotonic >= removalAt || rotationsSeen != counts.rotations {
                removalAt = now.monotonic + RecorderLimits.removal
                rotationsSeen = counts.rotations
                try store?.removeOld(now.wall)
            }
        } catch {
            counts.writeErrors += 1
            notices.append("old segments of the audit log cannot be removed: \(error)")
        }
        counts.rotations = rotationsBefore + (store?.rotations ?? 0)
    }

    /// Makes what was written survive a power cut.
    mutating func synchronise() {
        do throws(Errno) {
            try store?.synchronise()
        } catch {
            counts.writeErrors += 1
            notices.append("the audit log cannot be made durable: \(error)")
        }
    }

    /// Whether everything that workers completed, and every event, is in the file.
    var isFinished: Bool { lines.isEmpty && events.isEmpty && untold == 0 && rings.allSatisfy { !$0.hasMore } }

    /// Whether a worker has completed something that is not taken yet.
    var hasMore: Bool { !events.isEmpty || rings.contains { $0.hasMore } }

    /// Lets go of the rings of workers that are gone. Only when all that was taken is in the file: their positions
    /// are what tells a successor on the same memory where to begin.
    mutating func removeDoneRings() {
        if !rings.contains(where: { $0.isDone }) { return }
        doneRings += rings.filter { $0.isDone }
        rings.removeAll { $0.isDone }
    }

    /// Goes over to the log that is to be used next; tried again each second while that fails.
    private mutating func openNext(_ now: RecorderTime) {
        guard var opened = next.take() else { return }
        do throws(Errno) {
            let remains = try opened.resume()
            nextSequence = max(nextSequence, remains.nextSequence)
            // Later, what is in the rings is what this process has not written.
            if store == nil { known = remains.identifiers }
            if let torn = remains.torn { tellTorn(torn.segment, torn.bytes, now) }
            rotationsBefore = counts.rotations
            lines.beginAnew()
            store = consume opened
            nextHasFailed = false
        } catch {
            next = consume opened
            counts.writeErrors += 1
            if nextHasFailed { return }
            nextHasFailed = true
            notices.append("the audit log cannot be opened: \(error); it is tried each second")
        }
    }

    private mutating func tellTorn(_ segment: String, _ bytes: Int, _ now: RecorderTime) {
        let text = "the last line of \(segment) was incomplete, \(bytes) bytes long, and has been ended"
        add(EventEntry(time: now.wall, event: "audit.repaired", text: text))
        notices.append("audit log: \(text)")
    }

    private mutating func tellDropped(of ring: WorkerRing, _ now: RecorderTime) {
        let (new, total) = ring.newlyDropped()
        if new == 0 { return }
        // The worker says this number: it may be any.
        counts.dropped &+= new
        let text = "worker \(ring.worker) gave up \(total) records since its ring was made"
        add(EventEntry(time: now.wall, event: "audit.dropped", text: text, count: new))
    }
}
