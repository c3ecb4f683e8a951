import Glibc
import KeyTestSupport
import Sys
import Testing
import Wire

/// The real process, with the test as supervisor and as worker.
@Suite("The key-holder as a process")
struct KeyHolderProcessTests {
    let scratch = Scratch()

    /// One that serves generation 1 with one P-256 key, and a worker.
    private func serving() throws -> (KeyHolderProcess, WorkerEnd) {
        try scratch.makeCertificate("a", .p256)
        let holder = try KeyHolderProcess()
        let worker = WorkerEnd(try holder.attachWorker(1))
        #expect(worker.receiveTicketKeys() != nil)
        #expect(try holder.prepare(1, ["a"], in: scratch) == .prepared(generation: 1))
        try holder.commit(1)
        #expect(worker.receiveTicketKeys() != nil)
        return (holder, worker)
    }

    @Test("it reports its sandbox, signs, counts, and ends with 0 when told to drain")
    func life() throws {
        let (holder, worker) = try serving()
        guard case .confined(_, let filters, _, let secret, _) = holder.confinement else { return }
        #expect(filters == 1)
        #expect(secret)
        for id in 1...3 { worker.send(WorkerEnd.message(id: UInt64(id))) }
        for id in 1...3 {
            let answer = worker.receiveAnswer()
            #expect(answer?.id == UInt64(id) && answer?.outcome == .signed)
        }
        let counters = try holder.counters()
        #expect(counters["keys"] == 1 && counters["signatures_tls13"] == 3)
        try holder.order(.ping(number: 9))
        try holder.awaitReport { $0 == .alive(number: 9) }
        try holder.order(.drain(milliseconds: 0))
        try holder.awaitReport { $0 == .drained }
        #expect(try holder.waitForEnd() == .exited(0))
    }

