import DaemonTestSupport
import Glibc
import Sys
import Testing
import Wire

@Suite("masugata-dialer: the real process in its sandbox, against a worker that may be anybody's")
struct DialerProcessTests {
    /// A listening socket on a free port of the loopback interface.
    struct Origin: ~Copyable {
        let listener: Descriptor
        let port: UInt16

        init(backlog: Int32 = 512) throws {
            let listener = try Socket.listen(.ipv4(127, 0, 0, 1, port: 0), backlog: backlog)
            port = try Socket.localAddress(listener.raw).port
            self.listener = listener
        }
    }

    private func start(_ image: [UInt8]) throws -> Supervised {
        let process = try Supervised("masugata-dialer", role: .dialer, account: Supervised.account)
        try commit(image, generation: 1, process)
        return process
    }

    private func commit(_ image: [UInt8], generation: UInt32, _ process: Supervised) throws {
        let plan = try MemoryFile.sealed("plan", image.span)
        try process.order(.prepare(generation: generation, isServed: false), [plan.raw])
        try process.order(.complete(generation: generation))
        try process.expect(.prepared(generation: generation))
        try process.order(.commit(generation: generation))
        try process.expect(.committed(generation: generation))
    }

    /// A port on which nobody listens.
    private func deadPort() throws -> UInt16 { try Origin().port }

    @Test("a worker gets a connection to the upstream that it named by number")
    func connected() throws {
        let first = try Origin()
        let second = try Origin()
        let process = try start(PoolPlan.image([("127.0.0.1", first.port), ("127.0.0.1", second.port)]))
        let worker = try DialingWorker(0, process)
        try worker.connect(77, upstream: 1)
        let (answers, connections) = try #require(try worker.receive())
        #expect(answers == [DialAnswer(outcome: .connected, id: 77, upstream: 1)])
        var peer = SocketAddress.none
        let accepted = try #require(try Socket.accept(second.listener.raw, peer: &peer))
        #expect(peer.port == (try Socket.localAddress(connections[0]).port))
        let greeting: [UInt8] = [1, 2, 3]
        #expect(Socket.send(connections[0], greeting.span) == .moved(3))
        for socket in connections + [accepted] { Socket.close(socket) }
        #expect(try process.counter("open", of: .dialer) == 1)
        try worker.closed(upstream: 1)
        try process.waitFor("open", of: .dialer, 0)
    }

    @Test("64 requests in one message come back as 64 connections")
    func batch() throws {
        let origin = try Origin()
        let process = try start(PoolPlan.image([("127.0.0.1", origin.port)]))
        let worker = try DialingWorker(0, process)
        try worker.send((1...64).map { DialRequest(action: .connect, id: $0, upstream: 0) })
        var ids: Set<UInt64> = []
        while ids.count < 64 {
            let (answers, connections) = try #require(try worker.receive())
            ids.formUnion(answers.map(\.id))
            for connection in connections { Socket.close(connection) }
        }
        #expect(try process.counter("connects", of: .dialer) == 64)
    }

