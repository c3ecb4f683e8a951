internal import Audit
internal import Plan
internal import PlanFile
internal import Sys
internal import Wire

extension LogDaemon {
    /// Does what the supervisor orders. Orders that are meant for other roles are passed over.
    mutating func obey(_ order: ControlOrder, _ descriptors: inout Descriptors) {
        switch order {
        case .attach(.records, let worker): attachRing(of: worker, &descriptors)
        case .detach(.records, let worker): recorder.detach(worker)
        case .prepare(let generation, _): prepare(generation, &descriptors)
        case .folder(let generation, let which): takeFolder(generation, which, &descriptors)
        case .complete(let generation): complete(generation)
        case .commit(let generation): commit(generation)
        case .abandon(let generation):
            if prepared?.generation == generation { prepared = nil }
        case .drain(let milliseconds): drain(milliseconds: milliseconds)
        case .ping(let number): port.report(.alive(number: number))
        case .counters(let number): port.report(.counters(number: number, values: counters))
        case .event(let kind, let text, let time):
            recorder.add(EventEntry(time: Timestamp(microseconds: time), event: kind, text: text))
        // No generation is kept once another is in use; the rest is for other roles.
        case .retire, .identity, .attach, .detach, .certificate, .listener: break
        }
    }

    private mutating func attachRing(of worker: UInt16, _ descriptors: inout Descriptors) {
        guard let memory = descriptors.take(0), let wakeUp = descriptors.take(1) else {
            port.report(.notice(text: "the ring of worker \(worker) came without its two descriptors"))
            return
        }
        do throws(Errno) {
            try attach(WorkerRing(worker: worker, memory: memory, wakeUp: wakeUp))
        } catch {
            port.report(.notice(text: "the ring of worker \(worker) cannot be used: \(error)"))
        }
    }

    private mutating func prepare(_ generation: UInt32, _ descriptors: inout Descriptors) {
        prepared = nil
        do throws(PlanFault) {
            let plan = try PlanFile.read(descriptors.take(0))
            prepared = PreparedLogs(generation: generation, settings: plan.audit)
        } catch {
            port.report(.refused(generation: generation, text: error.text))
        }
    }

    private mutating func takeFolder(_ generation: UInt32, _ which: UInt8, _ descriptors: inout Descriptors) {
        guard prepared?.generation == generation, let folder = descriptors.take(0) else { return }
        _ = prepared?.setFolder(which, folder)
    }

    private mutating func complete(_ generation: UInt32) {
        // Without a plan the generation has been refused already.
        if prepared?.generation != generation { return }
        if let fault = prepared?.fault() {
            port.report(.refused(generation: generation, text: fault))
        } else {
            port.report(.prepared(generation: generation))
        }
    }

    private mutating func commit(_ generation: UInt32) {
        guard prepared?.generation == generation, let logs = prepared.take() else { return }
        recorder.use(logs, .now())
        port.report(.committed(generation: generation))
    }

    private var counters: [UInt64] {
        let counts = recorder.counts
        return [
            counts.records, counts.bytes, counts.dropped, counts.duplicates, counts.writeErrors, counts.rotations,
            workersEnded,
        ]
    }
}
