import Foundation
import Testing

extension Faults {
    @Suite("Started as an ordinary user")
    struct OrdinaryUserTests {
        /// nobody.
        private static let user: UInt32 = 65_534

        /// What makes the command run as an ordinary user.
        private var prefix: [String] {
            if geteuid() != 0 { return [] }
            return ["/usr/bin/setpriv", "--reuid=\(Self.user)", "--regid=\(Self.user)", "--clear-groups", "--"]
        }

        private func own(_ site: Site) {
            if geteuid() != 0 { return }
            chmod(site.scratch.path, 0o755)
            for name in ["", "policy", "first.pem", "first.key"] { chown(site.path(name), Self.user, Self.user) }
        }

        @Test("it serves, reloads, comes back from a death, and says what is missing")
        func serves() throws {
            let site = try Site()
            try site.write()
            let programs = try ProgramFolder(site)
            own(site)
            let appliance = try Appliance(site, binaries: programs.path, prefix: prefix)
            #expect(appliance.standardError.contains("started without root: all processes run as one user"))
            let connection = try Connection(site.https, tls: Site.name)
            #expect(try connection.get("/one").status == 200)
            #expect(try Connection(site.http).get("/two").status == 200)
            #expect(try appliance.ask("reload")["generation"] as? Int == 2)
            for role in ["keyholder", "dialer", "logd"] { try appliance.killAndAwait(role) }
            #expect(try connection.get("/three?n=three").status == 200)
            #expect(try Connection(site.https, tls: Site.name).get("/four").status == 200)
            let attest = try Command(["\(Binaries.folder)/masugata", "--state", site.path("state"), "attest"], site: site)
            #expect(attest.end == .exited(0), "\(attest.text)")
            // Each has namespaces and an empty root of its own, the key-holder too: facts that hold are not listed.
            if UserNamespaces.areAllowed(to: prefix) {
                #expect(!attest.text.contains("namespace") && !attest.text.contains("root folder"), "\(attest.text)")
                #expect(!appliance.standardError.contains("no namespaces"), "\(appliance.standardError)")
            }
            try until("the record") { try appliance.audit.queries()["n=three"] == 1 }
            #expect(try appliance.stop() == .exited(0))
        }

        @Test("a key that it may not read is refused with the file and the remedy")
        func unreadable() throws {
            let site = try Site()
            try site.write()
            let programs = try ProgramFolder(site)
            own(site)
            chmod(site.path("first.key"), 0)
            let words = ["\(programs.path)/masugatad", "--policy", site.path(), "--state", site.path("state")]
            let command = try Command(prefix + words, site: site)
            #expect(command.end == .exited(1))
            #expect(command.text.contains("\(site.path("first.key")): the private key cannot be opened"))
            #expect(command.text.contains("let the user that masugatad runs as read it"))
        }
    }
}
