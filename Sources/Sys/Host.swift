internal import CLinux
internal import Glibc

/// What the host and the starter of the program say.
public enum Host {
    /// The value of an environment variable, or nil.
    public static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// The folder of the running program's own file.
    public static func programFolder() throws(Errno) -> String {
        var target = [CChar](repeating: 0, count: 4096)
        let count = unsafe target.withUnsafeMutableBufferPointer {
            unsafe masugata_read_link("/proc/self/exe", $0.baseAddress, $0.count)
        }
        let path = target.prefix(try Errno.check(count, "readlink")).map { UInt8(bitPattern: $0) }
        let end = path.lastIndex(of: UInt8(ascii: "/")) ?? 0
        return String(decoding: path[..<end], as: UTF8.self)
    }

    /// Whether this process may execute the file.
    public static func canExecute(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    /// The processors this process may run on, at least 1.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// A small file of `/proc` as text, or nil.
    public static func setting(_ path: String) -> String? {
        guard let file = try? File.open(path), let content = try? File.contents(file.raw, limit: 65_536) else {
            return nil
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// Allows this process and its children as many descriptors as the service may have; answers how many.
    @discardableResult
    public static func raiseDescriptorLimit() -> Int {
        var limit = rlimit()
        if unsafe getrlimit(descriptorLimit, &limit) < 0 { return 0 }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(descriptorLimit, &limit)
        return Int(clamping: limit.rlim_cur)
    }

    /// RLIMIT_NOFILE (asm-generic/resource.h).
    private static let descriptorLimit: Int32 = 7

    /// A key that changes when the file at `path` is replaced; nil when there is none.
    public static func fileKey(_ path: String) -> [UInt64]? {
        var status = stat()
        if unsafe stat(path, &status) < 0 { return nil }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }
}
