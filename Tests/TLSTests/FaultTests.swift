import Glibc
import KeyTestSupport
import Sys
import TLS
import Testing
import Wire

/// Clients and key-holders that go away, stay silent or lie.
@Suite("Handshakes when something fails", .serialized)
struct FaultTests {
    let scratch = Scratch()

    private func makeServer(pending: Int = 32) throws -> TestServer {
        try scratch.makeCertificate("a", .p256)
        let certificate = TLSCertificate(file: "a.pem", chain: try scratch.read("a.pem"), key: 0)
        return try TestServer([TLSProfile(name: "test", certificates: [certificate])], pending: pending)
    }

    private func makeHolder() throws -> StandInKeyHolder {
        let holder = try StandInKeyHolder()
        try holder.load("a", in: scratch)
        return holder
    }

    /// Serves until as many signatures have been asked for.
    private func collect(_ count: Int, _ server: TestServer, _ holder: StandInKeyHolder) throws
        -> [StandInKeyHolder.Request]
    {
        var found: [StandInKeyHolder.Request] = []
        server.serve { _ in
            found += (try? holder.requests()) ?? []
            return found.count >= count
        }
        try #require(found.count == count)
        return found
    }

    @Test("a client that goes away while its signature is made costs nobody anything; its answer comes too late")
    func clientGone() throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        let gone = try Client(scratch, port: server.port, [])
        let late = try collect(1, server, holder)
        gone.kill()
        server.endAll()
        // Still counted: it has been asked for, and the key-holder works on it.
        #expect(server.connections.pendingSignatures == 1)

