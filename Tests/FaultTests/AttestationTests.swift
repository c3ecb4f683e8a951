import Foundation
import Testing

extension Faults {
    @Suite("masugata attest on a running appliance")
    struct AttestationTests {
        @Test("exits 0 under load, after reloads and after deaths")
        func kept() throws {
            let site = try Site()
            try site.write()
            let appliance = try Appliance(site)
            let load = Load(site, [.plain, .secure, .handshakes])
            try load.awaitProgress()
            try expectKept(site)
            #expect(try appliance.ask("reload")["ok"] as? Bool == true)
            for role in ["keyholder", "dialer", "logd", "proxy"] { try appliance.killAndAwait(role) }
            try load.awaitProgress()
            try expectKept(site)
        }

        private func expectKept(_ site: Site) throws {
            let attest = try Command(["\(Binaries.folder)/masugata", "--state", site.path("state"), "attest"], site: site)
            #expect(attest.end == .exited(0), "\(attest.text)")
        }

        @Test(
            "exits 1 and names the process when one runs without its system call filter (debug build)",
            .enabled(if: debugBuildIsThere, "this is no debug build"), arguments: ["keyholder", "proxy", "dialer", "logd"])
        func withoutFilter(role: String) throws {
            let site = try Site()
            try site.write()
            let appliance = try Appliance(
                site, workers: 1, binaries: Binaries.debugFolder, arguments: ["--without-filter", role])
            #expect(try Connection(site.https, tls: Site.name).get("/").status == 200)
            let attest = try Command(
                ["\(Binaries.debugFolder)/masugata", "--state", site.path("state"), "attest", "--json"], site: site)
            #expect(attest.end == .exited(1), "\(attest.text)")
            #expect(attest.text.contains(role) && attest.text.contains("seccomp"))
            #expect(try appliance.stop() == .exited(0))
        }

        static var debugBuildIsThere: Bool {
            #if DEBUG
                FileManager.default.isExecutableFile(atPath: "\(Binaries.debugFolder)/masugatad")
            #else
                false
            #endif
        }

        @Test("a release has no such argument")
        func notInRelease() throws {
            let site = try Site()
            try site.write()
            let command = try Command(
                ["\(Binaries.folder)/masugatad", "--policy", site.path(), "--without-filter", "proxy"], site: site)
            #expect(command.end == .exited(2))
            for name in Binaries.names {
                let content = try Data(contentsOf: URL(fileURLWithPath: "\(Binaries.folder)/\(name)"))
                #expect(content.range(of: Data("without-filter".utf8)) == nil, "\(name)")
            }
        }
    }
}
