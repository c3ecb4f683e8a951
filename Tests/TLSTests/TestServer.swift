import Glibc
import KeyTestSupport
import Sys
import TLS

/// A TLS server over the library under test: answers each request with what it knows of the connection.
final class TestServer {
    var connections: TLSConnections
    var signer = RemoteSigner()
    var context: TLSContext
    private var sockets: [Int: Int32] = [:]
    private var received: [Int: Int] = [:]
    private var unsent: [Int: [UInt8]] = [:]
    private let listener: Descriptor
    let port: UInt16

    /// Why handshakes failed, in order.
    var failures: [TLSFailure] = []
    /// What was seen of the connections that succeeded.
    var facts: [Facts] = []
    /// Whether signatures are asked for and fetched; off, they stay pending.
    var signs = true
    /// The listener of the next connections.
    var listenerNumber = 0
    /// Bytes to answer with, 'x'.
    var replySize = 0
    /// Bytes of request to wait for.
    var requestSize = 1

    struct Facts: Equatable {
        var name: String
        var version: TLSVersion?
        var alpn: String
        var resumed: Bool
    }

    init(_ profiles: [TLSProfile], listeners: [[Int]] = [[0]], capacity: Int = 64, pending: Int = 32) throws {
        let context = try TLSContext(generation: 1, profiles: profiles, listeners: listeners)
        let connections = try TLSConnections(capacity: capacity, pendingSignatures: pending)
        let listener = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: 64)
        port = try Socket.localAddress(listener.raw).port
        self.context = context
        self.connections = connections
        self.listener = listener
    }

    /// How many connections are open.
    var openCount: Int { sockets.count }

    func attach(_ channel: Int32) {
        signer.attach(Channel(Descriptor(owning: channel)), for: &connections)
    }

    /// Serves until `isDone`, or for 20 seconds.
    func serve(until isDone: (TestServer) -> Bool) {
        let end = Clock.monotonic() + 20_000_000
        while !isDone(self) && Clock.monotonic() < end { turn() }
    }

    /// Serves while a client runs; answers whether it ended with 0.
    func serve(_ client: Client) -> Bool {
        var result: Int32?
        let end = Clock.monotonic() + 20_000_000
        while result == nil && Clock.monotonic() < end {
            turn()
            result = client.poll()
        }
        if result == nil { client.kill() }
        return result == 0
    }

    func turn() {
        var entries = [pollfd(fd: listener.raw, events: Int16(POLLIN), revents: 0)]
        for socket in sockets.values { entries.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
        if signs, let raw = signer.raw { entries.append(pollfd(fd: raw, events: Int16(POLLIN), revents: 0)) }
        _ = poll(&entries, nfds_t(entries.count), 5)
        acceptAll()
        for slot in sockets.keys.sorted() { advance(slot) }
        if !signs { return }
        signer.flush(&connections)
        _ = signer.receive(for: &connections)
        while let slot = connections.nextReady() { advance(slot) }
    }

    private func acceptAll() {
        var peer = SocketAddress.none
        while let socket = try? Socket.accept(listener.raw, peer: &peer) {
            let slot = (0..<connections.capacity).first { sockets[$0] == nil } ?? 0
            if connections.start(slot, socket: socket, context: context, listener: listenerNumber) {
                sockets[slot] = socket
            } else {
                close(socket)
            }
        }
    }

    private func advance(_ slot: Int) {
        guard sockets[slot] != nil else { return }
        switch connections.handshake(slot) {
        case .done: relay(slot)
        case .wantRead, .wantWrite, .waitingForSignature: return
        case .closed: end(slot)
        case .failed(let failure):
            failures.append(failure)
            end(slot)
        }
    }

    private func relay(_ slot: Int) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while unsent[slot] == nil {
            var span = buffer.mutableSpan
            switch connections.read(slot, into: &span) {
            case .moved(let count):
                received[slot, default: 0] += count
                if received[slot, default: 0] >= requestSize { answer(slot) }
            case .wouldBlock: return
            case .ended, .failed:
                end(slot)
                return
            }
        }
        write(slot)
    }

    private func answer(_ slot: Int) {
        let seen = Facts(
            name: text(connections.serverName(slot)), version: connections.version(slot),
            alpn: text(connections.applicationProtocol(slot)), resumed: connections.isResumed(slot))
        facts.append(seen)
        unsent[slot] = Array("HTTP/1.0 200 OK\r\n\r\n".utf8) + [UInt8](repeating: 0x78, count: replySize)
    }

    private func write(_ slot: Int) {
        while let bytes = unsent[slot], !bytes.isEmpty {
            switch connections.write(slot, bytes.span) {
            case .moved(let count): unsent[slot] = Array(bytes.dropFirst(count))
            case .wouldBlock: return
            case .ended, .failed:
                end(slot)
                return
            }
        }
        _ = connections.shutdown(slot)
        end(slot)
    }

    func end(_ slot: Int) {
        connections.end(slot)
        if let socket = sockets.removeValue(forKey: slot) { close(socket) }
        received[slot] = nil
        unsent[slot] = nil
    }

    /// Ends every connection.
    func endAll() { for slot in Array(sockets.keys) { end(slot) } }

    deinit { for socket in sockets.values { close(socket) } }
}

func text(_ bytes: Span<UInt8>) -> String {
    var copy: [UInt8] = []
    for index in bytes.indices { copy.append(bytes[index]) }
    return String(decoding: copy, as: UTF8.self)
}
