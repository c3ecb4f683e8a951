import Foundation
import KeyTestSupport
import Testing

extension Faults {
    @Suite("Each process killed with SIGKILL under load")
    struct KillTests {
        private static let manners: [Load.Manner] = [
            .plain, .plain, .plain, .plain, .secure, .secure, .secure, .secure,
        ]

        @Test("the key-holder: no established connection is lost; new handshakes work again")
        func keyHolder() throws {
            let site = try Site()
            try site.write()
            let appliance = try Appliance(site)
            let load = Load(site, KillTests.manners + [.handshakes, .handshakes])
            for _ in 0..<3 {
                try load.awaitProgress()
                let serving = try appliance.killAndAwait("keyholder")
                let start = milliseconds()
                try until("a new handshake succeeds") { (try? Connection(site.https, tls: Site.name, seconds: 2)) != nil }
                print("key-holder killed: serving after \(serving) ms, handshake after \(serving + milliseconds() - start) ms")
            }
            try load.awaitProgress()
            let outcomes = try load.stop()
            #expect(outcomes.established.failures == [])
            #expect(outcomes.established.allSatisfy { $0.ports.count == 1 })
            try appliance.audit.awaitEvent("process.ended", ["keyholder", "SIGKILL", "started again"])
        }

        @Test("the dialer: no request is lost, not even one that needs a new upstream connection")
        func dialer() throws {
            let site = try Site()
            try site.write(Site.Policy(poolLimits: "idle = 0s"))
            let appliance = try Appliance(site)
            let load = Load(site, KillTests.manners)
            for _ in 0..<3 {
                try load.awaitProgress()
                print("dialer killed: serving after \(try appliance.killAndAwait("dialer")) ms")
                let connections = site.north.connections + site.south.connections
                try until("new upstream connections") { site.north.connections + site.south.connections > connections + 20 }
            }
            try load.awaitProgress()
            let outcomes = try load.stop()
            #expect(outcomes.failures == [])
            #expect(try appliance.members().allSatisfy { $0.role == "dialer" || $0.restarts == 0 })
        }

        @Test("the dialer: what its predecessor handed over is used on and may be closed")
        func dialerPredecessor() throws {
            let site = try Site()
            try site.write(Site.Policy(poolLimits: "idle = 300ms"))
            let appliance = try Appliance(site)
            let load = Load(site, KillTests.manners)
            try load.awaitProgress()
            try appliance.killAndAwait("dialer")
            try load.awaitProgress()
            #expect(try load.stop().failures == [])
            // The idle connections, all made by the first dialer, are closed now.
            try until("the workers have closed all upstream connections") {
                try appliance.members().filter { $0.role == "proxy" }.allSatisfy { member in
                    ProcessFiles.servers(of: member.pid, at: [site.north.port, site.south.port]).isEmpty
                }
            }
            let next = Load(site, KillTests.manners)
            try next.awaitProgress()
            #expect(try next.stop().failures == [])
            #expect(try appliance.audit.events("worker.violation") == [])
            #expect(try appliance.members().allSatisfy { $0.role == "dialer" || $0.restarts == 0 })
        }

        @Test("logd: no record of a completed request is lost, none is written twice")
        func logd() throws {
            let site = try Site()
            try site.write()
            let appliance = try Appliance(site)
            let load = Load(site, KillTests.manners, pause: 200)
            for _ in 0..<5 {
                try load.awaitProgress(50)
                print("logd killed: serving after \(try appliance.killAndAwait("logd")) ms")
            }
            try load.awaitProgress(50)
            let outcomes = try load.stop()
            #expect(outcomes.failures == [])
            #expect(try appliance.stop() == .exited(0))
            try expectRecords(of: outcomes.completed, in: appliance)
        }

        @Test("a worker: only its own exchanges are lost, and no record of one that it completed")
        func worker() throws {
            let site = try Site()
            try site.write()
            let appliance = try Appliance(site)
            let load = Load(site, KillTests.manners + KillTests.manners)
            try load.awaitProgress()
            let victim = try appliance.member("proxy", worker: 0)
            let ports = ProcessFiles.clients(of: victim.pid, at: [site.http, site.https])
            #expect(!ports.isEmpty && ports.count < 16, "the connections are not spread: \(ports.count) of 16")
            let failuresBefore = load.soFar.failures
            print("worker killed: serving after \(try appliance.killAndAwait("proxy", worker: 0)) ms")
            try load.awaitProgress()
            let outcomes = try load.stop()
            #expect(failuresBefore == [])
            for outcome in outcomes {
                let isOwn = outcome.ports.first.map(ports.contains) ?? false
                #expect(outcome.failures.count <= (isOwn ? 1 : 0), "\(outcome.failures)")
                #expect(isOwn || outcome.ports.count == 1)
            }
            #expect(try appliance.stop() == .exited(0))
            try expectRecords(of: outcomes.completed, in: appliance)
        }

