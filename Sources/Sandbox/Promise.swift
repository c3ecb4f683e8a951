/// What is true of every confined process from outside, as `/proc` shows it. `masugata attest` compares.
public struct Promise: Equatable, Sendable {
    /// `Seccomp` in `/proc/PID/status`: 2, a filter.
    public let seccompMode = 2

    /// `Seccomp_filters`, beyond those that the supervisor itself was started under.
    public let filters = 1

    /// `NoNewPrivs`.
    public let noNewPrivileges = true

    /// The bits set in `CapEff`, `CapPrm`, `CapInh`, `CapBnd` and `CapAmb`.
    public let capabilities: UInt64 = 0

    /// Names under `/proc/PID/ns` that differ from the supervisor's.
    public let ownNamespaces: [String]

    /// Whether `/proc/PID/root` is an empty folder.
    public let emptyRoot: Bool

    /// Whether the user and group differ from the supervisor's, where that is root.
    public let ownUser = true

    /// The kinds of descriptor it may have open.
    public let descriptors: Set<DescriptorKind>

    /// The lowest Landlock version that makes the promise whole.
    public let landlock: UInt8 = 6

    /// What `/proc/PID/fd/N` is a link to.
    public enum DescriptorKind: String, CaseIterable, Sendable {
        /// `/dev/null`.
        case null
        /// `socket:[…]`: TCP connections and listeners, and channels.
        case socket
        /// `anon_inode:[eventpoll]`.
        case poller
        /// `anon_inode:[eventfd]`.
        case wakeUp
        /// `/memfd:…`: plans and rings.
        case memory
        /// `/secretmem`.
        case secretMemory
        /// Descriptor 2, whatever the supervisor's is: a pipe, a file, a terminal.
        case standardError
        /// A folder that was handed over, and regular files in it.
        case logFiles
        /// A pipe or anything else.
        case other

        /// The kind of descriptor `number` whose link reads `target`.
        public init(number: Int32, target: String) {
            if number == 2 {
                self = .standardError
            } else if target == "/dev/null" || target == "/null" {
                self = .null
            } else if target.hasPrefix("socket:") {
                self = .socket
            } else if target.hasPrefix("anon_inode:[eventpoll]") {
                self = .poller
            } else if target.hasPrefix("anon_inode:[eventfd") {
                self = .wakeUp
            } else if target.hasPrefix("/memfd:") {
                self = .memory
            } else if target.hasPrefix("/secretmem") || target.hasPrefix("anon_inode:[secretmem") {
                self = .secretMemory
            } else {
                self = target.hasPrefix("/") ? .logFiles : .other
            }
        }
    }
}

extension Sandbox {
    /// What holds for every process of `profile`. Without root the user and, where user namespaces are forbidden,
    /// the namespaces are not the process's own; the process has said so in ``Confinement/missing``.
    public static func promise(of profile: Profile) -> Promise {
        var namespaces = ["mnt", "ipc", "uts", "cgroup"]
        if profile.hasEmptyNetwork { namespaces.append("net") }
        var kinds: Set<Promise.DescriptorKind> = [.null, .socket, .poller, .standardError]
        switch profile {
        case .config: kinds = [.null, .socket, .standardError, .memory, .logFiles]
        case .keyholder: kinds.insert(.secretMemory)
        case .proxy: kinds.formUnion([.wakeUp, .memory])
        case .dialer: kinds.insert(.memory)
        case .logd: kinds.formUnion([.wakeUp, .memory, .logFiles])
        }
        return Promise(ownNamespaces: namespaces, emptyRoot: profile.hasEmptyRoot, descriptors: kinds)
    }
}
