import Foundation
import KeyTestSupport
import Testing

extension Faults {
    /// The helpers' own tests make every abuse against each helper alone; here one of each kind goes the whole way.
    @Suite("A worker in strange hands")
    struct CompromiseTests {
        @Test(
            "is found out, ended, recorded and replaced; its sibling and the helpers notice nothing",
            arguments: [
                ("unknown-key", "keyholder", "no such key"), ("signing-garbage", "keyholder", "malformed"),
                ("unknown-upstream", "dialer", "no upstream 60000"),
                ("dialing-flood", "dialer", "more than 1024 requests are open"),
                ("ring-positions", "logd", "positions or lengths"), ("ring-garbage", "logd", "record"),
            ])
        func abuse(name: String, helper: String, cause: String) throws {
            let (site, folder) = try misbehaving()
            let appliance = try Appliance(site, binaries: folder.path)
            let load = Load(site, [Load.Manner](repeating: .plain, count: 8) + [Load.Manner](repeating: .secure, count: 8))
            try load.awaitProgress(5)
            let before = try appliance.members()
            let victim = try appliance.member("proxy", worker: 0)
            let ports = ProcessFiles.clients(of: victim.pid, at: [site.http, site.https])
            try site.scratch.write("programs/abuse", name)
            kill(victim.pid, SIGKILL)
            try appliance.audit.awaitEvent("worker.violation", ["proxy 0", helper, cause])
            try FileManager.default.removeItem(atPath: site.path("programs/abuse"))
            try appliance.audit.awaitEvent("process.ended", ["proxy 0", "SIGKILL", "started again"])
            try until("a sound worker 0 serves") {
                let new = try appliance.member("proxy", worker: 0)
                return new.state == "serving" && new.restarts >= 2
            }
            try load.awaitProgress(5)
            let outcomes = try load.stop()
            for outcome in outcomes where outcome.ports.first.map(ports.contains) == false {
                #expect(outcome.failures == [] && outcome.ports.count == 1)
            }
            let after = try appliance.members()
            #expect(after.filter { $0.name != "proxy 0" }.map(\.pid) == before.filter { $0.name != "proxy 0" }.map(\.pid))
            #expect(try appliance.stop() == .exited(0))
        }

        @Test("that says to the supervisor what it was not asked is ended, recorded and replaced")
        func control() throws {
            let (site, folder) = try misbehaving()
            let appliance = try Appliance(site, binaries: folder.path)
            try site.scratch.write("programs/abuse", "control")
            kill(try appliance.member("proxy", worker: 0).pid, SIGKILL)
            try appliance.audit.awaitEvent("process.violation", ["proxy 0", "drained without being told to"])
            try FileManager.default.removeItem(atPath: site.path("programs/abuse"))
            try until("a sound worker 0 serves") { try appliance.member("proxy", worker: 0).state == "serving" }
        }

        /// A site, and executables of which the proxy misbehaves when it is told to.
        private func misbehaving() throws -> (Site, ProgramFolder) {
            let site = try Site()
            try site.write()
            let folder = try ProgramFolder(
                site, replacing: "masugata-proxy", with: "\(Binaries.debugFolder)/MisbehavingProxy")
            try FileManager.default.copyItem(
                atPath: "\(Binaries.folder)/masugata-proxy", toPath: "\(folder.path)/masugata-proxy.real")
            return (site, folder)
        }
    }
}
