import Crypto
import KeyTestSupport
import Sys
import Testing
import Wire

@testable import masugata_keyholder

@Suite("What the key-holder signs")
struct SignerTests {
    /// One request and what must come of it.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var key: UInt16 = Keys.p256
        var generation: UInt32 = 2
        var kind = SigningKind.certificateVerify
        var scheme: UInt16 = 0x0403
        var content = [UInt8](repeating: 7, count: 32)
        let outcome: SigningOutcome
    }

    /// The numbers of the keys in generation 2.
    enum Keys {
        static let rsa: UInt16 = 0
        static let p256: UInt16 = 1
        static let p384: UInt16 = 2
        static let ed25519: UInt16 = 3
        static let p256OnlyTLS13: UInt16 = 4
        static let p256OnlyTLS12: UInt16 = 5
    }

    static let legitimate: [Case] = [
        Case(testDescription: "TLS 1.3 with P-256", outcome: .signed),
        Case(testDescription: "TLS 1.3 with P-256 over a SHA-384 transcript", content: hash(48), outcome: .signed),
        Case(testDescription: "TLS 1.3 with P-384", key: Keys.p384, scheme: 0x0503, outcome: .signed),
        Case(testDescription: "TLS 1.3 with Ed25519", key: Keys.ed25519, scheme: 0x0807, outcome: .signed),
        Case(testDescription: "TLS 1.3 with RSA-PSS SHA-256", key: Keys.rsa, scheme: 0x0804, outcome: .signed),
        Case(testDescription: "TLS 1.3 with RSA-PSS SHA-512", key: Keys.rsa, scheme: 0x0806, outcome: .signed),
        Case(
            testDescription: "TLS 1.2 with X25519", kind: .serverKeyExchange, content: exchange(0x1d), outcome: .signed),
        Case(
            testDescription: "TLS 1.2 with P-256 points", kind: .serverKeyExchange, content: exchange(0x17),
            outcome: .signed),
        Case(
            testDescription: "TLS 1.2 with P-384 points", kind: .serverKeyExchange, content: exchange(0x18),
            outcome: .signed),
        Case(
            testDescription: "TLS 1.2 with RSA PKCS #1", key: Keys.rsa, kind: .serverKeyExchange, scheme: 0x0401,
            content: exchange(0x1d), outcome: .signed),
        Case(
            testDescription: "TLS 1.2 does not bind the curve", key: Keys.p384, kind: .serverKeyExchange,
            scheme: 0x0403,
            content: exchange(0x1d), outcome: .signed),
        Case(
            testDescription: "TLS 1.2 without sentinel where TLS 1.3 is not offered", key: Keys.p256OnlyTLS12,
            kind: .serverKeyExchange, content: exchange(0x1d, sentinel: false), outcome: .signed),
    ]

    static let abuses: [Case] = [
        Case(testDescription: "an unknown key", key: 99, outcome: .badKey),
        Case(testDescription: "a generation that was never announced", generation: 3, outcome: .badKey),
        Case(testDescription: "a generation from before", generation: 1, outcome: .retired),
        Case(testDescription: "ECDSA with an RSA key", key: Keys.rsa, outcome: .badScheme),
        Case(testDescription: "RSA with an EC key", scheme: 0x0804, outcome: .badScheme),
        Case(testDescription: "PKCS #1 in TLS 1.3", key: Keys.rsa, scheme: 0x0401, outcome: .badScheme),
        Case(
            testDescription: "SHA-1 with RSA", key: Keys.rsa, kind: .serverKeyExchange, scheme: 0x0201,
            content: exchange(0x1d), outcome: .badScheme),
        Case(
            testDescription: "SHA-1 with ECDSA", kind: .serverKeyExchange, scheme: 0x0203, content: exchange(0x1d),
            outcome: .badScheme),
        Case(testDescription: "the other curve's scheme in TLS 1.3", scheme: 0x0503, outcome: .badScheme),
        Case(testDescription: "P-521's scheme in TLS 1.3", scheme: 0x0603, outcome: .badScheme),
        Case(testDescription: "scheme 0", scheme: 0, outcome: .badScheme),
        Case(
            testDescription: "TLS 1.2 with a key for TLS 1.3 alone", key: Keys.p256OnlyTLS13, kind: .serverKeyExchange,
            content: exchange(0x1d), outcome: .badScheme),
        Case(testDescription: "TLS 1.3 with a key for TLS 1.2 alone", key: Keys.p256OnlyTLS12, outcome: .badScheme),
        Case(testDescription: "a hash of 31 bytes", content: hash(31), outcome: .badContent),
        Case(testDescription: "a hash of 33 bytes", content: hash(33), outcome: .badContent),
        Case(testDescription: "no hash", content: [], outcome: .badContent),
        Case(
            testDescription: "text", content: Array("please sign this request for a certificate".utf8),
            outcome: .badContent),
        Case(
            testDescription: "text as a key exchange", kind: .serverKeyExchange, content: Array("x".utf8),
            outcome: .badContent),
        Case(
            testDescription: "a TLS 1.3 content as a key exchange", kind: .serverKeyExchange,
            content: certificateVerify(), outcome: .badContent),
        Case(
            testDescription: "ASN.1 as a key exchange", kind: .serverKeyExchange, content: [0x30, 0x60] + hash(98),
            outcome: .badContent),
        Case(
            testDescription: "a key exchange without the sentinel", kind: .serverKeyExchange,
            content: exchange(0x1d, sentinel: false), outcome: .badContent),
        Case(
            testDescription: "a sentinel for TLS 1.1", kind: .serverKeyExchange,
            content: changed(exchange(0x1d), 63, 0), outcome: .badContent),
        Case(
            testDescription: "a sentinel in the client's random", kind: .serverKeyExchange, content: swappedRandoms(),
            outcome: .badContent),
        Case(
            testDescription: "an explicit curve", kind: .serverKeyExchange, content: changed(exchange(0x1d), 64, 1),
            outcome: .badContent),
        Case(
            testDescription: "an unknown group", kind: .serverKeyExchange, content: changed(exchange(0x1d), 66, 0x1e),
            outcome: .badContent),
        Case(
            testDescription: "a finite-field group", kind: .serverKeyExchange, content: changed(exchange(0x1d), 65, 1),
            outcome: .badContent),
        Case(
            testDescription: "a point of the wrong length", kind: .serverKeyExchange,
            content: changed(exchange(0x1d), 67, 31), outcome: .badContent),
        Case(
            testDescription: "a point that is cut off", kind: .serverKeyExchange,
            content: Array(exchange(0x17).dropLast()), outcome: .badContent),
        Case(
            testDescription: "bytes after the point", kind: .serverKeyExchange, content: exchange(0x17) + [0],
            outcome: .badContent),
        Case(
            testDescription: "a compressed point", kind: .serverKeyExchange, content: changed(exchange(0x17), 68, 2),
            outcome: .badContent),
        Case(
            testDescription: "the randoms alone", kind: .serverKeyExchange, content: Array(exchange(0x1d).prefix(64)),
            outcome: .badContent),
    ]

    @Test("it signs what a TLS server signs", arguments: legitimate)
    func signs(_ request: Case) throws { #expect(try outcome(of: request) == .signed) }

    @Test("it refuses everything else", arguments: abuses)
    func refuses(_ request: Case) throws { #expect(try outcome(of: request) == request.outcome) }

    @Test("what an honest worker never asks for is a violation, a rate or a retired key is not")
    func violations() {
        #expect(SigningOutcome.allCases.filter(Signer.isViolation) == [.badKey, .badScheme, .badContent])
    }

    @Test("more than the burst at one moment is refused, and a second later the rate is there again")
    func rate() {
        var bucket = TokenBucket(burst: 10, now: 1_000)
        let atOnce = granted(&bucket, now: 1_000)
        let aSecondLater = granted(&bucket, now: 1_001_000)
        // A clock that stood still or went back gives nothing, and breaks nothing.
        let before = granted(&bucket, now: 0)
        let afterAges = granted(&bucket, now: 1 << 60)
        #expect([atOnce, aSecondLater, before, afterAges] == [10, 5, 0, 10])
    }

    private func granted(_ bucket: inout TokenBucket, now: UInt64) -> Int {
        var count = 0
        for _ in 0..<20 where bucket.take(rate: 5, burst: 10, now: now) { count += 1 }
        return count
    }

    @Test("each worker has an allowance of each key, and one that is used up takes nothing from the others")
    func allowances() throws {
        var limits = SigningLimits()
        limits.rate = 1
        limits.burst = 2
        var signer = try makeSigner(limits)
        let workers = [newWorker(1), newWorker(2)]
        let request = Case(testDescription: "", outcome: .signed)
        var otherKey = request
        otherKey.key = Keys.ed25519
        otherKey.scheme = 0x0807
        let outcomes = [
            decide(&signer, request, workers[0]), decide(&signer, request, workers[0]),
            decide(&signer, request, workers[0]), decide(&signer, request, workers[1]),
            decide(&signer, otherKey, workers[0]),
        ]
        #expect(outcomes == [.signed, .signed, .rateExceeded, .signed, .signed])
        let tally = signer.tally
        #expect(tally.signaturesTLS13 == 4 && tally.refusedRate == 1)
    }

    @Test("ticket keys: the previous one of an epoch is the current one of the epoch before; revoked, both are new")
    func tickets() {
        var keys = TicketKeys(length: 100, now: 0)
        let first = message(keys)
        let changes = (early: keys.advance(now: 99), inTime: keys.advance(now: 100))
        #expect(!changes.early && changes.inTime)
        let second = message(keys)
        #expect(second[92..<172] == first[12..<92])
        #expect(second[12..<92] != first[12..<92])
        keys.revoke(now: 150)
        let third = message(keys)
        for old in [first, second] {
            for start in [12, 92] {
                #expect(third[12..<92] != old[start..<start + 80] && third[92..<172] != old[start..<start + 80])
            }
        }
        let end = keys.end
        #expect(end == 250)
    }

    @Test("a new process has another master: its ticket keys are others")
    func master() {
        let one = TicketKeys(length: 100, now: 0)
        let other = TicketKeys(length: 100, now: 0)
        let messages = (message(one), message(other))
        #expect(messages.0 != messages.1)
    }

    private func message(_ keys: borrowing TicketKeys) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 172)
        writeTicketKeys(keys, to: &bytes)
        return bytes
    }

    // Contents.

    static func hash(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) } }

    static func certificateVerify() -> [UInt8] {
        [UInt8](repeating: 0x20, count: 64) + Array("TLS 1.3, server CertificateVerify".utf8) + [0] + hash(32)
    }

    static func exchange(_ group: UInt8, sentinel: Bool = true) -> [UInt8] {
        let points: [UInt8: (count: Int, first: UInt8)] = [0x1d: (32, 9), 0x17: (65, 4), 0x18: (97, 4)]
        let point = points[group] ?? (0, 0)
        var content = hash(64)
        if sentinel { content.replaceSubrange(56..<64, with: Array("DOWNGRD\u{01}".utf8)) }
        return content + [3, 0, group, UInt8(point.count), point.first] + hash(point.count - 1)
    }

    static func changed(_ content: [UInt8], _ index: Int, _ byte: UInt8) -> [UInt8] {
        var content = content
        content[index] = byte
        return content
    }

    static func swappedRandoms() -> [UInt8] {
        let content = exchange(0x1d)
        return Array(content[32..<64] + content[0..<32] + content[64...])
    }

    // The signer under test; making keys takes long, so all cases share them.

    private func outcome(of request: Case) throws -> SigningOutcome {
        var signer = try makeSigner(SigningLimits())
        return decide(&signer, request, newWorker(1))
    }

    private func makeSigner(_ limits: SigningLimits) throws -> Signer {
        var signer = Signer(limits: limits)
        let scratch = try SharedKeys.folder.get()
        let begun = signer.keys.prepare(2, isServed: false)
        let keys: [(UInt16, String, UInt8)] = [
            (Keys.rsa, "rsa2048", 3), (Keys.p256, "p256", 3), (Keys.p384, "p384", 3), (Keys.ed25519, "ed25519", 3),
            (Keys.p256OnlyTLS13, "p256", 2), (Keys.p256OnlyTLS12, "p256", 1),
        ]
        for (number, name, versions) in keys {
            let key = try parse(try scratch.read("\(name).key"))
            let held = HeldKey(name: name, versions: AllowedVersions(rawValue: versions), key: key)
            signer.keys.add(held, number, to: 2)
        }
        let problem = signer.keys.complete(2)
        let committed = signer.keys.commit(2)
        #expect(begun && problem == nil && committed)
        return signer
    }

    private func newWorker(_ number: UInt16) -> Worker { Worker(number, Channel(Descriptor(owning: -1))) }

    private func parse(_ text: [UInt8]) throws(CryptoError) -> PrivateKey { try PrivateKey(pem: text.span) }

    private func decide(_ signer: inout Signer, _ request: Case, _ worker: Worker) -> SigningOutcome {
        var signature = [UInt8](repeating: 0, count: 512)
        var span = signature.mutableSpan
        let head = SigningRequest(
            id: 5, kind: request.kind, key: request.key, scheme: request.scheme,
            contentCount: UInt16(request.content.count))
        let result = signer.sign(
            head, request.content.span, generation: request.generation, for: worker, now: 0, into: &span)
        #expect((result.outcome == .signed) == (result.count > 0))
        return result.outcome
    }
}

/// Keys that tests only read.
enum SharedKeys {
    static let folder = Result<Scratch, any Error> {
        let scratch = Scratch()
        for key in TestKey.served { try scratch.makeCertificate(key.rawValue, key) }
        return scratch
    }
}
