internal import CLinux
internal import Glibc
internal import Sys

/// What the process may use up.
enum ResourceLimits {
    /// The most bytes that the one-shot compiler may write: its plan.
    private static let planSize: UInt64 = 256 << 20

    /// Descriptors for a process that has a channel for each worker and a few files.
    private static let fewDescriptors: UInt64 = 1024

    /// Sets the limits, soft and hard alike, so that they cannot be raised again.
    static func set(for profile: Profile) throws(SandboxError) {
        try SandboxError.step("resource limits", remedy: "report this with the kernel's version") { () throws(Errno) in
            // The operators' group reads logs; what any other process could make is for itself.
            umask(profile == .logd ? 0o027 : 0o077)
            try set(.core, "RLIMIT_CORE", 0)
            try set(.processes, "RLIMIT_NPROC", 0)
            // Elsewhere not: diagnostics may go to a file, and a limit of 0 would end the process for writing one.
            if profile == .config { try set(.fileSize, "RLIMIT_FSIZE", planSize) }
            try set(.descriptors, "RLIMIT_NOFILE", descriptors(profile))
        }
    }

    /// The proxy and the dialer live by descriptors: they get what the service was given.
    private static func descriptors(_ profile: Profile) -> UInt64 {
        profile == .proxy || profile == .dialer ? UInt64.max : fewDescriptors
    }

    /// asm-generic/resource.h
    private enum Resource: Int32 { case fileSize = 1, core = 4, processes = 6, descriptors = 7 }

    private static func set(_ resource: Resource, _ name: StaticString, _ value: UInt64) throws(Errno) {
        var limit = rlimit()
        if unsafe getrlimit(resource.rawValue, &limit) < 0 { throw Errno.last(name) }
        let allowed = min(value, UInt64(limit.rlim_max))
        limit = rlimit(rlim_cur: rlim_t(allowed), rlim_max: rlim_t(allowed))
        if unsafe setrlimit(resource.rawValue, &limit) < 0 { throw Errno.last(name) }
    }
}
