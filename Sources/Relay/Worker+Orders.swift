internal import Bytes
internal import Plan
internal import PlanFile
internal import Sys
internal import TLS
internal import Wire

/// A generation that is being put together from the supervisor's orders.
struct StagedGeneration {
    var number: UInt32
    var plan: Plan
    /// It is served by the others already: this worker takes the place of one that died.
    var isServed: Bool
    var certificates: [UInt16: CertificateBytes] = [:]
    /// Descriptors of listening sockets, by the listener's number; owned.
    var sockets: [Int: Int32] = [:]
}

/// An earlier generation whose keys are still needed: by how many handshakes.
struct RetiringGeneration {
    var number: UInt32
    var handshakes: Int
}

/// What the supervisor orders.
extension Worker {
    /// Carries out all orders that are there. Answers false when the supervisor is gone.
    mutating func takeOrders() -> Bool {
        var descriptors = Descriptors()
        while true {
            switch control.next(&descriptors) {
            case .nothing: return true
            case .ended: return false
            case .order(let order): carryOut(order, &descriptors)
            }
        }
    }

    private mutating func carryOut(_ order: ControlOrder, _ descriptors: inout Descriptors) {
        switch order {
        case .identity, .folder, .event: break
        case .attach(let purpose, _): attach(purpose, &descriptors)
        case .detach(let purpose, _): detach(purpose)
        case .prepare(let generation, let isServed): stage(generation, isServed: isServed, &descriptors)
        case .certificate(let generation, let key, _, let name):
            stageCertificate(generation, key, name, &descriptors)
        case .listener(let generation, let listener):
            if staged?.number == generation, let socket = descriptors.take(0) {
                staged?.sockets[Int(listener)] = socket.release()
            }
        case .complete(let generation): buildStaged(generation)
        case .commit(let generation): commit(generation)
        case .abandon: abandon()
        case .retire: break
        case .drain(let milliseconds): drain(milliseconds)
        case .ping(let number): control.report(.alive(number: number))
        case .counters(let number): control.report(.counters(number: number, values: counters))
        }
    }

    // MARK: Channels

    private mutating func attach(_ purpose: ChannelPurpose, _ descriptors: inout Descriptors) {
        guard let first = descriptors.take(0) else { return }
        switch purpose {
        case .signing:
            let raw = first.raw
            signer.attach(Channel(first), for: &tls)
            add(raw, Token(.signing))
            resumeHandshakes()
        case .dialing:
            loseDialer()
            add(first.raw, Token(.dialling))
            dialerRaw = first.raw
            dialer = Channel(first)
            redial()
        case .records:
            guard let second = descriptors.take(1) else { return }
            do throws(Errno) {
                records = try RecordOutlet(memory: first.raw, wakeUp: second)
            } catch {
                control.report(.notice(text: "worker \(number): the record ring cannot be mapped: \(error)"))
            }
        }
    }

    private mutating func detach(_ purpose: ChannelPurpose) {
        switch purpose {
        case .signing:
            signer.detach(for: &tls)
            resumeHandshakes()
        case .dialing: loseDialer()
        // The ring stays: what is put into it is taken by the next logd.
        case .records: break
        }
    }

    private mutating func add(_ descriptor: Int32, _ token: Token) {
        do throws(Errno) {
            try poller.add(readable: descriptor, token: token.raw)
        } catch {
            control.report(.notice(text: "worker \(number): \(error)"))
        }
    }

    // MARK: Generations

    private mutating func stage(_ number: UInt32, isServed: Bool, _ descriptors: inout Descriptors) {
        abandon()
        do throws(PlanFault) {
            staged = StagedGeneration(
                number: number, plan: try PlanFile.read(descriptors.take(0)), isServed: isServed)
        } catch {
            control.report(.refused(generation: number, text: "worker \(self.number): \(error.text)"))
        }
    }

    private mutating func stageCertificate(
        _ generation: UInt32, _ key: UInt16, _ name: String, _ descriptors: inout Descriptors
    ) {
        guard staged?.number == generation, let file = descriptors.take(0) else { return }
        do throws(Errno) {
            staged?.certificates[key] = CertificateBytes(name: name, chain: try File.contents(file.raw, limit: 1 << 20))
        } catch {
            control.report(.notice(text: "worker \(number): \(name): \(error)"))
        }
    }

    private mutating func buildStaged(_ number: UInt32) {
        guard let staged, staged.number == number else {
            control.report(.refused(generation: number, text: "worker \(self.number): nothing was prepared"))
            return
        }
        do throws(GenerationFault) {
            let generation = try Generation(
                number: number, plan: staged.plan, certificates: staged.certificates, sockets: staged.sockets,
                refusesDates: !staged.isServed, bufferSize: buffers.size)
            for notice in generation.tls.notices { control.report(.notice(text: notice)) }
            prepared = consume generation
            self.staged = nil
            control.report(.prepared(generation: number))
        } catch {
            abandon()
            control.report(.refused(generation: number, text: error.text))
        }
    }

    private mutating func abandon() {
        if let staged { for (_, socket) in staged.sockets { Socket.close(socket) } }
        staged = nil
        if var generation = prepared.take() { Worker.closeListeners(&generation) }
    }

    static func closeListeners(_ generation: inout Generation) {
        for index in 0..<generation.listeners.capacity where generation.listeners[index].socket >= 0 {
            Socket.close(generation.listeners[index].socket)
            generation.listeners[index].socket = -1
        }
    }
}
