internal import Bytes
internal import HTTP1
internal import HTTPModel
internal import Plan
internal import Sys
internal import TLS
internal import Wire

/// A client's connection: accepted, secured, read, written, ended.
extension Worker {
    /// Accepts what waits at a listener, a bounded number in each turn.
    mutating func acceptClients(_ token: Token) {
        guard current.number & Token.generationMask == token.generation else { return }
        let listener = current.listeners[token.slot]
        var peer = Sys.SocketAddress.none
        for _ in 0..<64 {
            if clients.count == clients.capacity || UInt64(clients.count) >= current.plan.limits[.connections] {
                pauseListening()
                return
            }
            let accepted: Int32?
            do throws(Errno) {
                accepted = try Socket.accept(listener.socket, peer: &peer)
            } catch {
                // Out of descriptors or memory: what waits is served when something has ended.
                pauseListening()
                return
            }
            guard let socket = accepted else { return }
            begin(socket, listener: token.slot, listener.kind, peer)
        }
    }

    private mutating func begin(_ socket: Int32, listener: Int, _ kind: Listener.Kind, _ peer: Sys.SocketAddress) {
        tally.accepted &+= 1
        let isTLS = kind == .https
        if isTLS && UInt64(handshakes) >= current.plan.limits[.handshakes] {
            tally.refused &+= 1
            Socket.close(socket)
            return
        }
        let connection = ClientConnection(
            socket: socket, listener: UInt16(listener), generation: current.number, port: peer.port,
            address: IPAddress(octets: peer.bytes))
        guard let slot = clients.take(connection) else {
            Socket.close(socket)
            return
        }
        do throws(Errno) {
            try poller.add(
                stream: socket, token: Token(.client, slot: slot, generation: clients.generation(slot)).raw)
        } catch {
            tally.refused &+= 1
            clients.giveBack(slot)
            Socket.close(socket)
            return
        }
        timers.arm(slot, at: now + current.time(isTLS ? .handshake : .head))
        if !isTLS { return }
        clients[slot].isTLS = true
        clients[slot].phase = .handshake
        handshakes += 1
        if !tls.start(slot, socket: socket, context: current.tls, listener: listener) { endClient(slot) }
    }

    /// Something happened on a client's socket.
    mutating func clientEvent(_ slot: Int, _ readiness: Readiness) {
        if readiness.contains(.readable) || readiness.contains(.peerFinished) { clients[slot].canRead = true }
        if readiness.contains(.writable) { clients[slot].canWrite = true }
        if readiness.contains(.peerFinished) { clients[slot].peerFinished = true }
        if readiness.contains(.broken) || readiness.contains(.hangUp) {
            loseClient(slot)
            return
        }
        advance(slot)
    }

    /// Goes on with whatever the connection can go on with.
    mutating func advance(_ slot: Int) {
        clients[slot].isResumable = false
        switch clients[slot].phase {
        case .handshake: handshake(slot)
        case .head: readHead(slot)
        case .exchange: pump(Int(clients[slot].exchange))
        case .tunnel: pumpTunnel(Int(clients[slot].exchange))
        case .finishing: finish(slot)
        case .lingering: linger(slot)
        }
    }

    /// Has the client looked at again in the next turn of the loop, though no event will come for it.
    mutating func resumeLater(_ slot: Int) {
        if clients[slot].isResumable { return }
        if resumableCount == resumable.capacity {
            // No place is left in this turn: the next deadline looks after it.
            timers.arm(slot, at: now)
            return
        }
        clients[slot].isResumable = true
        resumable[resumableCount] = UInt32(slot)
        resumableCount += 1
    }

    /// Goes on with the clients that were put off in the turn before, or whose exchange has ended and who may have
    /// sent the next request already: never from within the end of the exchange before, so that a pipeline of any
    /// length needs no stack. Those that are put off again wait for the next turn.
    mutating func resumeClients() {
        let count = resumableCount
        for index in 0..<count {
            let slot = Int(resumable[index])
            if clients.isTaken(slot) && clients[slot].isResumable { advance(slot) }
        }
        for index in count..<resumableCount { resumable[index - count] = resumable[index] }
        resumableCount -= count
    }

    // MARK: TLS

    private mutating func handshake(_ slot: Int) {
        switch tls.handshake(slot) {
        case .done:
            handshakeEnded(clients[slot].generation)
            tally.handshakes &+= 1
            if tls.isResumed(slot) { tally.resumed &+= 1 }
            clients[slot].tlsVersion = tls.version(slot)?.rawValue ?? 0
            clients[slot].phase = .head
            timers.arm(slot, at: now + time(.head))
            readHead(slot)
        case .wantRead, .wantWrite, .waitingForSignature: break
        case .failed, .closed:
            tally.handshakesFailed &+= 1
            endClient(slot)
        }
    }

    /// Signatures have come: their handshakes go on.
    mutating func takeSignatures() {
        switch signer.receive(for: &tls) {
        case .delivered, .ended: break
        case .violated: control.report(.notice(text: "worker \(number): the key-holder broke the rules of its channel"))
        }
        resumeHandshakes()
    }

    /// Goes on with all handshakes whose signature was answered or refused.
    mutating func resumeHandshakes() {
        while let slot = tls.nextReady() {
            if clients.isTaken(slot) && clients[slot].phase == .handshake { handshake(slot) }
        }
    }

    // MARK: Bytes

