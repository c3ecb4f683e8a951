import Glibc
import Sys

/// `openssl s_server`, which loads its private key itself.
final class SelfMadeServer {
    let pid: Int32
    private let port: UInt16

    init(_ site: Site, _ name: String) throws {
        port = site.spare
        pid = try ChildProcess.spawn(
            "/usr/bin/openssl",
            arguments: [
                "s_server", "-accept", "127.0.0.1:\(port)", "-key", site.path("\(name).key"), "-cert",
                site.path("\(name).pem"), "-quiet", "-naccept", "100",
            ], environment: [], descriptors: [-1, -1, -1], dieWithParent: false)
    }

    /// Whether a handshake with it succeeds.
    func serves() throws -> Bool {
        try until("a handshake") { (try? Connection(port, tls: Site.name, seconds: 5)) != nil }
        return true
    }

    deinit {
        kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }
}
