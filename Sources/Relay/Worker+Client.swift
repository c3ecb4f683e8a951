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
        if listener.socket < 0 { return }
        var peer = Sys.SocketAddress.none
        for _ in 0..<64 {
            if UInt64(clients.count - streams.count) >= current.plan.limits[.connections] {
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
        if !isTLS {
            if current.listeners[listener].http2 { clients[slot].phase = .preface }
            return
        }
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
        if readiness.contains(.broken) || (readiness.contains(.hangUp) && !readsAfterEnd(slot)) {
            loseClient(slot)
            return
        }
        advance(slot)
    }

    /// Whether the sending direction may have been ended before the receiving one: when both have, what the client
    /// sent last is still there to be read.
    private func readsAfterEnd(_ slot: Int) -> Bool {
        clients[slot].phase == .tunnel || clients[slot].phase == .lingering
    }

    /// Goes on with whatever the connection can go on with.
    mutating func advance(_ slot: Int) {
        switch clients[slot].phase {
        case .handshake: handshake(slot)
        case .head: readHead(slot)
        case .exchange: advanceExchange(slot)
        case .tunnel: pumpTunnel(Int(clients[slot].exchange))
        case .multiplexed: advanceMultiplex(slot)
        case .preface: readPreface(slot)
        case .finishing: finish(slot)
        case .lingering: linger(slot)
        }
    }

    // MARK: Turns

    /// Goes on with the connection in the next turn of the loop: it has had its share of this one, and the poller
    /// says nothing of bytes that are there already.
    mutating func resumeLater(_ slot: Int) {
        if clients[slot].isResumable { return }
        if resumableCount == resumable.capacity {
            // No place is left in this turn: the deadline looks after it.
            timers.arm(slot, at: now)
            return
        }
        clients[slot].isResumable = true
        resumable[resumableCount] = UInt32(slot)
        resumableCount += 1
    }

    /// Gives each of the connections that could go on another share. Those that could go on still are left for the
    /// next turn, so that no pipeline, transfer or tunnel keeps the loop from the others, or grows the stack.
    mutating func resumeClients() {
        let count = resumableCount
        for index in 0..<count {
            let slot = Int(resumable[index])
            if !clients.isTaken(slot) || !clients[slot].isResumable { continue }
            clients[slot].isResumable = false
            advance(slot)
        }
        resumableCount -= count
        for index in 0..<resumableCount { resumable[index] = resumable[count + index] }
    }

    /// Steps of a transfer in one direction, each of a buffer at most, that make the share of a turn.
    static var share: Int { 32 }

    // MARK: TLS

    private mutating func handshake(_ slot: Int) {
        switch tls.handshake(slot) {
        case .done:
            handshakeEnded(clients[slot].generation)
            tally.handshakes &+= 1
            if tls.isResumed(slot) { tally.resumed &+= 1 }
            clients[slot].tlsVersion = tls.version(slot)?.rawValue ?? 0
            if speaksHTTP2(slot) {
                beginMultiplex(slot)
                return
            }
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
        if clients[slot].stream >= 0 { return receive(ofStream: slot) }
        if !clients[slot].canRead { return .wouldBlock }
        if !clients[slot].input.isSome {
            clients[slot].input = buffers.take()
            if !clients[slot].input.isSome { return .failed(0) }
        }
        // A buffer that is used up to its end has no room, and no room would look like the end of the connection.
        if clients[slot].inputCount == 0 {
            clients[slot].inputStart = 0
            clients[slot].inputEnd = 0
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
        case .ended:
            clients[slot].peerFinished = true
            clients[slot].hasEnded = true
        case .failed: break
        }
        return transfer
    }

    /// Gives the input's buffer back when all of it has been used.
    mutating func releaseInput(_ slot: Int) {
        if clients[slot].inputCount > 0 { return }
        if clients[slot].stream >= 0 {
            releaseInput(ofStream: slot)
            return
        }
        buffers.giveBack(&clients[slot].input)
        clients[slot].inputStart = 0
        clients[slot].inputEnd = 0
    }

    /// Sends what is in the output. Answers whether all of it went; a broken connection is lost on the way.
    /// - Parameter endsResponse: whether the response of the exchange under way ends with it.
    mutating func flush(_ slot: Int, endsResponse: Bool = false) -> Bool {
        if clients[slot].stream >= 0 { return flush(stream: slot) }
        while clients[slot].outputCount > 0 {
            let start = Int(clients[slot].outputStart)
            let end = Int(clients[slot].outputEnd)
            let buffer = clients[slot].output
            switch send(slot, buffer, start, end, endsResponse: endsResponse) {
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

    /// Sends bytes of a buffer to the client; with `endsResponse` the last of a response.
    mutating func send(
        _ slot: Int, _ buffer: Buffer, _ start: Int, _ end: Int, endsResponse: Bool = false
    ) -> Transfer {
        // A stream's record is in the ring before its connection sends what ends it.
        if clients[slot].stream >= 0 { return send(stream: slot, buffer, start, end) }
        if !clients[slot].canWrite { return .wouldBlock }
        if endsResponse { prepareRecord(Int(clients[slot].exchange), sending: end - start) }
        let transfer =
            clients[slot].isTLS
            ? tls.write(slot, buffers.bytes(buffer, start, end))
            : Socket.send(clients[slot].socket, buffers.bytes(buffer, start, end))
        note(slot, transfer, of: end - start)
        return transfer
    }

    /// Notes what a transfer to the client came to.
    mutating func note(_ slot: Int, _ transfer: Transfer, of count: Int) {
        if records.hasPrepared { settleRecord(Int(clients[slot].exchange), isSent: transfer == .moved(count)) }
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
        if clients[slot].stream >= 0 {
            endStream(slot)
            return
        }
        clients[slot].phase = .finishing
        if !flushOrWait(slot) { return }
        if clients[slot].isTLS { _ = tls.shutdown(slot) }
        Socket.finishSending(clients[slot].socket)
        clients[slot].phase = .lingering
        timers.arm(slot, at: now + time(.linger))
        linger(slot)
    }

    /// Reads and throws away what a client still sends to a connection that has ended, until it ends it too or its
    /// time for that is over. To close a socket with bytes unread is to reset the connection, and a client that is
    /// still sending its body would lose the answer.
    private mutating func linger(_ slot: Int) {
        clients[slot].inputStart = 0
        clients[slot].inputEnd = 0
        for _ in 0..<Worker.share {
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

    /// The connection is broken or the client has given up; or the appliance gives it up, for another `reason`.
    mutating func loseClient(_ slot: Int, because reason: Reason = .clientClosed) {
        if clients[slot].phase == .multiplexed { endStreams(slot, reason) }
        let exchange = Int(clients[slot].exchange)
        if exchange >= 0 {
            if exchanges[exchange].reason == .none && exchanges[exchange].phase != .tunnel {
                exchanges[exchange].reason = reason
                if exchanges[exchange].status == 0 { exchanges[exchange].status = reason.status }
            }
            abort(exchange)
        }
        endClient(slot)
    }

    /// Frees the connection. Its exchange, if any, has ended before.
    mutating func endClient(_ slot: Int) {
        if clients[slot].stream >= 0 {
            endStream(slot)
            return
        }
        if multiplexes.isTaken(slot) { multiplexes.remove(slot) }
        if clients[slot].phase == .handshake { handshakeEnded(clients[slot].generation) }
        if clients[slot].isTLS {
            // Between two requests nothing is cut off, and the client is told so.
            if clients[slot].phase == .head { _ = tls.shutdown(slot) }
            tls.end(slot)
        }
        buffers.giveBack(&clients[slot].input)
        buffers.giveBack(&clients[slot].output)
        if clients[slot].endsByReset { Socket.abort(clients[slot].socket) } else { Socket.close(clients[slot].socket) }
        timers.disarm(slot)
        clients.giveBack(slot)
    }

    /// A time limit of the current plan, in microseconds.
    func time(_ name: LimitName) -> UInt64 { current.time(name) }
}