    @Test("a worker that takes nothing has at most 64 connections on their way to it")
    func inFlight() throws {
        let origin = try Origin()
        let process = try start(PoolPlan.image([("127.0.0.1", origin.port)]))
        let worker = try DialingWorker(0, process)
        for start in [1, 65, 129] as [UInt64] {
            try worker.send((start..<(start + 64)).map { DialRequest(action: .connect, id: $0, upstream: 0) })
        }
        // `open` counts what was handed over: it stays at 64 until something is received.
        try process.waitFor("connects", of: .dialer, 192)
        try process.waitFor("pending", of: .dialer, 0)
        for _ in 0..<20 { #expect(try process.counter("open", of: .dialer) == 64) }
        var ids: Set<UInt64> = []
        while ids.count < 192 {
            let (answers, connections) = try #require(try worker.receive())
            ids.formUnion(answers.map(\.id))
            for connection in connections { Socket.close(connection) }
        }
        #expect(try process.counter("open", of: .dialer) == 192)
    }

    @Test("an upstream that refuses is a failure, and one that does not answer a timeout")
    func failures() throws {
        let refusing = try deadPort()
        // A listener whose queue is full answers nothing.
        let full = try Origin(backlog: 0)
        let fillers = try (0..<4).map { _ in try Socket.connect(.ipv4(127, 0, 0, 1, port: full.port)).release() }
        defer { for filler in fillers { Socket.close(filler) } }
        let image = PoolPlan.image([("127.0.0.1", refusing), ("127.0.0.1", full.port)], connect: 100)
        let process = try start(image)
        let worker = try DialingWorker(0, process)
        try worker.connect(1, upstream: 0)
        #expect(try worker.outcome() == .failed)
        try worker.connect(2, upstream: 1)
        #expect(try worker.outcome() == .timedOut)
        #expect(try process.counter("connects_failed", of: .dialer) == 2)
        #expect(try process.counter("pending", of: .dialer) == 0)
    }

    @Test("the connections that all workers have to one server are capped, and room comes back")
    func cap() throws {
        let origin = try Origin()
        let process = try start(PoolPlan.image([("127.0.0.1", origin.port)], connections: 2))
        let (one, two) = (try DialingWorker(1, process), try DialingWorker(2, process))
        try one.connect(1)
        #expect(try one.outcome() == .connected)
        try two.connect(1)
        #expect(try two.outcome() == .connected)
        try one.connect(2)
        #expect(try one.outcome() == .exhausted)
        try two.closed()
        try process.waitFor("open", of: .dialer, 1)
        try one.connect(3)
        #expect(try one.outcome() == .connected)
        // A worker that is gone holds nothing.
        try process.order(.detach(purpose: .dialing, peer: 1))
        try process.ping()
        try two.connect(4)
        #expect(try two.outcome() == .connected)
    }

    @Test("names are resolved, and one that does not resolve says so")
    func names() throws {
        let origin = try Origin()
        let image = PoolPlan.image([("localhost", origin.port), ("no-such-host.invalid", 80)])
        let process = try start(image)
        #expect(process.notices.contains { $0.contains("no-such-host.invalid does not resolve") })
        let worker = try DialingWorker(0, process)
        try worker.connect(1, upstream: 0)
        #expect(try worker.outcome() == .connected)
        try worker.connect(2, upstream: 1)
        #expect(try worker.outcome() == .unresolved)
    }

    @Test("a cancelled request is not answered, and its id can be used again")
    func cancel() throws {
        let full = try Origin(backlog: 0)
        let fillers = try (0..<4).map { _ in try Socket.connect(.ipv4(127, 0, 0, 1, port: full.port)).release() }
        defer { for filler in fillers { Socket.close(filler) } }
        let process = try start(PoolPlan.image([("127.0.0.1", full.port)], connect: 20_000))
        let worker = try DialingWorker(0, process)
        try worker.connect(5)
        try worker.send([DialRequest(action: .cancel, id: 5, upstream: 0)])
        try worker.connect(5)
        try process.waitFor("connects", of: .dialer, 2)
        #expect(try process.counter("pending", of: .dialer) == 1)
        #expect(try worker.receive(wait: false) == nil)
    }

    @Test("connections of an older generation are counted on, and under a retired one nothing new is made")
    func generations() throws {
        let origin = try Origin()
        let image = PoolPlan.image([("127.0.0.1", origin.port)], connections: 1)
        let process = try start(image)
        let worker = try DialingWorker(0, process)
        try worker.connect(1)
        #expect(try worker.outcome() == .connected)
        try commit(image, generation: 2, process)
        try process.order(.retire(generation: 1))
        try process.ping()
        try worker.connect(2, generation: 2)
        #expect(try worker.outcome() == .exhausted)
        try worker.connect(3, generation: 1)
        #expect(try worker.outcome() == .failed)
        try worker.closed()
        try process.waitFor("open", of: .dialer, 0)
        try worker.connect(4, generation: 2)
        #expect(try worker.outcome() == .connected)
    }

    @Test("told to drain it ends with 0")
    func drain() throws {
        let process = try start(PoolPlan.image([("127.0.0.1", 9)]))
        try process.order(.drain(milliseconds: 1_000))
        try process.expect(.drained)
        #expect(try process.end() == .exited(0))
    }

    /// A way to break the rules, and what the supervisor is told of it.
    struct Abuse: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let act: @Sendable (DialingWorker) throws -> Void

        init(_ description: String, _ text: String, _ act: @escaping @Sendable (DialingWorker) throws -> Void) {
            testDescription = description
            self.text = text
            self.act = act
        }
    }

