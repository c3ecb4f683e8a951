import Testing

@testable import Sandbox

@Suite("Files of system calls")
struct PolicyParsingTests {
    private func parse(_ text: String) throws -> SystemCallPolicy {
        try SystemCallPolicy(text: text, file: "x.systemcalls")
    }

    @Test("a line is a name, conditions, perhaps an error, and a reason")
    func lines() throws {
        let policy = try parse(
            """
            # a comment

            read    # client bytes
            sendto  address == 0, flags within MSG_NOSIGNAL|MSG_DONTWAIT  # connected peers
            socket  domain == AF_UNIX -> EACCES   # goes on without
            """)
        #expect(policy.rules.map(\.name) == ["read", "sendto", "socket"])
        #expect(policy.rules.map(\.line) == [3, 4, 5])
        #expect(policy.rules.map(\.reason) == ["client bytes", "connected peers", "goes on without"])
        #expect(policy.rules[2].answer == 13)
        let conditions = policy.rules[1].conditions
        #expect(conditions.map(\.argument) == [4, 3])
        #expect(conditions.map(\.isNarrow) == [false, true])
        #expect(conditions.map(\.comparison) == [.equal, .within])
        #expect(conditions.map(\.value) == [0, 0x4040])
    }

    @Test(
        "a wrong line is an error that names file, line and mistake",
        arguments: [
            ("read", "no reason: write '# why' behind the rule"),
            ("read #  ", "no reason: write '# why' behind the rule"),
            ("raed # x", "'raed' is no system call"),
            ("mmap protection # x", "a condition reads 'argument == value', or within, without, with"),
            ("mmap colour == 1 # x", "'colour' is no argument of mmap that conditions know"),
            ("read fd == 1 # x", "'fd' is no argument of read that conditions know"),
            ("mmap protection = PROT_EXEC # x", "'=' is no comparison: write ==, within, without or with"),
            ("mmap protection without PROT_FLY # x", "'PROT_FLY' is no known constant and no number"),
            ("mmap protection without PROT_EXEC| # x", "'' is no known constant and no number"),
            ("sendto flags without 1, flags == 2 # x", "two conditions on one argument: write two rules"),
            ("socket domain == AF_UNIX -> EWHAT # x", "'->' wants one known error such as EACCES"),
            ("socket domain == AF_UNIX -> # x", "'->' wants one known error such as EACCES"),
            ("read # x\nread # y", "'read' stands here as in line 1"),
            (
                "mmap # x\nmmap protection without PROT_EXEC # y",
                "'mmap' is conditional here or in line 1, and unconditional in the other"
            ),
        ])
    func mistakes(text: String, mistake: String) {
        let line = text.split(separator: "\n").count
        let error = #expect(throws: SandboxError.self) { try parse(text) }
        #expect(error?.step == "x.systemcalls:\(line)")
        #expect(error?.cause == mistake)
    }

    @Test("every profile's file is well formed and every rule has a reason", arguments: Profile.allCases)
    func files(profile: Profile) throws {
        let policy = try SystemCallPolicy(of: profile)
        #expect(policy.rules.count > 10)
        for rule in policy.rules { #expect(rule.reason.count >= 7, "line \(rule.line)") }
    }

    @Test("the roles that see the internet's bytes or the keys name no way to open, connect, start or trace")
    func absent() throws {
        let forbidden = [
            "socket", "socketpair", "connect", "bind", "listen", "accept", "open", "openat", "openat2", "creat",
            "execve", "execveat",
            "clone", "clone3", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "io_uring_setup",
            "io_uring_enter", "sendmmsg", "prctl", "kill", "tgkill", "memfd_create", "mount", "unshare", "setns", "bpf",
            "perf_event_open", "userfaultfd", "keyctl", "mprotect", "pkey_mprotect", "shmat", "ioctl", "chmod",
            "rename",
        ]
        for profile in [Profile.proxy, .keyholder, .config] {
            let names = Set(try SystemCallPolicy(of: profile).rules.map(\.name))
            #expect(names.isDisjoint(with: forbidden), "\(profile)")
        }
        #expect(!(try SystemCallPolicy(of: .keyholder)).rules.contains { $0.name == "accept4" })
    }
}
