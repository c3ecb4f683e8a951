import KeyTestSupport
import Sys
import TLS
import Testing
import Wire

/// Real clients, the library, and a real key-holder.
@Suite("Handshakes with keys that are elsewhere", .serialized)
struct HandshakeTests {
    let scratch = Scratch()

    private func profile(_ names: [String], _ change: (inout TLSProfile) -> Void = { _ in }) throws -> TLSProfile {
        var certificates: [TLSCertificate] = []
        for (number, name) in names.enumerated() {
            certificates.append(
                TLSCertificate(file: "\(name).pem", chain: try scratch.read("\(name).pem"), key: UInt16(number)))
        }
        var profile = TLSProfile(name: "test", certificates: certificates)
        change(&profile)
        return profile
    }

    /// A key-holder that serves the keys of `names` as generation 1.
    private func holder(_ names: [String]) throws -> KeyHolderProcess {
        let holder = try KeyHolderProcess()
        #expect(try holder.prepare(1, names, in: scratch) == .prepared(generation: 1))
        try holder.commit(1)
        return holder
    }

    struct Combination: CustomTestStringConvertible, Sendable {
        let key: TestKey
        let version: TLSVersion
        var testDescription: String { "\(key) \(version)" }
        static let all = TestKey.served.flatMap { key in
            [TLSVersion.tls12, .tls13].map { Combination(key: key, version: $0) }
        }
        var option: String { version == .tls12 ? "-tls1_2" : "-tls1_3" }
    }

