import Sandbox
import Sys
import Wire

/// One run of `masugata-selftest`, beside the start of the others. Nothing is served unless every attempt fails.
struct SelfTest {
    let pid: Int32
    /// How it ended, once it has.
    var end: ChildProcess.End?

    private let output: Handle

    /// The most bytes of its output.
    private static let outputLimit = 1 << 20

    init() throws(Failure) {
        let output = try Failure.about("self-test") { () throws(Errno) in
            Handle(try MemoryFile.empty("masugata-selftest"))
        }
        let subjects = [Role.proxy, .keyholder, .logd, .dialer].map { role in
            let account = Accounts.account(of: role)
            return "\(role.name):\(account.user):\(account.group)"
        }
        pid = try Programs.start("masugata-selftest", subjects, descriptors: [-1, output.raw, output.raw])
        self.output = output
    }

    /// nil when every attempt failed, as it should; else what to tell the operator.
    func failure(_ end: ChildProcess.End) -> String? {
        if end == .exited(0) { return nil }
        let bytes = (try? File.contents(output.raw, limit: SelfTest.outputLimit)) ?? []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasSuffix(": killed") && !$0.contains(": refused") }
        return "the sandbox does not hold on this host, so nothing is served (masugata-selftest \(end.text)):\n"
            + lines.joined(separator: "\n")
    }
}