    static let abuses = [
        Abuse("an unknown upstream", "no upstream 9 in generation 1") { try $0.connect(1, upstream: 9) },
        Abuse("a generation that is not yet", "no generation 2") { try $0.connect(1, generation: 2) },
        Abuse("an id that is open", "request 1 is open already") {
            try $0.send([1, 1].map { DialRequest(action: .connect, id: $0, upstream: 1) })
        },
        Abuse("a flood of requests", "more than 1024 requests are open") { worker in
            for start in stride(from: UInt64(0), to: 1_088, by: 64) {
                try worker.send((start..<(start + 64)).map { DialRequest(action: .connect, id: $0, upstream: 1) })
            }
        },
        Abuse("closing what was never handed over", "a connection to upstream 0 is closed that was not handed over") {
            try $0.closed()
        },
        Abuse("cancelling what was never asked", "request 3 cannot be cancelled: it was never made") {
            try $0.send([DialRequest(action: .cancel, id: 3, upstream: 0)])
        },
        Abuse("a message that ends too early", "a message with a wrong length") {
            try $0.send(bytes: [0x44, 0x4d, 1, 2, 1, 0, 0, 0, 2, 0])
        },
        Abuse("a message with bytes left over", "a message with a wrong length") {
            try $0.send(bytes: [0x44, 0x4d, 1, 1, 1, 0, 0, 0] + [1] + [UInt8](repeating: 0, count: 8) + [1, 0, 9])
        },
        Abuse("an unknown action", "a message with a wrong kind") {
            try $0.send(bytes: [0x44, 0x4d, 1, 1, 1, 0, 0, 0] + [9] + [UInt8](repeating: 0, count: 10))
        },
        Abuse("another format", "a message with a wrong header") { try $0.send(bytes: [0x44, 0x4d, 9, 1, 1, 0, 0, 0]) },
        Abuse("too many entries", "a message with a wrong value") {
            try $0.send((1...65).map { DialRequest(action: .connect, id: $0, upstream: 1) })
        },
        Abuse("a message that is too long", "a message of the wrong size (oversized)") {
            try $0.send(bytes: [UInt8](repeating: 0x44, count: DialFormat.messageLimit + 1))
        },
    ]

    @Test("who breaks the rules is cut off and named, and the others are served on", arguments: abuses)
    func abuse(_ abuse: Abuse) throws {
        let origin = try Origin()
        let full = try Origin(backlog: 0)
        let fillers = try (0..<4).map { _ in try Socket.connect(.ipv4(127, 0, 0, 1, port: full.port)).release() }
        defer { for filler in fillers { Socket.close(filler) } }
        let image = PoolPlan.image([("127.0.0.1", origin.port), ("127.0.0.1", full.port)], connections: 10_000, connect: 20_000)
        let process = try start(image)
        let (bad, good) = (try DialingWorker(7, process), try DialingWorker(8, process))
        try abuse.act(bad)
        try process.expect(.violation(peer: 7, purpose: .dialing, text: abuse.text))
        #expect(bad.isCutOff())
        #expect(try process.counter("workers_ended", of: .dialer) == 1)
        #expect(try process.counter("pending", of: .dialer) == 0)
        try good.connect(1)
        #expect(try good.outcome() == .connected)
    }
}
