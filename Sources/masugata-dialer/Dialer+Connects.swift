internal import Glibc
internal import Sys
internal import Wire

extension Dialer {
    /// Begins to connect for a worker; its request has been checked.
    mutating func begin(_ link: WorkerLink, id: UInt64, _ place: WorkerLink.Place, _ table: UpstreamTable) {
        nextSerial = (nextSerial + 1) & 0xff_ffff
        let connect = Connect(link, id: id, place, table, serial: nextSerial, now)
        if let refusal = refusal(of: connect) {
            counts.refused += 1
            answer(connect.link, connect.id, connect.place, refusal)
            return
        }
        counts.connects += 1
        connect.upstream.endpoint.open += 1
        table.open += 1
        let number = freeConnects.popLast() ?? connects.count
        if number == connects.count { connects.append(connect) } else { connects[number] = connect }
        link.outstanding[id] = .connecting(number)
        deadlines.add(number, now: now, allowed: connect.upstream.timeout)
        tryNext(number, connect)
    }

    /// Something happened to the socket of a connect.
    mutating func progress(_ number: Int, _ serial: UInt32) {
        guard number < connects.count, let connect = connects[number], connect.serial == serial else { return }
        if connect.fault != nil {
            connect.upstream.endpoint.name?.failed(connect.address, now)
            tryNext(number, connect)
        } else if let socket = connect.takeSocket() {
            // The descriptor will live on in the worker, and its registration here would with it.
            poller.remove(socket.raw)
            outOfDescriptors = false
            remove(number, connect)
            connect.link.outstanding[connect.id] = .answered
            let answer = DialAnswer(outcome: .connected, id: connect.id, upstream: connect.place.upstream)
            connect.link.queue(answer, generation: connect.place.generation, connection: socket)
        }
    }

    /// Gives up the connects whose time is over.
    mutating func expire() {
        while let number = deadlines.takeDue(now) {
            guard let connect = connects[number] else { continue }
            connect.upstream.endpoint.name?.failed(connect.address, now)
            fail(number, connect, .timedOut)
        }
    }

    /// Gives up a connect that nobody wants any more; it is not answered.
    mutating func cancel(_ number: Int) {
        guard let connect = connects[number] else { return }
        remove(number, connect)
        release(connect.place, 1)
        connect.link.outstanding[connect.id] = nil
    }

    /// So many connections to an upstream are no more.
    mutating func release(_ place: WorkerLink.Place, _ count: Int) {
        guard let table = tables[place.generation] else { return }
        table.upstreams[Int(place.upstream)].endpoint.open -= count
        table.open -= count
        forget(table)
    }

    /// Forgets a table that nobody may use and nobody uses.
    mutating func forget(_ table: UpstreamTable) {
        if !table.isRetired || table.open > 0 { return }
        tables[table.generation] = nil
        forgetNames()
    }

    /// Queues an answer without a connection.
    func answer(_ link: WorkerLink, _ id: UInt64, _ place: WorkerLink.Place, _ outcome: DialAnswer.Outcome) {
        link.outstanding[id] = .answered
        link.queue(DialAnswer(outcome: outcome, id: id, upstream: place.upstream), generation: place.generation)
    }

    /// Why a connect is not even tried; nil when it is.
    private func refusal(of connect: Connect) -> DialAnswer.Outcome? {
        if drainBy != nil || connect.table.isRetired { return .failed }
        if connect.upstream.endpoint.open >= connect.upstream.limit { return .exhausted }
        return connect.candidates.isEmpty ? .unresolved : nil
    }

    /// Goes on to the next address that can be tried; when there is none the connect has failed.
    private mutating func tryNext(_ number: Int, _ connect: Connect) {
        while true {
            do throws(Errno) {
                guard let socket = try connect.tryNext() else { break }
                try poller.add(writable: socket, token: Token.connect(number, serial: connect.serial).packed)
                return
            } catch {
                if noteShortage(error) { break }
                connect.upstream.endpoint.name?.failed(connect.address, now)
            }
        }
        fail(number, connect, .failed)
    }

    private mutating func fail(_ number: Int, _ connect: Connect, _ outcome: DialAnswer.Outcome) {
        counts.failed += 1
        remove(number, connect)
        release(connect.place, 1)
        answer(connect.link, connect.id, connect.place, outcome)
    }

    private mutating func remove(_ number: Int, _ connect: Connect) {
        _ = connect.takeSocket()
        deadlines.remove(number)
        connects[number] = nil
        freeConnects.append(number)
    }

    /// Whether an error is this host's shortage and not the server's fault. The operator is told once.
    private mutating func noteShortage(_ error: Errno) -> Bool {
        let shortages = [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL]
        if !shortages.contains(error.code) { return false }
        if !outOfDescriptors {
            let text = "no further connection can be made: \(error); raise the limit of descriptors or ports"
            port.report(.notice(text: text))
        }
        outOfDescriptors = true
        return true
    }
}
