public import Sys

/// The files whose content a policy takes in: what it includes, the texts of lists and networks, pages, time zones.
///
/// What is handed out here may end in an answer to anybody, so private keys and what the host keeps from its users are
/// not: a key is for its owner alone (mode 0600), and such a file is refused; outside the policy's folder a file has to
/// be one that everybody may read. masugatad and `masugata check` open by these same rules.
public struct PolicyFolder: Sendable {
    /// The policy file as the command line names it.
    public let policy: String

    /// The folder of the policy file at `policy`.
    public init(policy: String) { self.policy = policy }

    /// Where the system's time zones are.
    public static let zones = "/usr/share/zoneinfo/"

    /// The most files of a folder that are looked through for a pattern.
    public static let mostFiles = 10_000

    /// The folder that relative names count from, up to and with its slash; empty for the working folder.
    private var folder: String {
        String(policy[..<(policy.lastIndex(of: "/").map(policy.index(after:)) ?? policy.startIndex)])
    }

    /// The path of a file named in the policy, from the root or from the policy's folder.
    public func path(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }

    /// Opens the file `name`, which is as the policy writes it, for reading.
    ///
    /// It is a regular file of root or of the user that this process runs as, no link, changed by nobody else, and has
    /// at most `limit` bytes. Names below ``zones`` may be links, to what is below it too.
    public func open(_ name: String, limit: Int) throws(FileRefusal) -> Descriptor {
        let path = path(name)
        do throws(Errno) {
            let file = try isZone(name) ? File.open(zone(name), beneath: PolicyFolder.zones) : File.open(path)
            let status = try File.status(file.raw)
            if !status.isRegular { throw FileRefusal.Cause.notRegular.error }
            try check(status, name)
            if status.size > limit { throw FileRefusal.Cause.tooLarge.error }
            return file
        } catch {
            throw FileRefusal(error, path, limit: limit)
        }
    }

    /// The names of the files that match `pattern`, whose last part has one asterisk: in the form that
    /// ``open(_:limit:)`` takes, in the order of their bytes. An asterisk in front leaves hidden files out.
    public func names(matching pattern: String) throws(FileRefusal) -> [String] {
        let start = pattern.lastIndex(of: "/").map(pattern.index(after:)) ?? pattern.startIndex
        let parts = pattern[start...].split(separator: "*", omittingEmptySubsequences: false)
        if parts.count != 2 || pattern[..<start].contains("*") {
            throw FileRefusal("are not named by one asterisk in the last part of the name")
        }
        let all = try everything(in: String(pattern[..<start]))
        let names = all.filter { name in
            name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
                && name.utf8.count >= parts[0].utf8.count + parts[1].utf8.count
                && name.hasPrefix(".") == parts[0].hasPrefix(".")
        }
        if names.contains(where: { $0.utf8.contains { $0 < 0x20 || $0 == 0x7f } }) {
            throw FileRefusal("are refused, one has a control character in its name", hint: "rename it")
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { pattern[..<start] + $0 }
    }

    private func everything(in name: String) throws(FileRefusal) -> [String] {
        let path = path(name)
        do throws(Errno) {
            let folder = try Folder.open(path.isEmpty ? "." : path)
            if !isWithin(name), try File.status(folder.raw).mode & PolicyFolder.othersMayRead == 0 {
                throw FileRefusal.Cause.notForAll.error
            }
            return try Folder.names(in: folder, limit: PolicyFolder.mostFiles)
        } catch {
            throw FileRefusal(error, path.isEmpty ? "." : path, limit: PolicyFolder.mostFiles)
        }
    }

    // MARK: Whose file it is, and for whom

    /// Mode bits that let somebody else than the owner change the file.
    private static let othersMayWrite: UInt32 = 0o022
    /// Mode bits that let somebody else than the owner read the file.
    private static let anotherMayRead: UInt32 = 0o044
    /// The mode bit that lets everybody read the file.
    private static let othersMayRead: UInt32 = 0o004

    private func check(_ status: FileStatus, _ name: String) throws(Errno) {
        if status.owner != 0 && status.owner != Account.own.user { throw FileRefusal.Cause.strangeOwner.error }
        if status.mode & PolicyFolder.othersMayWrite != 0 { throw FileRefusal.Cause.changedByOthers.error }
        if isWithin(name) {
            if status.mode & PolicyFolder.anotherMayRead == 0 { throw FileRefusal.Cause.forOwnerAlone.error }
        } else if status.mode & PolicyFolder.othersMayRead == 0 {
            throw FileRefusal.Cause.notForAll.error
        }
    }

    /// Whether `name` stays in the policy's folder, as it is written.
    private func isWithin(_ name: String) -> Bool {
        if hasStepUp(name) { return false }
        return !name.hasPrefix("/") || (folder.hasPrefix("/") && name.hasPrefix(folder))
    }

    private func isZone(_ name: String) -> Bool { name.hasPrefix(PolicyFolder.zones) && !hasStepUp(name) }

    private func zone(_ name: String) -> String { String(name.dropFirst(PolicyFolder.zones.count)) }

    private func hasStepUp(_ name: String) -> Bool { name.split(separator: "/").contains("..") }
}
