import CLinux
import Glibc
import Sys

/// What the kernel is asked beyond what the daemons need. All unsafe calls of the tool stand here.
enum System {
    /// A connection to the stream socket at `path`.
    static func connect(_ path: String) throws(Errno) -> Descriptor {
        let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | closeOnExec, 0)
        if number < 0 { throw Errno.last("socket") }
        let connection = Descriptor(owning: number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isShort = unsafe withUnsafeMutableBytes(of: &address.sun_path) { field in
            if path.utf8.count >= field.count { return false }
            unsafe field.copyBytes(from: path.utf8)
            return true
        }
        if !isShort { throw Errno(ENAMETOOLONG, "connect") }
        let result = unsafe withUnsafePointer(to: address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(connection.raw, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if result < 0 { throw Errno.last("connect") }
        return connection
    }

    /// The names in a folder, in order, without `.` and `..`.
    static func names(in folder: String) throws(Errno) -> [String] {
        guard let stream = unsafe opendir(folder) else { throw Errno.last("opendir") }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: entry.pointee.d_name) {
                unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What the symbolic link `path` reads.
    static func linkTarget(_ path: String) throws(Errno) -> String {
        var target = [CChar](repeating: 0, count: 4096)
        let count = unsafe target.withUnsafeMutableBufferPointer {
            unsafe masugata_read_link(path, $0.baseAddress, $0.count)
        }
        return String(
            decoding: target.prefix(try Errno.check(count, "readlink")).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A new, empty file that only its owner may use.
    static func create(_ path: String) throws(Errno) -> Descriptor {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        return Descriptor(owning: try Errno.check(unsafe Glibc.open(path, flags, 0o600), "open"))
    }

    /// Gives a file the owner and the mode of another, and waits until it is on the disk.
    static func give(_ file: Int32, to status: FileStatus) throws(Errno) {
        if status.owner != Account.own.user || status.group != Account.own.group {
            try Errno.check(fchown(file, status.owner, status.group), "fchown")
        }
        try Errno.check(fchmod(file, status.mode), "fchmod")
        try Errno.check(fsync(file), "fsync")
    }

    /// Puts one file in the place of another.
    static func rename(_ path: String, to target: String) throws(Errno) {
        try Errno.check(unsafe Glibc.rename(path, target), "rename")
    }

    /// The Landlock version that the kernel offers, 0 for none.
    static var landlockVersion: UInt8 {
        // LANDLOCK_CREATE_RULESET_VERSION (linux/landlock.h).
        UInt8(clamping: max(0, masugata_landlock_create_ruleset(nil, 0, 1)))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    static var now: Int64 { Int64(time(nil)) }

    /// SOCK_CLOEXEC (bits/socket_type.h).
    private static let closeOnExec: Int32 = 0o2000000
}
