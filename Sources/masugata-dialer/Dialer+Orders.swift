internal import Plan
internal import PlanFile
internal import Sys
internal import Wire

extension Dialer {
    /// Does what the supervisor ordered. Answers the exit code when the supervisor is gone.
    mutating func takeOrders() -> Int32? {
        var received = Descriptors()
        while true {
            switch port.next(&received) {
            case .nothing: return nil
            case .order(let order): obey(order, &received)
            case .ended: return 1
            }
        }
    }

    /// Orders that are meant for other roles are passed over.
    private mutating func obey(_ order: ControlOrder, _ descriptors: inout Descriptors) {
        switch order {
        case .attach(.dialing, let worker): attach(worker, &descriptors)
        case .detach(.dialing, let worker):
            if let link = links[worker] { drop(link) }
        case .prepare(let generation, _): prepare(generation, &descriptors)
        case .complete(let generation):
            if preparing?.table.generation == generation { preparing?.isComplete = true }
        case .commit(let generation): commit(generation)
        case .abandon(let generation):
            if preparing?.table.generation == generation { preparing = nil }
            forgetNames()
        case .retire(let generation): retire(generation)
        case .drain(let milliseconds): drainBy = Clock.monotonic() + UInt64(milliseconds) * 1000
        case .ping(let number): port.report(.alive(number: number))
        case .counters(let number): port.report(.counters(number: number, values: counters))
        case .identity, .attach, .detach, .certificate, .listener, .folder, .event: break
        }
    }

    private mutating func attach(_ worker: UInt16, _ descriptors: inout Descriptors) {
        if let earlier = links[worker] { drop(earlier) }
        guard let descriptor = descriptors.take(0) else {
            port.report(.notice(text: "the channel of worker \(worker) came without its descriptor"))
            return
        }
        let link = WorkerLink(worker: worker, channel: Channel(descriptor))
        do throws(Errno) {
            try poller.add(readable: link.raw, token: Token.worker(worker).packed)
            links[worker] = link
        } catch {
            port.report(.notice(text: "the channel of worker \(worker) cannot be used: \(error)"))
        }
    }

    private mutating func prepare(_ generation: UInt32, _ descriptors: inout Descriptors) {
        preparing = nil
        do throws(PlanFault) {
            let plan = try PlanFile.read(descriptors.take(0))
            var known: [Endpoint.Key: Endpoint] = [:]
            for table in tables.values {
                for upstream in table.upstreams { known[upstream.endpoint.key] = upstream.endpoint }
            }
            let table = UpstreamTable(generation: generation, plan: plan) { key in
                if let endpoint = known[key] { return endpoint }
                let endpoint = Endpoint(key) { names.name($0) }
                known[key] = endpoint
                return endpoint
            }
            preparing = Preparation(table: table, giveUp: now + DialerLimits.namePatience)
        } catch {
            port.report(.refused(generation: generation, text: error.text))
        }
    }

    private mutating func commit(_ generation: UInt32) {
        guard let preparing, preparing.table.generation == generation else { return }
        tables[generation] = preparing.table
        newest = max(newest, generation)
        self.preparing = nil
        port.report(.committed(generation: generation))
    }

    /// What is open under the generation is still counted; nothing new is made.
    private mutating func retire(_ generation: UInt32) {
        guard let table = tables[generation] else { return }
        table.isRetired = true
        forget(table)
    }

    private var counters: [UInt64] {
        let pending = connects.count - freeConnects.count
        let open = links.values.reduce(0) { $0 + $1.open.values.reduce(0, +) }
        return [
            counts.connects, counts.failed, counts.refused, UInt64(pending), UInt64(open), counts.resolutions,
            counts.resolutionsFailed, counts.workersEnded,
        ]
    }
}
