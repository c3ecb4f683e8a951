import KeyTestSupport
import Sys
import TLS
import Testing

@Suite("TLS contexts")
struct ContextTests {
    let scratch = Scratch()

    private func problems(_ profile: TLSProfile, now: Int64? = nil) -> [String] {
        do throws(TLSConfigurationError) {
            let now = now ?? Int64(Clock.wall() / 1_000_000)
            _ = try TLSContext(generation: 1, profiles: [profile], listeners: [[0]], now: now)
            return []
        } catch {
            return error.problems
        }
    }

    private func certificate(_ name: String) throws -> TLSCertificate {
        TLSCertificate(file: "\(name).pem", chain: try scratch.read("\(name).pem"), key: 0)
    }

    @Test("dates are no problem for a context that takes the place of one that serves, only a notice")
    func servedAlready() throws {
        try scratch.makeCertificate("old", from: "20200101000000Z", to: "20210101000000Z")
        let profile = TLSProfile(name: "main", certificates: [try certificate("old")])
        #expect(problems(profile).contains { $0.contains("expired") })
        let context = try TLSContext(generation: 1, profiles: [profile], listeners: [[0]], refusesDates: false)
        let notices = context.notices
        #expect(notices.contains { $0.contains("old.pem") && $0.contains("expired") }, "\(notices)")
    }

    @Test("every problem is named with its file, its cause and the remedy, all of them at once")
    func everyProblem() throws {
        try scratch.makeCertificate("old", from: "20200101000000Z", to: "20210101000000Z")
        try scratch.write("empty.pem", "")
        try scratch.makeCertificate("good", .p256)
        var broken = try certificate("good")
        broken.chain += Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        let profile = TLSProfile(
            name: "x", certificates: [try certificate("old"), try certificate("empty")], minimum: .tls13,
            maximum: .tls12, applicationProtocols: [""])
        let found = problems(profile)
        #expect(found.count == 4)
        #expect(found.contains { $0.contains("old.pem") && $0.contains("expired") && $0.contains("renew") })
        #expect(found.contains { $0.contains("empty.pem") && $0.contains("PEM") })
        #expect(found.contains { $0.contains("tls x") && $0.contains("minimum version") })
        #expect(found.contains { $0.contains("application protocol") })
        #expect(problems(TLSProfile(name: "x", certificates: [])).first?.contains("no certificate") == true)
        #expect(
            problems(TLSProfile(name: "x", certificates: [broken])).first?.contains("OpenSSL refuses the chain") == true
        )
    }

    @Test("the dates are those of the moment that is given")
    func dates() throws {
        try scratch.makeCertificate("a", .p256, days: 90)
        let profile = TLSProfile(name: "x", certificates: [try certificate("a")])
        let now = Int64(Clock.wall() / 1_000_000)
        #expect(problems(profile, now: now).isEmpty)
        #expect(problems(profile, now: now + 91 * 86_400).first?.contains("expired") == true)
        #expect(problems(profile, now: now - 86_400).first?.contains("not valid yet") == true)
        let soon = try TLSContext(generation: 1, profiles: [profile], listeners: [[0]], now: now + 85 * 86_400)
        let notices = soon.notices
        #expect(notices.count == 1 && notices[0].contains("a.pem: the certificate expires in"))
    }

    @Test("names that no client can ask for are left out with a notice")
    func oddNames() throws {
        try scratch.makeCertificate("a", .p256, names: ["a.example.test", "f*.example.test", "*.*.example.test"])
        let profile = TLSProfile(name: "x", certificates: [try certificate("a")])
        let context = try TLSContext(generation: 1, profiles: [profile], listeners: [[0]])
        let notices = context.notices
        #expect(notices.count == 2)
    }

    @Test("a listener without TLS takes no connection, a wrong profile number is refused")
    func listeners() throws {
        try scratch.makeCertificate("a", .p256)
        let profile = TLSProfile(name: "x", certificates: [try certificate("a")])
        let context = try TLSContext(generation: 1, profiles: [profile], listeners: [[], [0]])
        var connections = try TLSConnections(capacity: 2, pendingSignatures: 1)
        let started = (
            connections.start(0, socket: -1, context: context, listener: 0),
            connections.start(0, socket: -1, context: context, listener: 1)
        )
        #expect(!started.0 && started.1)
        connections.end(0)
        connections.end(0)
        #expect(throws: TLSConfigurationError.self) {
            _ = try TLSContext(generation: 1, profiles: [profile], listeners: [[1]])
        }
    }
}
