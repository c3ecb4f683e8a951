import Foundation
import KeyTestSupport

/// A folder with certificates, servers behind the appliance, and the text of policies for them.
final class Site {
    /// The one site's name.
    static let name = "www.example.test"

    let scratch = Scratch()
    let https: UInt16
    let http: UInt16
    let spare: UInt16
    let north = Origin("north")
    let south = Origin("south")

    /// Makes certificates `NAME.pem` with keys `NAME.key`.
    init(_ keys: [String: TestKey] = ["first": .p256]) throws {
        let ports = Loopback.freePorts(3)
        (https, http, spare) = (ports[0], ports[1], ports[2])
        for (name, key) in keys { try scratch.makeCertificate(name, key, names: [Site.name]) }
    }

    deinit {
        north.stop()
        south.stop()
    }

    /// A policy file's path.
    func path(_ name: String = "policy") -> String { scratch.file(name) }

    /// What may differ between two policies.
    struct Policy {
        var certificates = ["first"]
        var pool = "app"
        var servers: [Origin] = []
        /// In the pool's `limits` block.
        var poolLimits = ""
        /// In the `limits` block.
        var limits = ""
        /// Whether the spare port is listened on.
        var spare = false
        /// Further routes.
        var routes = ""
    }

    /// The text of a policy.
    func text(_ policy: Policy = Policy()) -> String {
        let servers = policy.servers.isEmpty ? [north, south] : policy.servers
        let ports = policy.spare ? [http, spare] : [http]
        let addresses = ports.map { "\"127.0.0.1:\($0)\"" }.joined(separator: ", ")
        func files(_ suffix: String) -> String {
            policy.certificates.map { "\"\($0).\(suffix)\"" }.joined(separator: ", ")
        }
        return """
            listen public { https = ["127.0.0.1:\(https)"]  http = [\(addresses)]  tls = main }
            tls main { certificate = [\(files("pem"))]  key = [\(files("key"))] }
            pool \(policy.pool) {
            \(servers.map { "  server \"127.0.0.1:\($0.port)\"" }.joined(separator: "\n"))
              limits { \(policy.poolLimits) }
            }
            site "\(Site.name)" {
              route "/*" { to = pool.\(policy.pool) }
              \(policy.routes)
            }
            limits { \(policy.limits) }
            """
    }

    /// Writes a policy file.
    func write(_ policy: Policy = Policy(), _ name: String = "policy") throws { try write(text: text(policy), name) }

    /// Writes any text as policy file, in one step, so that nobody reads half of it.
    func write(text: String, _ name: String = "policy") throws {
        try scratch.write("\(name).new", text)
        try FileManager.default.removeIfThere(path(name))
        try FileManager.default.moveItem(atPath: path("\(name).new"), toPath: path(name))
    }
}

extension FileManager {
    /// Removes a file, if it is there.
    func removeIfThere(_ path: String) throws {
        if (try? attributesOfItem(atPath: path)) != nil { try removeItem(atPath: path) }
    }
}
