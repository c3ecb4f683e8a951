import CSystemCallProbe
import Testing

@testable import Sandbox

/// Every rule of every file against the kernel: a call that matches is let through, one that does not is killed.
@Suite("Rules in the kernel")
struct RuleTests {
    /// What the kernel does with a call.
    enum Fate: Equatable {
        case allowed, killed
        case answered(Int32)
    }

    @Test("each rule lets through what matches it, and nothing that only nearly does", arguments: Profile.allCases)
    func rules(profile: Profile) throws {
        let policy = try SystemCallPolicy(of: profile)
        let program = try SystemCallFilter(policy).program()
        // Ending a signal handler that there is not throws the process anywhere: that call cannot be tried.
        for rule in policy.rules where rule.name != "rt_sigreturn" {
            for arguments in Self.matching(rule) {
                #expect(Self.expected(policy, rule.name, arguments) == (rule.answer.map { .answered($0) } ?? .allowed))
                try Self.check(program, policy, rule, arguments)
            }
            for arguments in Self.nearlyMatching(rule) { try Self.check(program, policy, rule, arguments) }
        }
    }

    @Test("calls that no rule names are killed", arguments: Profile.allCases)
    func others(profile: Profile) throws {
        let policy = try SystemCallPolicy(of: profile)
        let program = try SystemCallFilter(policy).program()
        let named = Set(policy.rules.map(\.name))
        let dangerous = [
            "execve", "execveat", "clone", "clone3", "ptrace", "bind", "listen", "io_uring_setup", "bpf", "mount",
            "unshare",
            "setns", "memfd_create", "prctl", "kill", "tgkill", "keyctl", "perf_event_open", "process_vm_readv",
            "setresuid",
            "capset", "chroot", "pivot_root", "seccomp", "userfaultfd", "shmget", "mprotect", "finit_module",
            "pidfd_getfd",
            "socketpair", "mkdirat", "symlinkat", "linkat", "mknodat", "fchmodat", "fchownat", "truncate", "open",
            "creat",
        ]
        for call in dangerous where !named.contains(call) {
            let fate = try Self.fate(program, call, [.max, 0, 0, 0, 0, 0])
            #expect(fate == .killed, "\(profile.name): \(call)")
        }
    }

    // MARK: Probing

    private static func check(
        _ program: [UInt8], _ policy: SystemCallPolicy, _ rule: SystemCallPolicy.Rule, _ arguments: [UInt64]
    ) throws {
        let fate = try fate(program, rule.name, arguments)
        let expected = expected(policy, rule.name, arguments)
        // A call that is let through may well fail by itself; only the filter's own answer is of interest.
        switch expected {
        case .killed: #expect(fate == .killed, "line \(rule.line): \(rule.name) \(arguments)")
        case .answered(let error): #expect(fate == .answered(error), "line \(rule.line): \(rule.name) \(arguments)")
        case .allowed: #expect(fate != .killed, "line \(rule.line): \(rule.name) \(arguments)")
        }
    }

    private static func fate(_ program: [UInt8], _ call: String, _ arguments: [UInt64]) throws -> Fate {
        var error: Int32 = 0
        let number = SystemCallFilter.number(call)
        if number < 0 { return .killed }
        let signal = masugata_probe(program, program.count, number, arguments, &error)
        try #require(signal >= 0)
        if signal == 31 { return .killed }
        return error == 0 || signal != 0 ? .allowed : .answered(error)
    }

    /// What the file says, in the slowest and plainest way.
    private static func expected(_ policy: SystemCallPolicy, _ call: String, _ arguments: [UInt64]) -> Fate {
        let fits = policy.rules.filter { $0.name == call && $0.conditions.allSatisfy { holds($0, arguments) } }
        guard let rule = fits.first else { return .killed }
        return rule.answer.map { .answered($0) } ?? .allowed
    }

    private static func holds(_ condition: SystemCallPolicy.Condition, _ arguments: [UInt64]) -> Bool {
        let full = arguments[Int(condition.argument)]
        let value = condition.isNarrow ? full & 0xffff_ffff : full
        return switch condition.comparison {
        case .equal: value == condition.value
        case .within: value & ~condition.value == 0
        case .without: value & condition.value == 0
        case .with: value & condition.value == condition.value
        }
    }

    // MARK: Arguments

    /// A descriptor that is none, and nothing else.
    private static let plain: [UInt64] = [0xffff_ffff, 0, 0, 0, 0, 0]

    private static func matching(_ rule: SystemCallPolicy.Rule) -> [[UInt64]] {
        var arguments = plain
        for condition in rule.conditions { arguments[Int(condition.argument)] = fitting(condition) }
        var variants = [arguments]
        for condition in rule.conditions where condition.isNarrow {
            // The kernel ignores the upper half of an int, and so must the filter.
            var high = arguments
            high[Int(condition.argument)] |= 0xabcd << 32
            variants.append(high)
        }
        return variants
    }

    private static func fitting(_ condition: SystemCallPolicy.Condition) -> UInt64 {
        condition.comparison == .without ? 0 : condition.value
    }

    private static func nearlyMatching(_ rule: SystemCallPolicy.Rule) -> [[UInt64]] {
        rule.conditions.flatMap { condition -> [[UInt64]] in
            misfits(condition).map { value in
                var arguments = matching(rule)[0]
                arguments[Int(condition.argument)] = value
                return arguments
            }
        }
    }

    private static func misfits(_ condition: SystemCallPolicy.Condition) -> [UInt64] {
        let bits = (0..<(condition.isNarrow ? 32 : 64)).map { UInt64(1) << UInt64($0) }
        switch condition.comparison {
        case .equal: return bits.map { condition.value ^ $0 }
        case .within: return bits.filter { $0 & condition.value == 0 }.map { $0 | condition.value }
        case .without: return bits.filter { $0 & condition.value != 0 }
        case .with: return bits.filter { $0 & condition.value != 0 }.map { condition.value ^ $0 }
        }
    }
}
