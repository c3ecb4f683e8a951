/// The parts of `/proc/PID/status` (proc_pid_status(5)) that say what a process may do.
struct ProcessStatus: Equatable, Sendable {
    /// The executable's name, cut to 15 bytes.
    var name = ""
    var parent: Int32 = 0
    /// Real, effective, saved and file system user.
    var users: [UInt32] = []
    /// Real, effective, saved and file system group.
    var groups: [UInt32] = []
    var supplementaryGroups: [UInt32] = []
    var threads = 0
    /// Resident memory, bytes.
    var residentMemory: UInt64 = 0
    var capabilities = Capabilities()
    var noNewPrivileges = false
    /// 0 none, 1 strict, 2 filter.
    var seccompMode = 0
    var filters = 0

    /// The five sets of capabilities(7), a bit for each.
    struct Capabilities: Equatable, Sendable {
        var inheritable: UInt64 = 0
        var permitted: UInt64 = 0
        var effective: UInt64 = 0
        var bounding: UInt64 = 0
        var ambient: UInt64 = 0
    }

    /// Reads the text of the file; nil when a line is missing that every kernel since 5.9 writes.
    init?(_ text: String) {
        var fields: [Substring: Substring] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon]] = line[line.index(after: colon)...]
        }
        func words(_ field: Substring) -> [Substring]? { fields[field]?.split { $0 == " " || $0 == "\t" } }
        func number(_ field: Substring) -> Int? { words(field)?.first.flatMap { Int($0) } }
        func set(_ field: Substring) -> UInt64? { words(field)?.first.flatMap { UInt64($0, radix: 16) } }
        guard let name = words("Name")?.first, let parent = number("PPid"), let users = words("Uid"),
            let groups = words("Gid"), let supplementary = words("Groups"), let threads = number("Threads"),
            let inheritable = set("CapInh"), let permitted = set("CapPrm"), let effective = set("CapEff"),
            let bounding = set("CapBnd"), let ambient = set("CapAmb"), let noNewPrivileges = number("NoNewPrivs"),
            let mode = number("Seccomp"), let filters = number("Seccomp_filters")
        else { return nil }
        self.name = String(name)
        self.parent = Int32(clamping: parent)
        self.users = users.compactMap { UInt32($0) }
        self.groups = groups.compactMap { UInt32($0) }
        supplementaryGroups = supplementary.compactMap { UInt32($0) }
        self.threads = threads
        residentMemory = UInt64(number("VmRSS") ?? 0) << 10
        capabilities = Capabilities(
            inheritable: inheritable, permitted: permitted, effective: effective, bounding: bounding, ambient: ambient)
        self.noNewPrivileges = noNewPrivileges == 1
        seccompMode = mode
        self.filters = filters
    }
}
