internal import Sys
internal import Wire

extension Dialer {
    /// Takes what a worker asks, a bounded number of messages at a time.
    mutating func takeRequests(of link: WorkerLink) {
        var buffer = [UInt8](repeating: 0, count: DialFormat.messageLimit)
        for _ in 0..<DialerLimits.messagesOfOneTurn {
            var span = buffer.mutableSpan
            switch Channel.receivePlain(link.raw, into: &span) {
            case .nothing: return
            case .ended:
                drop(link)
                return
            case .oversized:
                punish(link, "a message of the wrong size (\(WireViolation.oversized.name))")
                return
            case .message(let count):
                do throws(WireViolation) {
                    try obey(buffer.span.extracting(0..<count), link)
                } catch {
                    punish(link, "a message with a wrong \(error.name)")
                    return
                }
                // The worker may have been cut off for what it asked.
                if links[link.worker] !== link { return }
            }
        }
    }

    /// Sends what a worker can take now.
    mutating func send(_ link: WorkerLink) {
        if !link.send() { drop(link) }
    }

    /// Lets go of a worker: closes its channel and everything that was made for it.
    mutating func drop(_ link: WorkerLink) {
        if links[link.worker] !== link { return }
        links[link.worker] = nil
        poller.remove(link.raw)
        for progress in Array(link.outstanding.values) {
            if case .connecting(let number) = progress { cancel(number) }
        }
        for place in link.waitingConnections { release(place, 1) }
        for (place, count) in link.open { release(place, count) }
    }

    /// Lets go of a worker that broke the rules, and has it ended.
    private mutating func punish(_ link: WorkerLink, _ text: String) {
        counts.workersEnded += 1
        drop(link)
        port.report(.violation(peer: link.worker, purpose: .dialing, text: text))
    }

    private mutating func obey(_ bytes: Span<UInt8>, _ link: WorkerLink) throws(WireViolation) {
        var reader = MessageReader(bytes)
        let (generation, count) = try DialRequest.readHead(&reader)
        for _ in 0..<count {
            let request = try DialRequest(reading: &reader)
            let place = WorkerLink.Place(generation: generation, upstream: request.upstream)
            let fault =
                switch request.action {
                case .connect: connect(link, request.id, place)
                case .cancel: cancel(link, request.id)
                case .closed: closed(link, place)
                }
            if let fault {
                punish(link, fault)
                return
            }
        }
        try reader.end()
    }

    /// Answers which rule the request breaks, if it does.
    private mutating func connect(_ link: WorkerLink, _ id: UInt64, _ place: WorkerLink.Place) -> String? {
        if link.outstanding[id] != nil { return "request \(id) is open already" }
        if link.outstanding.count >= DialFormat.outstandingLimit {
            return "more than \(DialFormat.outstandingLimit) requests are open"
        }
        if place.generation > newest { return "no generation \(place.generation)" }
        guard let table = tables[place.generation] else {
            answer(link, id, place, .failed)
            return nil
        }
        if Int(place.upstream) >= table.upstreams.count {
            return "no upstream \(place.upstream) in generation \(place.generation)"
        }
        begin(link, id: id, place, table)
        return nil
    }

    private mutating func cancel(_ link: WorkerLink, _ id: UInt64) -> String? {
        switch link.outstanding[id] {
        case .connecting(let number): cancel(number)
        // The answer is on its way; the worker will close what comes with it.
        case .answered: break
        case nil:
            if link.lateCancellationsLeft == 0 { return "request \(id) cannot be cancelled: it was never made" }
            link.lateCancellationsLeft -= 1
        }
        return nil
    }

    private mutating func closed(_ link: WorkerLink, _ place: WorkerLink.Place) -> String? {
        guard let count = link.open[place], count > 0 else {
            return "a connection to upstream \(place.upstream) is closed that was not handed over"
        }
        link.open[place] = count > 1 ? count - 1 : nil
        release(place, 1)
        return nil
    }
}
