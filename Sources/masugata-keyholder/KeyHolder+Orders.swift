internal import Sys
internal import Wire

extension KeyHolder {
    /// Follows the next order of the supervisor. Answers false when the process is to end.
    mutating func obeyNext() -> Bool {
        var descriptors = Descriptors()
        switch port.next(&descriptors) {
        case .nothing: return true
        case .ended: return false
        case .order(.drain):
            port.report(.drained)
            return false
        case .order(let order):
            obey(order, &descriptors)
            return true
        }
    }

    private mutating func obey(_ order: ControlOrder, _ descriptors: inout Descriptors) {
        switch order {
        case .attach(.signing, let peer): attach(peer, descriptors.take(0))
        case .detach(.signing, let peer):
            if let worker = workers[peer] { remove(worker) }
        case .prepare(let generation, let isServed):
            if !signer.keys.prepare(generation, isServed: isServed) {
                refuse(generation, "generation \(generation) is being served")
            }
        case .certificate(let generation, let key, let versions, let name):
            load(generation, key, versions, name, &descriptors)
        case .complete(let generation):
            if let problem = signer.keys.complete(generation) {
                refuse(generation, problem)
            } else {
                port.report(.prepared(generation: generation))
            }
        case .commit(let generation): commit(generation)
        case .abandon(let generation): signer.keys.abandon(generation)
        case .retire(let generation):
            signer.keys.retire(generation)
            for worker in workers.values { worker.forget(generation) }
        case .ping(let number): port.report(.alive(number: number))
        case .counters(let number):
            port.report(.counters(number: number, values: signer.tally.values(keys: signer.keys.count)))
        case .identity, .attach, .detach, .listener, .folder, .drain, .event:
            port.report(.notice(text: "the key-holder was given an order that is not for it; it was not followed"))
        }
    }

    /// A worker's channel. Nothing is read from it before there are keys to sign with: a worker that lives on while
    /// this process is started again asks at once.
    private mutating func attach(_ peer: UInt16, _ descriptor: consuming Descriptor?) {
        guard let descriptor else {
            port.report(.notice(text: "worker \(peer) was announced without its channel"))
            return
        }
        if let earlier = workers[peer] { remove(earlier) }
        let worker = Worker(peer, Channel(descriptor))
        workers[peer] = worker
        if signer.keys.committed != nil { watch(.readable, worker) }
        sendTicketKeys(to: worker)
    }

    /// One key; the supervisor sends one at a time, so that signing goes on in between.
    private mutating func load(
        _ generation: UInt32, _ number: UInt16, _ versions: UInt8, _ name: String, _ descriptors: inout Descriptors
    ) {
        if !signer.keys.isPreparing(generation) {
            refuse(generation, "generation \(generation) was not begun")
            return
        }
        guard let chain = descriptors.take(0), let file = descriptors.take(1) else {
            signer.keys.addProblem("\(name): the certificate and its key did not both arrive", to: generation)
            return
        }
        let loader = KeyLoader(
            limits: signer.limits, now: Int64(Clock.wall() / 1_000_000),
            refusesDates: !signer.keys.isServed(generation))
        do throws(KeyLoader.Refusal) {
            let loaded = try loader.load(chain: chain.raw, key: file.raw, name: name)
            if let notice = loaded.notice { port.report(.notice(text: notice)) }
            let versions = AllowedVersions(rawValue: versions)
            signer.keys.add(HeldKey(name: name, versions: versions, key: loaded.key), number, to: generation)
        } catch {
            signer.keys.addProblem(error.text, to: generation)
        }
    }

    private mutating func commit(_ generation: UInt32) {
        let isFirst = signer.keys.committed == nil
        if !signer.keys.commit(generation) {
            refuse(generation, "generation \(generation) is not complete")
            return
        }
        if isFirst {
            for worker in workers.values where worker.unreadCount == 0 { watch(.readable, worker) }
        }
        sendTicketKeys()
        port.report(.committed(generation: generation))
    }

    private mutating func refuse(_ generation: UInt32, _ text: String) {
        port.report(.refused(generation: generation, text: text))
    }
}
