import Foundation
import KeyTestSupport
import Testing

extension Faults {
    @Suite("Reloads under load")
    struct ReloadTests {
        /// Two policies that differ in certificates, pools, limits, routes and listeners.
        private func alternatives(_ site: Site) -> [Site.Policy] {
            [
                Site.Policy(
                    certificates: ["first"], pool: "app", servers: [site.north, site.south], poolLimits: "idle = 200ms"),
                Site.Policy(
                    certificates: ["second", "first"], pool: "other", servers: [site.south],
                    poolLimits: "idle = 100ms connections = 500 queue = 50", limits: "fields = 80 head = 5s",
                    spare: true, routes: "route \"/load\" { to = pool.other }"),
            ]
        }

        @Test("twenty reloads lose no request, raise the generation each time and leave no descriptor open")
        func twenty() throws {
            let site = try Site(["first": .p256, "second": .rsa2048])
            let policies = alternatives(site)
            try site.write(policies[0])
            let appliance = try Appliance(site)
            // The log's files are opened with the first record.
            _ = try Connection(site.http).get("/first?first")
            try until("the first record") { try appliance.audit.queries()["first"] != nil }
            let before = try appliance.members().map { ($0, ProcessFiles.count(of: $0.pid)) }
            let load = Load(site, [.plain, .plain, .plain, .plain, .secure, .secure, .handshakes, .handshakes])
            try load.awaitProgress()
            for number in 1...20 {
                try site.write(policies[number % 2])
                try reload(appliance, bySignal: number % 2 == 0)
                try until("generation \(number + 1)") { try appliance.generation() == number + 1 }
                try load.awaitProgress(3)
            }
            let outcomes = try load.stop()
            #expect(outcomes.failures == [])
            #expect(outcomes.established.allSatisfy { $0.ports.count == 1 }, "a connection was ended by a reload")
            #expect(try Connection(site.https, tls: Site.name).certificateName == "first")
            let after = try appliance.members()
            #expect(after.map(\.pid) == before.map { $0.0.pid })
            for (member, count) in before {
                var now = 0
                do {
                    try until("as few descriptors as before") {
                        now = ProcessFiles.count(of: member.pid)
                        return now <= count
                    }
                } catch {
                    Issue.record("\(member.name): \(count) descriptors before, \(now) after: \(ProcessFiles.targets(of: member.pid).sorted())")
                }
            }
            #expect(try appliance.stop() == .exited(0))
        }

        private func reload(_ appliance: Appliance, bySignal: Bool) throws {
            if bySignal {
                let done = appliance.standardError.components(separatedBy: "is served").count
                appliance.signal(SIGHUP)
                try until("the reload is said") {
                    appliance.standardError.components(separatedBy: "is served").count > done
                }
            } else {
                let answer = try appliance.ask("reload")
                #expect(answer["ok"] as? Bool == true, "\(answer)")
            }
        }

        @Test("another number of workers is served after a restart, and the reload says so; the rest is served at once")
        func workers() throws {
            let site = try Site()
            try site.write(text: "workers = 2\n" + site.text())
            let appliance = try Appliance(site, workers: nil)
            #expect(try appliance.ask("status")["workers"] as? Int == 2)
            try site.write(text: "workers = 3\n" + site.text(Site.Policy(spare: true)))
            let answer = try appliance.ask("reload")
            #expect(answer["ok"] as? Bool == true && answer["generation"] as? Int == 2)
            let notice = answer["notice"] as? String ?? ""
            #expect(notice.contains("3 workers and 2 run") && notice.contains("restart masugatad"))
            #expect(try Connection(site.spare).get("/spare").status == 200)
            try appliance.audit.awaitEvent("reload.partial", ["3 workers and 2 run"])
            #expect(appliance.standardError.contains(notice))
            let command = try Command(["\(Binaries.folder)/masugata", "--state", site.path("state"), "reload"], site: site)
            #expect(command.end == .exited(0) && command.text.contains(notice), "\(command.text)")
            try site.write(text: "workers = 2\n" + site.text())
            #expect(try appliance.ask("reload")["notice"] == nil)
        }

        @Test("a request whose connection is being made when its pool goes gets its answer; the connection is nobody else's")
        func dialling() throws {
            let site = try Site()
            let stalled = Origin(stalled: "stalled")
            defer { stalled.stop() }
            try site.write(Site.Policy(pool: "old", servers: [stalled], poolLimits: "connect = 20s"))
            let appliance = try Appliance(site, workers: 1)
            let connection = try Connection(site.http)
            try connection.begin("/dialling?n=dialling")
            try until("the dialer connects") {
                let dialer = try appliance.counters("dialer")
                return dialer["pending"] == 1
            }
            try site.write(Site.Policy(pool: "new", servers: [site.south]))
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            stalled.start()
            #expect(try connection.response().body == "stalled /dialling?n=dialling\n")
            for _ in 0..<5 { #expect(try connection.get("/next").body == "south /next\n") }
            try until("the record") { try appliance.audit.queries()["n=dialling"] == 1 }
            let record = try appliance.audit.lines().first { $0["query"] as? String == "n=dialling" }
            #expect(record?["upstream"] as? String == "127.0.0.1:\(stalled.port)")
        }

        @Test("a request that is under way when its pool goes completes; its connection serves the next policy")
        func underWay() throws {
            let site = try Site(["first": .p256, "second": .p256])
            let policies = alternatives(site)
            try site.write(policies[0])
            let appliance = try Appliance(site, workers: 1)
            let connection = try Connection(site.http)
            try connection.begin("/held")
            while connection.bodyBytesReceived ?? 0 < Origin.heldLength / 4 { try connection.receive() }
            try site.write(policies[1])
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            site.north.release()
            site.south.release()
            #expect(try connection.response().body.utf8.count == Origin.heldLength)
            #expect(try connection.get("/next").body == "south /next\n")
            #expect(try Connection(site.spare).get("/spare").status == 200)
            try site.write(policies[0])
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            #expect(throws: Connection.Lost.self) { try Connection(site.spare, seconds: 2).get("/gone") }
        }
    }
}
