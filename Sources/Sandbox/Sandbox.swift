internal import Sys

/// The cell a process locks itself into, from which there is no way back.
///
/// A process calls ``enter(_:as:)`` once, after it has loaded what it needs and before it looks at the first byte
/// from outside. In a release nothing here can be turned off or widened by an option.
public enum Sandbox {
    /// Files that name resolution reads. They are the only files of the host that the dialer may read; when one is
    /// replaced, the dialer has to be started afresh to see the new one.
    public static let resolverFiles = [
        "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/host.conf", "/etc/services",
    ]

    /// Locks the calling process into the cell of `profile`. The process must have one thread.
    ///
    /// The order matters: what needs a privilege comes before the privileges go, the system call filter, which
    /// forbids all of this, comes last.
    /// - Returns: what was done, and what this kernel or user could not do.
    /// - Throws: what could not be done and must be; the process has to end then.
    public static func enter(_ profile: Profile, as identity: Identity) throws(SandboxError) -> Confinement {
        let filter = try SystemCallFilter(SystemCallPolicy(of: profile))
        let landlock = try Landlock(profile)
        var missing: [String] = landlock.missing
        let namespaces = try Namespaces.unshare(profile, identity, missing: &missing)
        if profile.hasEmptyRoot && namespaces { try EmptyRoot.enter() }
        try ResourceLimits.set(for: profile)
        try Privileges.drop(to: identity, missing: &missing)
        try landlock.restrict()
        let filters = try load(filter)
        return Confinement(landlock: landlock.version, filters: filters, missing: missing)
    }

    /// Loads the filter and answers how many were loaded: one.
    private static func load(_ filter: borrowing SystemCallFilter) throws(SandboxError) -> UInt8 {
        #if DEBUG
            // Not in a release: what `masugatad --without-filter ROLE` passes on, so that a test can see
            // `masugata attest` miss the filter.
            if CommandLine.arguments.contains("--without-filter") { return 0 }
        #endif
        try filter.load()
        return 1
    }
}
