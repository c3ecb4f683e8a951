import Plan
import Sys
import Wire

/// The log folders. They are made where they are missing, belong to the log writer, and are handed to it as mounts of
/// their own, so that nothing above them can be reached from there.
enum Folders {
    /// A folder that can be handed over.
    struct Opened {
        let handle: Handle
        /// What could not be had, for the operator.
        let missing: String?
    }

    /// The mode of a log folder that is made here: the writer writes, its group reads.
    private static let mode: UInt32 = 0o750

    /// The folder of the audit log and that of the access log, in this order. The access log stands beside the audit log
    /// unless the policy names a file for it.
    static func open(_ audit: AuditSettings, files: PolicyFiles, state: String) throws(Failure) -> [Opened] {
        let auditPath = audit.directory.map(files.path) ?? "\(state)/audit"
        let records = try open(auditPath)
        guard case .file(let name) = audit.accessLog else { return [records, records] }
        return [records, try open(folder(of: files.path(name)))]
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func open(_ path: String) throws(Failure) -> Opened {
        do throws(Errno) {
            if try Folder.make(path, mode: mode) {
                let made = try Folder.open(path)
                if Account.isRoot { try Folder.give(made.raw, to: Accounts.account(of: .logd)) }
            }
        } catch {
            throw Failure(
                "\(path): the log folder cannot be made: \(error); make it, or name another one in the policy")
        }
        try checkOwner(path)
        return try detach(path)
    }

    private static func checkOwner(_ path: String) throws(Failure) {
        let owner = try Failure.about(path) { () throws(Errno) in try Folder.status(path).owner }
        let writer = Accounts.account(of: .logd)
        if owner != writer.user {
            throw Failure(
                "\(path): the log folder belongs to user \(owner), not to the log writer's; "
                    + "chown \(writer.user):\(writer.group) \(path)")
        }
    }

    private static func detach(_ path: String) throws(Failure) -> Opened {
        do throws(Errno) {
            return Opened(handle: Handle(try Folder.detached(path)), missing: nil)
        } catch {
            let plain = try Failure.about(path) { () throws(Errno) in Handle(try Folder.open(path)) }
            return Opened(
                handle: plain,
                missing:
                    "\(path) could not be handed over as a mount of its own (\(error)): the log writer can reach above it"
            )
        }
    }
}
