internal import CLinux
internal import Glibc

/// Folders by descriptor.
public enum Folder {
    /// Opens a folder.
    public static func open(_ path: String) throws(Errno) -> Descriptor {
        let number = unsafe masugata_open_folder(path)
        return Descriptor(owning: try Errno.check(number, "open"))
    }

    /// Opens a folder as the root of a mount of its own: nothing above it can be reached from it, links in it are not
    /// followed, nothing in it can be executed. Needs the right to mount, or user namespaces.
    public static func detached(_ path: String) throws(Errno) -> Descriptor {
        let number = unsafe geteuid() == 0 ? masugata_detached_folder(path) : masugata_detached_folder_by_user(path)
        return Descriptor(owning: try Errno.check(number, "open_tree"))
    }

    /// Owner and mode of the folder at `path`.
    public static func status(_ path: String) throws(Errno) -> FileStatus {
        let folder = try open(path)
        return try File.status(folder.raw)
    }

    /// The names in a folder in no order, without `.` and `..`.
    /// - Throws: `E2BIG` when there are more than `limit`.
    public static func names(in folder: borrowing Descriptor, limit: Int) throws(Errno) -> [String] {
        let own = try folder.duplicate().release()
        guard let stream = unsafe fdopendir(own) else {
            let error = Errno.last("fdopendir")
            close(own)
            throw error
        }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // The name is an array of the C structure, and ends with a zero.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name == "." || name == ".." { continue }
            if names.count >= limit { throw Errno(E2BIG, "readdir") }
            names.append(name)
        }
        return names
    }

    /// Makes a folder; answers false when it is there already.
    @discardableResult
    public static func make(_ path: String, mode: UInt32) throws(Errno) -> Bool {
        if unsafe mkdir(path, mode) == 0 { return true }
        if errno == EEXIST { return false }
        throw Errno.last("mkdir")
    }

    /// Gives a folder to a user and group.
    public static func give(_ folder: Int32, to account: Account) throws(Errno) {
        if fchown(folder, account.user, account.group) < 0 { throw Errno.last("fchown") }
    }
}