        // The next client has the same slot.
        let next = try Client(scratch, port: server.port, [])
        let request = try collect(1, server, holder)
        #expect(request[0].head.id != late[0].head.id)
        holder.sign(late[0])
        holder.answer(late[0].head.id, .signed, [1, 2, 3])
        server.turn()
        #expect(server.connections.pendingSignatures == 1)
        holder.sign(request[0])
        #expect(server.serve(next), "\(next.text)")
        #expect(server.connections.pendingSignatures == 0)
    }

    @Test("when the key-holder dies those who wait get an alert, the others go on, and the next one serves")
    func holderDies() throws {
        let server = try makeServer()
        var holder = try makeHolder()
        server.attach(holder.near)
        server.requestSize = 1000
        let established = try Client(scratch, port: server.port, [], request: String(repeating: "y", count: 999))
        holder.sign(try collect(1, server, holder)[0])
        let waiting = try (0..<5).map { _ in try Client(scratch, port: server.port, []) }
        _ = try collect(5, server, holder)
        holder.hangUp()
        server.serve { $0.failures.count == 5 }
        #expect(server.failures == [TLSFailure](repeating: .signature, count: 5))
        for client in waiting {
            #expect(!server.serve(client))
            #expect(client.text.contains("alert internal error"), "\(client.text)")
        }
        #expect(server.openCount == 1)
        #expect(server.signer.raw == nil)

        // Whoever comes meanwhile waits for the next key-holder.
        let patient = try Client(scratch, port: server.port, [])
        server.serve { $0.connections.pendingSignatures == 1 }
        holder = try makeHolder()
        server.attach(holder.near)
        server.requestSize = 1
        holder.sign(try collect(1, server, holder)[0])
        #expect(server.serve(patient), "\(patient.text)")
        established.kill()
    }

    @Test("a connection that ends before its signature was asked for leaves nothing behind")
    func endsUnasked() throws {
        let server = try makeServer()
        let client = try Client(scratch, port: server.port, [])
        server.serve { $0.connections.pendingSignatures == 1 }
        server.endAll()
        let holder = try makeHolder()
        server.attach(holder.near)
        server.turn()
        #expect(server.connections.pendingSignatures == 0)
        #expect(try holder.requests().isEmpty)
        client.kill()
    }

    @Test("a connection that ends between the answer and its next turn is freed")
    func endsAnswered() throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        let client = try Client(scratch, port: server.port, [])
        let request = try collect(1, server, holder)
        holder.sign(request[0])
        _ = server.signer.receive(for: &server.connections)
        server.endAll()
        #expect(server.connections.nextReady() == nil)
        #expect(server.connections.pendingSignatures == 0)
        client.kill()
    }

    @Test("beyond the bound on open signatures a handshake fails at once, and those within it succeed")
    func bound() throws {
        let server = try makeServer(pending: 2)
        let holder = try makeHolder()
        server.attach(holder.near)
        let clients = try (0..<4).map { _ in try Client(scratch, port: server.port, []) }
        var requests: [StandInKeyHolder.Request] = []
        server.serve { server in
            requests += (try? holder.requests()) ?? []
            return requests.count == 2 && server.failures.count == 2
        }
        #expect(server.failures == [.signature, .signature])
        for request in requests { holder.sign(request) }
        let succeeded = clients.filter { server.serve($0) }
        #expect(succeeded.count == 2)
    }

    @Test("refusals fail the one handshake", arguments: SigningOutcome.allCases.filter { $0 != .signed })
    func refused(_ outcome: SigningOutcome) throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        let client = try Client(scratch, port: server.port, [])
        holder.answer(try collect(1, server, holder)[0].head.id, outcome, [])
        #expect(!server.serve(client))
        #expect(server.failures == [.signature])
    }

    @Test("a signature that is wrong or too long never completes a handshake")
    func wrongSignature() throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        for count in [1, 70, 512] {
            let client = try Client(scratch, port: server.port, [])
            holder.answer(
                try collect(1, server, holder)[0].head.id, .signed, [UInt8](repeating: 0x30, count: count))
            #expect(!server.serve(client))
        }
        server.serve { $0.failures.count == 3 }
        #expect(server.facts.isEmpty)
    }

    @Test(
        "a key-holder that breaks the channel's rules is treated as gone",
        arguments: [
            Array("nonsense".utf8), [0x73, 0x4d, 1, 0], [0x73, 0x4d, 1, 1],
            [0x54, 0x4d, 1, 3] + [UInt8](repeating: 0, count: 248),
            [0x73, 0x4d, 1, 1] + [UInt8](repeating: 0, count: 11),
        ])
    func violated(_ message: [UInt8]) throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        let client = try Client(scratch, port: server.port, [])
        _ = try collect(1, server, holder)
        holder.send(message)
        #expect(server.signer.receive(for: &server.connections) == .violated)
        #expect(server.signer.raw == nil)
        #expect(!server.serve(client))
        #expect(server.failures == [.signature])
    }

    @Test(
        "tickets of the previous epoch resume and are renewed, those of the one before do not",
        arguments: ["-tls1_2", "-tls1_3"])
    func epochs(_ option: String) throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        let session = scratch.file("session")
        var resumed: [Bool] = []
        for (keys, saves) in [([1], true), ([2, 1], true), ([3, 2], false), ([4, 3], false)] as [([UInt8], Bool)] {
            holder.sendTicketKeys(keys)
            let isFirst = resumed.isEmpty
            let files = (isFirst ? [] : ["-sess_in", session]) + (saves ? ["-sess_out", session] : [])
            let client = try Client(scratch, port: server.port, [option] + files)
            server.serve { _ in
                for request in (try? holder.requests()) ?? [] { holder.sign(request) }
                return client.poll() != nil
            }
            resumed.append(server.facts.last?.resumed ?? false)
            // The ticket that it got begins with the newest key's name.
            let name = "0000 - " + [String](repeating: "0\(keys[0])", count: 8).joined(separator: " ")
            #expect(resumed.last == false || client.text.contains(name), "\(client.text)")
        }
        // The client saves no renewed ticket under TLS 1.2; there the third connection still has the first one.
        #expect(resumed == [false, true, option == "-tls1_3", false])
    }

    @Test("two thousand handshakes that are cut off while they wait leave no memory behind")
    func leaks() throws {
        let server = try makeServer()
        let holder = try makeHolder()
        server.attach(holder.near)
        let hello = try recordHello()
        var used: [Int] = []
        for round in 0..<2200 {
            let client = try PlainClient(port: server.port)
            client.send(hello)
            var requests: [StandInKeyHolder.Request] = []
            server.serve { _ in
                requests += (try? holder.requests()) ?? []
                return !requests.isEmpty
            }
            // One half ends before the answer, the other after it.
            if round % 2 == 0 { server.endAll() }
            holder.sign(requests[0])
            _ = server.signer.receive(for: &server.connections)
            server.endAll()
            #expect(server.connections.nextReady() == nil)
            if round == 200 || round == 2199 { used.append(try residentPages()) }
        }
        #expect(server.connections.pendingSignatures == 0)
        #expect(server.context.connectionCount == 0)
        // A connection takes more than ten pages in this state.
        #expect(used[1] - used[0] < 5_000, "\(used)")
    }

    /// This process's resident set, pages.
    private func residentPages() throws -> Int {
        let file = try File.open("/proc/self/statm")
        let text = String(decoding: try File.contents(file.raw, limit: 4096), as: UTF8.self)
        return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }

    /// What a client sends first.
    private func recordHello() throws -> [UInt8] {
        let listener = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: 1)
        let client = try Client(scratch, port: try Socket.localAddress(listener.raw).port, [])
        var entry = pollfd(fd: listener.raw, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, 20_000)
        var peer = SocketAddress.none
        let socket = try #require(try Socket.accept(listener.raw, peer: &peer))
        defer { close(socket) }
        entry.fd = socket
        _ = poll(&entry, 1, 20_000)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        client.kill()
        return Array(bytes.prefix(count))
    }
}
