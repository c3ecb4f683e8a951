import Foundation
import KeyTestSupport
import Testing

extension Faults {
    @Suite("Private keys in the memory of processes")
    struct MemoryTests {
        private static let keys: [String: TestKey] = ["rsa": .rsa2048, "ecdsa": .p256, "edwards": .ed25519]
        /// What a client offers to be served with each of the keys.
        private static let algorithms = ["rsa": "rsa_pss_rsae_sha256", "ecdsa": "ecdsa_secp256r1_sha256", "edwards": "ed25519"]

        @Test("no process but the key-holder has them while they are used to serve")
        func absent() throws {
            let site = try Site(MemoryTests.keys)
            try site.write(Site.Policy(certificates: MemoryTests.keys.keys.sorted()))
            let secrets = try MemoryTests.keys.keys.flatMap { try Secret.all(of: $0, MemoryTests.keys[$0]!, site) }
            let appliance = try Appliance(site)
            for (name, algorithms) in MemoryTests.algorithms {
                let connection = try Connection(site.https, tls: Site.name, algorithms: algorithms)
                #expect(connection.certificateName == name)
                #expect(try connection.get("/").status == 200)
            }
            let load = Load(site, [.handshakes, .secure])
            try load.awaitProgress()
            let holder = try appliance.member("keyholder").pid
            let others = ProcessFiles.tree(of: appliance.pid).filter { $0 != holder }
            #expect(others.count == 1 + 1 + 2 + 2, "supervisor, logd, dialer with its resolver, two workers: \(others)")
            for pid in others {
                let found = try MemorySearch.counts(secrets.map(\.bytes), in: pid)
                for (secret, count) in zip(secrets, found) { #expect(count == 0, "\(secret.name) in \(pid)") }
            }
            try load.awaitProgress()
            #expect(try load.stop().failures == [])
        }

        @Test("the search finds each in a server that loads the key itself", arguments: keys.keys.sorted())
        func present(name: String) throws {
            let key = MemoryTests.keys[name]!
            let site = try Site([name: key])
            let secrets = try Secret.all(of: name, key, site)
            let server = try SelfMadeServer(site, name)
            #expect(try server.serves())
            let found = try MemorySearch.counts(secrets.map(\.bytes), in: server.pid)
            for form in Set(secrets.map(\.part)) {
                let count = zip(secrets, found).filter { $0.0.part == form }.reduce(0) { $0 + $1.1 }
                #expect(count > 0, "\(form)")
            }
        }
    }
}
