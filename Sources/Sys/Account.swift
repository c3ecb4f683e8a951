internal import CLinux
internal import Glibc

/// Users of the host.
public struct Account: Equatable, Sendable {
    public let user: UInt32
    public let group: UInt32

    public init(user: UInt32, group: UInt32) {
        self.user = user
        self.group = group
    }

    /// Whether this process runs as root.
    public static var isRoot: Bool { geteuid() == 0 }

    /// The user and group this process runs as.
    public static var own: Account { Account(user: geteuid(), group: getegid()) }

    /// The account called `name`, or nil when the host has none. Reads the host's user database.
    public static func named(_ name: String) -> Account? {
        guard let entry = unsafe getpwnam(name) else { return nil }
        return unsafe Account(user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }
}