    /// A message, by what is wrong with it.
    struct Abuse: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let message: [UInt8]
        /// Whether a part of it is answered before the fault shows.
        var isAnsweredInPart = false
    }

    static let abuses: [Abuse] = [
        Abuse(testDescription: "garbage", message: Array("garbage".utf8)),
        Abuse(testDescription: "one byte", message: [0x53]),
        Abuse(testDescription: "no requests", message: Array(WorkerEnd.message().prefix(3)) + [0, 1, 0, 0, 0]),
        Abuse(
            testDescription: "a lying count",
            message: Array(WorkerEnd.message().prefix(3)) + [2] + Array(WorkerEnd.message().dropFirst(4)),
            isAnsweredInPart: true),
        Abuse(testDescription: "bytes left over", message: WorkerEnd.message() + [0], isAnsweredInPart: true),
        Abuse(testDescription: "a content that is cut off", message: Array(WorkerEnd.message().dropLast())),
        Abuse(
            testDescription: "a content above the limit",
            message: WorkerEnd.message(content: [UInt8](repeating: 1, count: 193))),
        Abuse(
            testDescription: "an unknown kind",
            message: Array(WorkerEnd.message().prefix(16)) + [9] + Array(WorkerEnd.message().dropFirst(17))),
        Abuse(testDescription: "another format", message: [0x53, 0x4d, 2] + Array(WorkerEnd.message().dropFirst(3))),
        Abuse(testDescription: "an unknown key", message: WorkerEnd.message(key: 4)),
        Abuse(testDescription: "a scheme of another key", message: WorkerEnd.message(scheme: 0x0804)),
        Abuse(
            testDescription: "a hash of 31 bytes", message: WorkerEnd.message(content: [UInt8](repeating: 1, count: 31))
        ),
        Abuse(testDescription: "a message that is too long", message: [UInt8](repeating: 0, count: 65_537)),
    ]

    @Test("the first message that no honest worker sends ends its channel, and is reported", arguments: abuses)
    func violation(_ abuse: Abuse) throws {
        let (holder, worker) = try serving()
        let other = WorkerEnd(try holder.attachWorker(2))
        #expect(other.receiveTicketKeys() != nil)
        worker.send(abuse.message)
        let report = try holder.awaitReport { if case .violation(1, .signing, _) = $0 { true } else { false } }
        guard case .violation(_, _, let text) = report else { return }
        #expect(!text.isEmpty)
        if abuse.isAnsweredInPart { #expect(worker.receiveAnswer()?.outcome == .signed) }
        #expect(worker.receive() == nil)
        // The other worker gets ticket keys that the ended one does not know, and goes on.
        #expect(other.receiveTicketKeys() == 3)
        other.send(WorkerEnd.message(id: 8))
        #expect(other.receiveAnswer()?.outcome == .signed)
        #expect(try holder.counters()["workers_ended"] == 1)
    }

    @Test("generations stand side by side; a retired one is answered as such, and ends nobody")
    func generations() throws {
        let (holder, worker) = try serving()
        try scratch.makeCertificate("b", .rsa2048)
        #expect(try holder.prepare(2, ["b"], in: scratch) == .prepared(generation: 2))
        try holder.commit(2)
        #expect(worker.receiveTicketKeys() != nil)
        worker.send(WorkerEnd.message(generation: 1))
        #expect(worker.receiveAnswer()?.outcome == .signed)
        worker.send(WorkerEnd.message(generation: 2, scheme: 0x0804))
        #expect(worker.receiveAnswer()?.outcome == .signed)
        try holder.order(.retire(generation: 1))
        try holder.order(.ping(number: 1))
        try holder.awaitReport { $0 == .alive(number: 1) }
        worker.send(WorkerEnd.message(generation: 1))
        #expect(worker.receiveAnswer()?.outcome == .retired)
        #expect(try holder.counters()["keys"] == 1)
    }

    @Test("a generation that is refused or abandoned leaves the old one serving")
    func refusedGeneration() throws {
        let (holder, worker) = try serving()
        try scratch.makeCertificate("b", .p256)
        try scratch.run(["/bin/cp", scratch.file("a.key"), scratch.file("b.key")])
        guard case .refused(2, let text) = try holder.prepare(2, ["b"], in: scratch) else {
            Issue.record("not refused")
            return
        }
        #expect(text.contains("b.pem") && text.contains("not the one of the certificate"))
        #expect(try holder.prepare(3, ["a"], in: scratch) == .prepared(generation: 3))
        try holder.order(.abandon(generation: 3))
        worker.send(WorkerEnd.message(generation: 1))
        #expect(worker.receiveAnswer()?.outcome == .signed)
        try holder.order(.commit(generation: 3))
        try holder.awaitReport { if case .refused(3, _) = $0 { true } else { false } }
    }

    @Test("a bad key or certificate is refused with its file, the cause and the remedy")
    func refusals() throws {
        let holder = try KeyHolderProcess()
        try scratch.makeCertificate("good", .p256)
        try scratch.makeCertificate("weak", .rsa1024)
        try scratch.makeCertificate("curve", .p521)
        try scratch.makeCertificate("old", from: "20200101000000Z", to: "20210101000000Z")
        try scratch.makeCertificate("early", from: "20900101000000Z", to: "20910101000000Z")
        try scratch.makeCertificate("sealed", .p256)
        try scratch.openssl([
            "pkey", "-in", scratch.file("sealed.key"), "-aes256", "-passout", "pass:x", "-out", scratch.file("s.key"),
        ])
        try scratch.run(["/bin/mv", scratch.file("s.key"), scratch.file("sealed.key")])
        try scratch.write("empty.pem", "")
        try scratch.run(["/bin/cp", scratch.file("good.key"), scratch.file("empty.key")])
        let expected = [
            ("weak", "1024 bits", "make a new key"), ("curve", "secp521r1", "make a new key"),
            ("old", "expired", "renew"), ("early", "not valid yet", "clock"),
            ("sealed", "passphrase", "store it unencrypted"), ("empty", "no PEM block", "certificate chain in PEM"),
        ]
        for (number, (name, cause, remedy)) in expected.enumerated() {
            let generation = UInt32(number + 1)
            guard case .refused(generation, let text) = try holder.prepare(generation, [name], in: scratch) else {
                Issue.record("\(name) was not refused")
                continue
            }
            #expect(text.contains("\(name).pem") && text.contains(cause) && text.contains(remedy), "\(text)")
        }
        // All of it at once: one line for each.
        guard case .refused(_, let all) = try holder.prepare(50, expected.map(\.0), in: scratch) else { return }
        #expect(all.split(separator: "\n").count == expected.count)
    }

    @Test("a certificate that expires soon is served, with a notice")
    func expiresSoon() throws {
        try scratch.makeCertificate("a", .p256, days: 5)
        let holder = try KeyHolderProcess()
        #expect(try holder.prepare(1, ["a"], in: scratch) == .prepared(generation: 1))
        #expect(holder.notices.contains { $0.contains("a.pem") && $0.contains("expires in") }, "\(holder.notices)")
    }

    @Test("a certificate that has expired is served on where it is served already, with a notice; a wrong key never")
    func servedAlready() throws {
        try scratch.makeCertificate("old", from: "20200101000000Z", to: "20210101000000Z")
        try scratch.makeCertificate("mixed", .p256)
        try scratch.write("mixed.pem", try scratch.read("old.pem"))
        let holder = try KeyHolderProcess()
        guard case .refused = try holder.prepare(1, ["mixed"], in: scratch, isServed: true) else {
            Issue.record("the key of another certificate was taken")
            return
        }
        #expect(try holder.prepare(1, ["old"], in: scratch, isServed: true) == .prepared(generation: 1))
        #expect(holder.notices.contains { $0.contains("old.pem") && $0.contains("expired") }, "\(holder.notices)")
        try holder.commit(1)
        guard case .refused(2, let text) = try holder.prepare(2, ["old"], in: scratch) else {
            Issue.record("an expired certificate was taken anew")
            return
        }
        #expect(text.contains("expired"))
    }

    @Test("a worker that asks before there are keys is answered once there are")
    func early() throws {
        try scratch.makeCertificate("a", .p256)
        let holder = try KeyHolderProcess()
        let worker = WorkerEnd(try holder.attachWorker(1))
        #expect(worker.receiveTicketKeys() != nil)
        worker.send(WorkerEnd.message())
        #expect(try holder.prepare(1, ["a"], in: scratch) == .prepared(generation: 1))
        try holder.commit(1)
        #expect(worker.receiveTicketKeys() != nil)
        #expect(worker.receiveAnswer()?.outcome == .signed)
    }

    @Test("a worker that does not read its answers is waited for, and gets all of them in order")
    func unread() throws {
        let (holder, worker) = try serving()
        // Until neither its answers nor further requests fit into the channel.
        var sent: UInt64 = 0
        while sent < 100_000, worker.trySend(WorkerEnd.message(id: sent)) { sent += 1 }
        try holder.order(.ping(number: 1))
        try holder.awaitReport { $0 == .alive(number: 1) }
        while worker.trySend(WorkerEnd.message(id: sent)) { sent += 1 }
        #expect(sent > 100)
        for id in 0..<sent {
            let answer = worker.receiveAnswer()
            if answer?.id != id || answer?.outcome != .signed {
                Issue.record("\(String(describing: answer)) in the place of \(id)")
                return
            }
        }
        #expect(try holder.counters()["signatures_tls13"] == sent)
    }

    @Test("it ends when its supervisor is gone")
    func orphan() throws {
        let holder = try KeyHolderProcess()
        holder.closeControl()
        #expect(try holder.waitForEnd() == .exited(0))
    }

    @Test("the private key is nowhere in its memory that the kernel can read")
    func memory() throws {
        let (holder, worker) = try serving()
        worker.send(WorkerEnd.message())
        #expect(worker.receiveAnswer()?.outcome == .signed)
        try scratch.openssl(["pkey", "-in", scratch.file("a.key"), "-outform", "DER", "-out", scratch.file("a.der")])
        let der = try scratch.read("a.der")
        // RFC 5915: the private key is the octet string after version 1.
        guard let at = der.indices.dropLast(34).first(where: { Array(der[$0..<$0 + 5]) == [2, 1, 1, 4, 32] }) else {
            Issue.record("no private key in the file")
            return
        }
        let secret = Array(der[(at + 5)..<(at + 37)])
        #expect(try MemorySearch.count(secret, in: holder.pid) == 0)
        #expect(try MemorySearch.count(Array(secret.reversed()), in: holder.pid) == 0)
        // The search itself works: this process has read the key.
        #expect(try MemorySearch.count(secret, in: getpid()) > 0)
    }
}
