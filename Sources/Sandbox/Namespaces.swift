internal import CLinux
internal import Glibc
internal import Sys

/// Views of the host that are the process's own: network, mounts, System V objects, host name, control groups.
enum Namespaces {
    /// Leaves the host's namespaces. Answers false, and says so in `missing`, where an unprivileged process may not.
    static func unshare(
        _ profile: Profile, _ identity: Identity, missing: inout [String]
    ) throws(SandboxError) -> Bool {
        var flags = newMounts | newSystemV | newHostName | newControlGroups
        if profile.hasEmptyNetwork { flags |= newNetwork }
        do throws(Errno) {
            if identity.userNamespace { try enterUserNamespace() }
            try Errno.check(masugata_unshare(flags), "unshare")
            return true
        } catch {
            if !identity.userNamespace {
                throw SandboxError(
                    "namespaces", error.description,
                    remedy:
                        "give the service CAP_SYS_ADMIN, or start it as an ordinary user with user namespaces allowed")
            }
            missing.append(
                "no namespaces (\(error)): allow user namespaces (user.max_user_namespaces) or start masugatad as root")
            return false
        }
    }

    /// Makes a user namespace in which the user and group are the same as outside and no other exists.
    private static func enterUserNamespace() throws(Errno) {
        let user = geteuid()
        let group = getegid()
        try Errno.check(masugata_unshare(newUsers), "unshare")
        try write("deny", to: "/proc/self/setgroups")
        try write("\(user) \(user) 1", to: "/proc/self/uid_map")
        try write("\(group) \(group) 1", to: "/proc/self/gid_map")
    }

    // linux/sched.h
    private static let newMounts: Int32 = 0x0002_0000
    private static let newControlGroups: Int32 = 0x0200_0000
    private static let newHostName: Int32 = 0x0400_0000
    private static let newSystemV: Int32 = 0x0800_0000
    private static let newUsers: Int32 = 0x1000_0000
    private static let newNetwork: Int32 = 0x4000_0000

    private static func write(_ text: String, to path: String) throws(Errno) {
        try Errno.check(unsafe masugata_write_file(path, text, text.utf8.count), "write")
    }
}
