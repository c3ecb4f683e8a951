import Glibc
import Sys
import Testing

@testable import masugatad

@Suite("The operator's files")
final class PolicyFilesTests {
    private let folder: String
    private let files: PolicyFiles

    init() throws {
        var name = Array("/tmp/masugata-files-XXXXXX".utf8CString)
        try #require(mkdtemp(&name) != nil)
        folder = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        files = PolicyFiles(policy: folder + "/edge.policy")
    }

    deinit {
        for name in ["edge.policy", "key.pem", "link.pem", "folder"] { remove("\(folder)/\(name)") }
        rmdir(folder)
    }

    private func make(_ name: String, mode: mode_t) {
        let file = open("\(folder)/\(name)", O_WRONLY | O_CREAT, mode)
        fchmod(file, mode)
        close(file)
    }

    private func refusal(_ body: () throws -> Handle) -> String {
        do {
            _ = try body()
            return "accepted"
        } catch {
            return (error as? Failure)?.text ?? "\(error)"
        }
    }

    @Test("names are counted from the policy's folder unless they begin at the root")
    func paths() {
        #expect(files.path("tls/a.pem") == "\(folder)/tls/a.pem")
        #expect(files.path("/etc/a.pem") == "/etc/a.pem")
        #expect(PolicyFiles(policy: "edge.policy").path("a.pem") == "a.pem")
        #expect(PolicyFiles(policy: "/edge.policy").path("a.pem") == "/a.pem")
    }

    @Test(
        "a key that others may read is refused with the command that helps",
        arguments: [0o640, 0o604, 0o660, 0o644] as [mode_t])
    func openKeys(mode: mode_t) {
        make("key.pem", mode: mode)
        let path = folder + "/key.pem"
        #expect(
            refusal { try files.openKey("key.pem") }
                == "\(path): mode 0\(String(mode, radix: 8)) gives others more than they may have; chmod 0600 \(path)")
    }

    @Test("a key for its owner alone is opened", arguments: [0o600, 0o400] as [mode_t])
    func closedKeys(mode: mode_t) {
        make("key.pem", mode: mode)
        #expect(refusal { try files.openKey("key.pem") } == "accepted")
    }

    @Test("a policy that others may write is refused, one that others may read is not")
    func policies() {
        make("edge.policy", mode: 0o644)
        #expect(refusal { try files.openPolicy() } == "accepted")
        make("edge.policy", mode: 0o664)
        #expect(refusal { try files.openPolicy() }.contains("mode 0664"))
    }

    @Test("a link, a folder and a missing file are refused with a remedy")
    func others() {
        make("key.pem", mode: 0o600)
        symlink("key.pem", folder + "/link.pem")
        mkdir(folder + "/folder", 0o700)
        #expect(refusal { try files.openKey("link.pem") }.contains("name the file itself"))
        #expect(refusal { try files.openKey("folder") }.contains("is not a regular file"))
        #expect(refusal { try files.openKey("none.pem") }.contains("make the file"))
    }

    @Test("a file of another user is refused", .enabled(if: Account.isRoot))
    func owners() {
        make("key.pem", mode: 0o600)
        chown(folder + "/key.pem", 12345, 12345)
        #expect(refusal { try files.openKey("key.pem") }.contains("belongs to user 12345"))
    }
}