        /// Each of them stands in the audit log once.
        private func expectRecords(of completed: [String], in appliance: Appliance) throws {
            let records = try appliance.audit.queries()
            let lost = completed.filter { records[$0] == nil }
            let doubled = records.filter { $0.value > 1 }.map(\.key)
            #expect(lost == [], "\(lost.count) of \(completed.count) have no record: \(lost)")
            #expect(doubled == [], "\(doubled.count) have several records")
            let numbers = try appliance.audit.lines().compactMap { $0["seq"] as? Int }
            #expect(try appliance.audit.tornLines().count == appliance.audit.events("audit.repaired").count)
            #expect(numbers == Array(1...max(numbers.count, 1)), "the sequence has gaps")
        }

        @Test("with a certificate that has expired since: the key-holder and a worker come back and serve it on")
        func expired() throws {
            let site = try Site()
            // Valid at the start. What it is overwritten with has expired and is of the same key: as if time had passed.
            try site.scratch.makeCertificate("old", from: "20200101000000Z", to: "20210101000000Z")
            try site.scratch.write("aging.key", try site.scratch.read("old.key"))
            try site.scratch.openssl([
                "req", "-x509", "-new", "-key", site.path("aging.key"), "-subj", "/CN=aging", "-days", "90",
                "-addext", "subjectAltName=DNS:\(Site.name)", "-out", site.path("aging.pem"),
            ])
            try site.write(Site.Policy(certificates: ["aging"]))
            let appliance = try Appliance(site, workers: 1)
            let connection = try Connection(site.https, tls: Site.name)
            #expect(try connection.get("/before").status == 200)
            try site.scratch.write("aging.pem", try site.scratch.read("old.pem"))
            try appliance.killAndAwait("keyholder")
            #expect(try connection.get("/after").status == 200)
            try until("a new handshake") { (try? Connection(site.https, tls: Site.name, seconds: 2)) != nil }
            try appliance.killAndAwait("proxy")
            try until("a new handshake") { (try? Connection(site.https, tls: Site.name, seconds: 2)) != nil }
            try appliance.awaitMessage("aging.pem")
            #expect(appliance.standardError.contains("expired"))
            #expect(try appliance.audit.events("process.refused") == [])
            // What is new is still refused.
            let answer = try appliance.ask("reload")
            #expect(answer["ok"] as? Bool == false && (answer["error"] as? String ?? "").contains("expired"))
            #expect(try Connection(site.https, tls: Site.name).get("/last").status == 200)
        }

        @Test("the compiler during a reload: the old policy is served on, and the next reload succeeds")
        func compiler() throws {
            let site = try Site()
            try site.write()
            let folder = try ProgramFolder(site, replacing: "masugata-config", by: """
                #!/bin/sh
                [ -e \(site.path("held")) ] && exec /bin/sleep 600
                exec \(Binaries.folder)/masugata-config "$@"
                """)
            let appliance = try Appliance(site, binaries: folder.path)
            let load = Load(site, KillTests.manners)
            try load.awaitProgress()
            try site.scratch.write("held", "")
            appliance.signal(SIGHUP)
            var compiler: Int32 = 0
            try until("the compiler runs") {
                compiler = ProcessFiles.child(of: appliance.pid, named: "sleep") ?? 0
                return compiler != 0
            }
            kill(compiler, SIGKILL)
            try appliance.audit.awaitEvent("reload.failed", ["generation 1", "masugata-config", "SIGKILL"])
            try load.awaitProgress()
            try FileManager.default.removeItem(atPath: site.path("held"))
            #expect(try appliance.ask("reload")["generation"] as? Int == 2)
            try load.awaitProgress()
            #expect(try load.stop().failures == [])
        }

        @Test("any process while a policy is taken on: the reload says so or succeeds, and no request of others is lost")
        func duringReload() throws {
            let site = try Site()
            try site.write()
            let appliance = try Appliance(site)
            let load = Load(site, KillTests.manners)
            try load.awaitProgress()
            for role in ["keyholder", "dialer", "logd"] {
                let old = try appliance.member(role)
                appliance.signal(SIGHUP)
                kill(old.pid, SIGKILL)
                try until("\(role) serves again") {
                    let new = try appliance.member(role)
                    return new.pid != old.pid && new.state == "serving"
                }
                try until("the transition is over") { try appliance.ask("status")["reloading"] as? Bool == false }
                try load.awaitProgress()
            }
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            try load.awaitProgress()
            #expect(try load.stop().failures == [])
        }
    }
}
