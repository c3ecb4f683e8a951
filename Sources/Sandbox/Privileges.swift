internal import CCap
internal import CLinux
internal import Glibc
internal import Sys

/// User, group, capabilities, and the ways to get them back.
enum Privileges {
    /// Becomes `identity` and gives everything else up.
    static func drop(to identity: Identity, missing: inout [String]) throws(SandboxError) {
        let remedy = "start masugatad as root with the capabilities of its unit, or as an ordinary user"
        try SandboxError.step("privileges", remedy: remedy) { () throws(Errno) in
            try closeTheWaysBack(identity)
            if !identity.userNamespace { try become(identity) }
            try clearCapabilities()
            try forbidNewPrivileges()
        }
        if identity.userNamespace {
            missing.append("runs as the user who started it: start masugatad as root for a user of its own")
        }
    }

    /// Root gives no capability any more, and the bounding set is empty. Has to come before the user changes.
    private static func closeTheWaysBack(_ identity: Identity) throws(Errno) {
        var highest: cap_value_t = 0
        while cap_get_bound(highest) >= 0 {
            if cap_get_bound(highest) == 1 && cap_drop_bound(highest) < 0 {
                // An unprivileged process without namespaces may not, and has nothing to lose.
                if !identity.userNamespace { throw Errno.last("PR_CAPBSET_DROP") }
            }
            highest += 1
        }
        if cap_set_secbits(lockedSecureBits) < 0 && !identity.userNamespace { throw Errno.last("PR_SET_SECUREBITS") }
    }

    private static func become(_ identity: Identity) throws(Errno) {
        try Errno.check(masugata_become(identity.user, identity.group), "setresuid")
    }

    private static func clearCapabilities() throws(Errno) {
        guard let none = unsafe cap_init() else { throw Errno.last("cap_init") }
        defer { _ = unsafe cap_free(UnsafeMutableRawPointer(none)) }
        if unsafe cap_set_proc(none) < 0 { throw Errno.last("capset") }
        _ = cap_reset_ambient()
    }

    /// Not readable by others (not before the user namespace is made: what is not belongs to root under `/proc`, and
    /// the maps of users could not be written), no gain by exec; and the death of the supervisor, which the change of user unlearned.
    private static func forbidNewPrivileges() throws(Errno) {
        if masugata_prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 { throw Errno.last("PR_SET_DUMPABLE") }
        if masugata_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 { throw Errno.last("PR_SET_NO_NEW_PRIVS") }
        if masugata_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL), 0, 0, 0) < 0 { throw Errno.last("PR_SET_PDEATHSIG") }
    }

    /// SECBIT_NOROOT, SECBIT_NO_SETUID_FIXUP off, SECBIT_KEEP_CAPS off, SECBIT_NO_CAP_AMBIENT_RAISE, all locked
    /// (linux/securebits.h).
    private static let lockedSecureBits: UInt32 = 1 << 0 | 1 << 1 | 1 << 3 | 1 << 5 | 1 << 6 | 1 << 7
}
