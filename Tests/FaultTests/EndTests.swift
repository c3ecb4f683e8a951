import Foundation
import Testing

extension Faults {
    @Suite("The end")
    struct EndTests {
        /// An appliance with a download under way, of which the server holds back the second half.
        private func downloading() throws -> (Site, Appliance, Connection) {
            let site = try Site()
            try site.write(Site.Policy(limits: "drain = 3600s"))
            let appliance = try Appliance(site)
            let connection = try Connection(site.https, tls: Site.name)
            try connection.begin("/held?n=long")
            while connection.bodyBytesReceived ?? 0 < Origin.heldLength / 4 { try connection.receive() }
            return (site, appliance, connection)
        }

        @Test("SIGTERM lets a download complete, ends idle connections, then everything ends with 0")
        func drains() throws {
            let (site, appliance, connection) = try downloading()
            let idle = try Connection(site.http)
            #expect(try idle.get("/idle").status == 200)
            appliance.signal(SIGTERM)
            try idle.awaitEnd()
            #expect(try appliance.ask("status")["state"] as? String == "draining")
            #expect(appliance.poll() == nil)
            site.north.release()
            site.south.release()
            #expect(try connection.response().body.utf8.count == Origin.heldLength)
            #expect(try appliance.awaitEnd() == .exited(0))
            #expect(try appliance.audit.queries()["n=long"] == 1)
            #expect(!FileManager.default.fileExists(atPath: site.path("state/control.sock")))
        }

        @Test("a second SIGTERM ends at once, with 0, whatever is under way, and leaves no process")
        func atOnce() throws {
            let (_, appliance, connection) = try downloading()
            let pids = try appliance.members().map(\.pid)
            appliance.signal(SIGTERM)
            try until("it drains") { try appliance.ask("status")["state"] as? String == "draining" }
            appliance.signal(SIGTERM)
            #expect(try appliance.awaitEnd() == .exited(0))
            #expect(throws: Connection.Lost.self) { try connection.response() }
            try until("all processes are gone") { pids.allSatisfy { kill($0, 0) < 0 } }
        }

        @Test("who connects while it drains is refused, not kept waiting")
        func refusesNew() throws {
            let (site, appliance, connection) = try downloading()
            let idle = try Connection(site.http)
            #expect(try idle.get("/idle").status == 200)
            appliance.signal(SIGTERM)
            try idle.awaitEnd()
            try until("a connection is refused") { (try? Connection(site.http, seconds: 2)) == nil }
            #expect(try appliance.ask("status")["state"] as? String == "draining")
            site.north.release()
            site.south.release()
            #expect(try connection.response().body.utf8.count == Origin.heldLength)
            #expect(try appliance.awaitEnd() == .exited(0))
        }

        @Test("when the supervisor is killed nobody stays behind")
        func supervisorKilled() throws {
            let (_, appliance, connection) = try downloading()
            let pids = try appliance.members().map(\.pid)
            appliance.signal(SIGKILL)
            #expect(try appliance.awaitEnd() == .signalled(SIGKILL))
            #expect(throws: Connection.Lost.self) { try connection.response() }
            try until("all processes are gone") { pids.allSatisfy { kill($0, 0) < 0 } }
        }
    }
}