    @Test(
        "each kind of key, in each version, completes a handshake that the client verifies", arguments: Combination.all)
    func completes(_ combination: Combination) throws {
        try scratch.makeCertificate("a", combination.key)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        let client = try Client(
            scratch, port: server.port,
            [
                combination.option, "-servername", "A.Example.test", "-CAfile", scratch.file("a.pem"),
                "-verify_return_error", "-verify_hostname", "a.example.test", "-alpn", "h2,http/1.1",
            ])
        let succeeded = server.serve(client)
        #expect(succeeded, "\(client.text)")
        #expect(client.text.contains("200 OK"))
        let facts = server.facts
        #expect(
            facts == [
                .init(name: "a.example.test", version: combination.version, alpn: "http/1.1", resumed: false)
            ])
        let counters = try holder.counters()
        let name = combination.version == .tls12 ? "signatures_tls12" : "signatures_tls13"
        #expect(counters[name] == 1)
    }

    @Test(
        "tickets resume a session without a signature, until a worker has gone", arguments: [TLSVersion.tls12, .tls13])
    func resumes(_ version: TLSVersion) throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        let option = version == .tls12 ? "-tls1_2" : "-tls1_3"
        func connect(_ options: [String]) throws -> Bool {
            let client = try Client(scratch, port: server.port, [option] + options)
            return server.serve(client)
        }
        let session = scratch.file("session")
        let first = try connect(["-sess_out", session])
        let second = try connect(["-sess_in", session, "-sess_out", session])
        let third = try connect(["-sess_in", session, "-sess_out", session])
        let facts = server.facts
        #expect(first && second && third)
        #expect(facts.map(\.resumed) == [false, true, true])
        #expect(try holder.counters()["signatures_tls1\(version == .tls12 ? 2 : 3)"] == 1)

        // A worker that goes away makes all tickets worthless.
        _ = try holder.attachWorker(2)
        try holder.order(.detach(purpose: .signing, peer: 2))
        try holder.order(.ping(number: 1))
        try holder.awaitReport { $0 == .alive(number: 1) }
        let fourth = try connect(["-sess_in", session])
        let last = server.facts.last
        #expect(fourth && last?.resumed == false)
    }

    @Test("without tickets nothing is resumed", arguments: [TLSVersion.tls12, .tls13])
    func noTickets(_ version: TLSVersion) throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"]) { $0.tickets = false }])
        server.attach(try holder.attachWorker(1))
        let option = version == .tls12 ? "-tls1_2" : "-tls1_3"
        let client = try Client(scratch, port: server.port, [option])
        let succeeded = server.serve(client)
        #expect(succeeded && !client.text.contains("TLS session ticket"))
    }

    @Test("names choose certificates: exact, one wildcard label, the default for others")
    func names() throws {
        try scratch.makeCertificate("a", .p256, names: ["a.example.test"])
        try scratch.makeCertificate("w", .p256, names: ["*.example.test"])
        let holder = try holder(["a", "w"])
        let server = try TestServer([try profile(["a", "w"])])
        server.attach(try holder.attachWorker(1))
        let cases = [
            ("a.example.test", "CN = a"), ("b.example.test", "CN = w"), ("c.b.example.test", "CN = a"),
            ("example.test", "CN = a"), ("other.test", "CN = a"),
        ]
        for (name, subject) in cases {
            let client = try Client(scratch, port: server.port, ["-servername", name])
            let succeeded = server.serve(client)
            #expect(succeeded && client.text.contains("subject=\(subject)"), "\(name)")
        }
        let nameless = try Client(scratch, port: server.port, ["-noservername"])
        let succeeded = server.serve(nameless)
        #expect(succeeded && nameless.text.contains("subject=CN = a"))
        #expect(server.facts.last?.name == "")
    }

    @Test(
        "where unknown names are refused the client gets unrecognized_name, in each version",
        arguments: ["-tls1_2", "-tls1_3"])
    func unknownName(_ option: String) throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"]) { $0.unknownName = .refuse }])
        server.attach(try holder.attachWorker(1))
        for options in [["-servername", "b.example.test"], ["-noservername"]] {
            let client = try Client(scratch, port: server.port, [option] + options)
            let succeeded = server.serve(client)
            #expect(!succeeded && client.text.contains("unrecognized name"), "\(client.text)")
        }
        #expect(server.failures == [.unknownName, .unknownName])
        #expect(try holder.counters()["signatures_tls13"] == 0)
    }

    @Test("RSA and ECDSA certificates for one name stand side by side")
    func sideBySide() throws {
        try scratch.makeCertificate("r", .rsa2048)
        try scratch.makeCertificate("e", .p256)
        let holder = try holder(["r", "e"])
        let server = try TestServer([try profile(["r", "e"])])
        server.attach(try holder.attachWorker(1))
        let cases = [
            (["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"], "CN = r"),
            (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"], "CN = e"),
            (["-tls1_3", "-sigalgs", "rsa_pss_rsae_sha256"], "CN = r"),
            (["-tls1_3", "-sigalgs", "ecdsa_secp256r1_sha256"], "CN = e"),
        ]
        for (options, subject) in cases {
            let client = try Client(scratch, port: server.port, options + ["-servername", "a.example.test"])
            let succeeded = server.serve(client)
            #expect(succeeded && client.text.contains("subject=\(subject)"), "\(options)")
        }
    }

    @Test("two profiles on one listener: each name has the versions of its own")
    func profiles() throws {
        try scratch.makeCertificate("a", .p256, names: ["a.example.test"])
        try scratch.makeCertificate("b", .p256, names: ["b.example.test"])
        let holder = try KeyHolderProcess()
        try holder.order(.prepare(generation: 1, isServed: false))
        try holder.certificate(1, 0, chain: scratch.file("a.pem"), key: scratch.file("a.key"), versions: 3)
        try holder.certificate(1, 1, chain: scratch.file("b.pem"), key: scratch.file("b.key"), versions: 1)
        try holder.order(.complete(generation: 1))
        try holder.awaitReport { $0 == .prepared(generation: 1) }
        try holder.commit(1)
        var both = try profile(["a", "b"])
        let second = both.certificates.removeLast()
        let old = TLSProfile(name: "old", certificates: [second], maximum: .tls12, applicationProtocols: [])
        let server = try TestServer([both, old], listeners: [[0, 1], [1]])
        server.attach(try holder.attachWorker(1))
        for (name, listener) in [("a.example.test", 0), ("b.example.test", 0), ("b.example.test", 1)] {
            server.listenerNumber = listener
            let client = try Client(scratch, port: server.port, ["-servername", name, "-alpn", "http/1.1"])
            let succeeded = server.serve(client)
            #expect(succeeded, "\(client.text)")
        }
        let facts = server.facts
        #expect(facts.map(\.version) == [.tls13, .tls12, .tls12])
    }

    @Test("what is not offered is refused: old versions, static RSA, SHA-1, an unknown protocol, plain HTTP")
    func refusals() throws {
        try scratch.makeCertificate("a", .rsa2048)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        let cases: [([String], TLSFailure)] = [
            (["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], .version),
            (["-tls1_2", "-cipher", "AES128-GCM-SHA256"], .nothingShared),
            (["-tls1_2", "-cipher", "DEFAULT@SECLEVEL=0", "-sigalgs", "RSA+SHA1"], .nothingShared),
            (["-alpn", "unknown"], .applicationProtocol),
        ]
        for (options, failure) in cases {
            let client = try Client(scratch, port: server.port, options)
            let succeeded = server.serve(client)
            let last = server.failures.last
            #expect(!succeeded && last == failure, "\(options) \(String(describing: last))")
        }
        try scratch.write("get", "GET / HTTP/1.1\r\n\r\n")
        let count = server.failures.count
        let plain = try PlainClient(port: server.port)
        plain.send("GET / HTTP/1.1\r\n\r\n")
        server.serve { $0.failures.count > count }
        let failure = server.failures.last
        #expect(failure == .plainHTTP)
        #expect(try holder.counters()["workers_ended"] == 0)
    }

    @Test("the whole chain is sent, so that a client that knows the root alone verifies it")
    func chain() throws {
        try scratch.makeChain("a")
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        let client = try Client(
            scratch, port: server.port,
            ["-CAfile", scratch.file("a-root.pem"), "-verify_return_error", "-servername", "a.example.test"])
        #expect(server.serve(client), "\(client.text)")
    }

    @Test("a client whose first group is not served is asked again, and completes")
    func helloRetry() throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        let client = try Client(
            scratch, port: server.port, ["-tls1_3", "-groups", "P-521:P-256", "-servername", "a.example.test"])
        #expect(server.serve(client))
        #expect(server.facts.map(\.name) == ["a.example.test"])
    }

    @Test("a megabyte goes in and out", arguments: ["-tls1_2", "-tls1_3"])
    func large(_ option: String) throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        server.requestSize = 1 << 20
        server.replySize = 1 << 20
        // Neither Q nor R, which are commands of the client at the start of a line.
        let request = String(repeating: String(repeating: "y", count: 1023) + "\n", count: 1024)
        let client = try Client(scratch, port: server.port, [option, "-quiet"], request: request)
        let succeeded = server.serve(client)
        #expect(succeeded && client.text.filter { $0 == "x" }.count >= 1 << 20)
    }

    @Test("many clients at once")
    func many() throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try holder(["a"])
        let server = try TestServer([try profile(["a"])])
        server.attach(try holder.attachWorker(1))
        let clients = try (0..<24).map { _ in try Client(scratch, port: server.port, []) }
        server.serve { server in server.facts.count == 24 }
        for client in clients { #expect(server.serve(client)) }
        #expect(try holder.counters()["signatures_tls13"] == 24)
        #expect(server.connections.pendingSignatures == 0)
    }
}