    /// Receives into the free end of the connection's input.
    mutating func receive(_ slot: Int) -> Transfer {
        if !clients[slot].canRead { return .wouldBlock }
        if !clients[slot].input.isSome {
            clients[slot].input = buffers.take()
            clients[slot].inputStart = 0
            clients[slot].inputEnd = 0
            if !clients[slot].input.isSome { return .failed(0) }
        }
        let end = Int(clients[slot].inputEnd)
        let transfer = Worker.receive(
            slot, clients[slot].socket, clients[slot].isTLS, tls, &buffers, clients[slot].input, end)
        switch transfer {
        case .moved(let count):
            clients[slot].inputEnd += Int32(count)
            tally.bytesIn &+= UInt64(count)
            // A short read has emptied the socket; TLS says so itself, by wouldBlock.
            if !clients[slot].isTLS && count < buffers.size - end && !clients[slot].peerFinished {
                clients[slot].canRead = false
            }
        case .wouldBlock: clients[slot].canRead = false
        case .ended: clients[slot].peerFinished = true
        case .failed: break
        }
        return transfer
    }

    /// Gives the input's buffer back when all of it has been used.
    mutating func releaseInput(_ slot: Int) {
        if clients[slot].inputCount > 0 { return }
        buffers.giveBack(&clients[slot].input)
        clients[slot].inputStart = 0
        clients[slot].inputEnd = 0
    }

    /// Sends what is in the output. Answers whether all of it went; a broken connection is lost on the way.
    mutating func flush(_ slot: Int) -> Bool {
        while clients[slot].outputCount > 0 {
            let start = Int(clients[slot].outputStart)
            let end = Int(clients[slot].outputEnd)
            let buffer = clients[slot].output
            switch send(slot, buffer, start, end) {
            case .moved(let count):
                clients[slot].outputStart += Int32(count)
            case .wouldBlock: return false
            case .ended, .failed:
                loseClient(slot)
                return false
            }
        }
        buffers.giveBack(&clients[slot].output)
        clients[slot].outputStart = 0
        clients[slot].outputEnd = 0
        return true
    }

    /// Sends bytes of a buffer to the client.
    mutating func send(_ slot: Int, _ buffer: Buffer, _ start: Int, _ end: Int) -> Transfer {
        if !clients[slot].canWrite { return .wouldBlock }
        let transfer =
            clients[slot].isTLS
            ? tls.write(slot, buffers.bytes(buffer, start, end))
            : Socket.send(clients[slot].socket, buffers.bytes(buffer, start, end))
        note(slot, transfer, of: end - start)
        return transfer
    }

    /// Notes what a transfer to the client came to.
    mutating func note(_ slot: Int, _ transfer: Transfer, of count: Int) {
        switch transfer {
        case .moved(let moved):
            tally.bytesOut &+= UInt64(moved)
            clients[slot].blockedSince = 0
            if clients[slot].exchange >= 0 { exchanges[Int(clients[slot].exchange)].bytesOut &+= UInt64(moved) }
            if moved < count && !clients[slot].isTLS { clients[slot].canWrite = false }
        case .wouldBlock: clients[slot].canWrite = false
        case .ended, .failed: break
        }
    }

    private static func receive(
        _ slot: Int, _ socket: Int32, _ isTLS: Bool, _ tls: borrowing TLSConnections, _ buffers: inout BufferPool,
        _ buffer: Buffer, _ start: Int
    ) -> Transfer {
        var target = buffers.mutableBytes(buffer, start, buffers.size)
        return isTLS ? tls.read(slot, into: &target) : Socket.receive(socket, into: &target)
    }

    // MARK: The end

    /// Sends the rest of the output, then ends the connection so that the client still sees it.
    mutating func finish(_ slot: Int) {
        clients[slot].phase = .finishing
        if !flush(slot) {
            if clients.isTaken(slot) { timers.arm(slot, at: now + time(.send)) }
            return
        }
        if clients[slot].isTLS { _ = tls.shutdown(slot) }
        if clients[slot].peerFinished {
            endClient(slot)
            return
        }
        Socket.finishSending(clients[slot].socket)
        clients[slot].phase = .lingering
        timers.arm(slot, at: now + time(.linger))
        linger(slot)
    }

    /// Reads and throws away what a client still sends to a connection that has ended.
    private mutating func linger(_ slot: Int) {
        clients[slot].inputStart = 0
        clients[slot].inputEnd = 0
        for _ in 0..<16 {
            switch receive(slot) {
            case .moved: clients[slot].inputEnd = 0
            case .wouldBlock:
                releaseInput(slot)
                return
            case .ended, .failed:
                endClient(slot)
                return
            }
        }
        resumeLater(slot)
    }

    /// The connection is broken or the client has given up.
    mutating func loseClient(_ slot: Int) {
        let exchange = Int(clients[slot].exchange)
        if exchange >= 0 {
            if exchanges[exchange].reason == .none && exchanges[exchange].phase != .tunnel {
                exchanges[exchange].reason = .clientClosed
            }
            abort(exchange)
        }
        endClient(slot)
    }

    /// Frees the connection. Its exchange, if any, has ended before.
    mutating func endClient(_ slot: Int) {
        if clients[slot].phase == .handshake { handshakeEnded(clients[slot].generation) }
        if clients[slot].isTLS { tls.end(slot) }
        buffers.giveBack(&clients[slot].input)
        buffers.giveBack(&clients[slot].output)
        Socket.close(clients[slot].socket)
        timers.disarm(slot)
        clients.giveBack(slot)
    }

    /// A time limit of the current plan, in microseconds.
    func time(_ name: LimitName) -> UInt64 { current.time(name) }
}
