internal import CLinux
internal import CSeccomp
internal import Glibc
internal import Sys

/// A policy as the kernel runs it: libseccomp makes the program, whatever it does not allow kills the process.
struct SystemCallFilter: ~Copyable {
    private let library: Library

    /// Whether there is a system call of this name on this kind of machine, or was on another.
    static func knows(_ name: String) -> Bool { unsafe seccomp_syscall_resolve_name(name) != -1 }

    /// Translates `policy`.
    init(_ policy: SystemCallPolicy) throws(SandboxError) {
        let library = try Library()
        // A tree instead of a list: the cost does not grow with the place of a rule.
        try library.set(SCMP_FLTATR_CTL_OPTIMIZE, 2)
        try library.set(SCMP_FLTATR_ACT_BADARCH, killProcess)
        for rule in policy.rules { try library.add(rule) }
        self.library = library
    }

    /// The number of a system call on this kind of machine; negative when it has none.
    static func number(_ name: String) -> Int { Int(unsafe seccomp_syscall_resolve_name(name)) }

    /// The filter as the kernel takes it, an array of `struct sock_filter`.
    func program() throws(SandboxError) -> [UInt8] { try library.exported() }

    /// Puts the filter in force for good.
    func load() throws(SandboxError) { try library.load() }
}

/// libseccomp's own object.
@safe
private struct Library: ~Copyable {
    private let context: scmp_filter_ctx

    init() throws(SandboxError) {
        guard let context = unsafe seccomp_init(killProcess) else {
            throw SandboxError("system call filter", "libseccomp has no memory", remedy: "give the host more memory")
        }
        unsafe self.context = context
    }

    deinit { unsafe seccomp_release(context) }

    func set(_ attribute: scmp_filter_attr, _ value: UInt32) throws(SandboxError) {
        try Self.check(unsafe seccomp_attr_set(context, attribute, value), "attribute \(attribute.rawValue)")
    }

    func exported() throws(SandboxError) -> [UInt8] {
        try SandboxError.step("system call filter", remedy: "report this") { () throws(Errno) in
            let file = try MemoryFile.empty("masugata-filter")
            try Errno.check(unsafe seccomp_export_bpf(context, file.raw), "seccomp_export_bpf")
            return try File.contents(file.raw, limit: 1 << 20)
        }
    }

    func load() throws(SandboxError) { try Self.check(unsafe seccomp_load(context), "loading") }

    func add(_ rule: SystemCallPolicy.Rule) throws(SandboxError) {
        let call = unsafe seccomp_syscall_resolve_name(rule.name)
        let action = rule.answer.map { failWith | UInt32($0) } ?? allow
        let comparisons = rule.conditions.map(\.comparisonForLibrary)
        let result = unsafe comparisons.withUnsafeBufferPointer {
            unsafe seccomp_rule_add_array(context, action, call, UInt32($0.count), $0.baseAddress)
        }
        try Self.check(result, "line \(rule.line), \(rule.name)")
    }

    private static func check(_ result: Int32, _ what: String) throws(SandboxError) {
        if result < 0 {
            throw SandboxError(
                "system call filter", "\(what): \(Errno(-result, "seccomp"))",
                remedy: "use a kernel with CONFIG_SECCOMP_FILTER")
        }
    }
}

extension SystemCallPolicy.Condition {
    /// The condition as libseccomp takes it. Of an `int` only the lower half is compared: the kernel ignores the rest.
    fileprivate var comparisonForLibrary: scmp_arg_cmp {
        let width: UInt64 = isNarrow ? 0xffff_ffff : .max
        let (mask, wanted): (UInt64, UInt64) =
            switch comparison {
            case .equal: (width, value & width)
            case .within: (~value & width, 0)
            case .without: (value & width, 0)
            case .with: (value & width, value & width)
            }
        return scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: wanted)
    }
}

// linux/seccomp.h: the macros of seccomp.h are not all visible from Swift.
private let killProcess: UInt32 = 0x8000_0000
private let failWith: UInt32 = 0x0005_0000
private let allow: UInt32 = 0x7fff_0000
