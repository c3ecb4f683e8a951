import Sys

extension ProcessSnapshot {
    private static let namespaceNames = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"]

    /// Looks at process `pid` now; nil when there is none.
    static func taken(of pid: Int32) -> ProcessSnapshot? {
        let folder = "/proc/\(pid)"
        guard let status = status(of: pid) else { return nil }
        return ProcessSnapshot(
            pid: pid, status: status, namespaces: namespaces(folder),
            rootEntries: try? System.names(in: "\(folder)/root/"),
            descriptors: descriptors(folder))
    }

    /// The status of process `pid`; nil when there is none.
    static func status(of pid: Int32) -> ProcessStatus? {
        Host.setting("/proc/\(pid)/status").flatMap { ProcessStatus($0) }
    }

    /// All processes of the host that have `parent`, or one of these, as their parent.
    static func descendants(of parent: Int32) -> [(pid: Int32, status: ProcessStatus)] {
        let all = ((try? System.names(in: "/proc")) ?? []).compactMap { Int32($0) }.compactMap { pid in
            status(of: pid).map { (pid: pid, status: $0) }
        }
        var found: [(pid: Int32, status: ProcessStatus)] = []
        var parents = [parent]
        while let next = parents.popLast() {
            let children = all.filter { $0.status.parent == next }
            found += children
            parents += children.map(\.pid)
        }
        return found
    }

    private static func namespaces(_ folder: String) -> [String: [UInt64]]? {
        var namespaces: [String: [UInt64]] = [:]
        for name in namespaceNames {
            guard let key = Host.fileKey("\(folder)/ns/\(name)") else { return nil }
            namespaces[name] = key
        }
        return namespaces
    }

    private static func descriptors(_ folder: String) -> [OpenDescriptor]? {
        guard let names = try? System.names(in: "\(folder)/fd") else { return nil }
        return names.compactMap { Int32($0) }.sorted().compactMap { number in
            (try? System.linkTarget("\(folder)/fd/\(number)")).map { OpenDescriptor(number: number, target: $0) }
        }
    }
}
