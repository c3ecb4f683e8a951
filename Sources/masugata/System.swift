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
