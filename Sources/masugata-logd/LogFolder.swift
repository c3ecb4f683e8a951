internal import Glibc
internal import Sys

/// A folder by descriptor: files are named relative to it, and links are never followed.
///
/// The only file of this program that speaks to the C library; every `unsafe` here passes a buffer or a name to one
/// call that does not keep it.
struct LogFolder: ~Copyable {
    private let descriptor: Descriptor

    /// Takes an open folder.
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// The names in the folder, in no order, without `.` and `..`.
    func names() throws(Errno) -> [String] {
        let own = unsafe openat(descriptor.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if own < 0 { throw Errno.last("openat") }
        guard let stream = unsafe fdopendir(own) else {
            let error = Errno.last("fdopendir")
            close(own)
            throw error
        }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Opens a regular file to read it and to append to it. With `creating` it is made when there is none.
    func openForAppending(_ name: String, creating: Bool) throws(Errno) -> Descriptor {
        let creation = creating ? O_CREAT : 0
        let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        let file = unsafe openat(descriptor.raw, name, flags | creation, 0o640)
        if file < 0 { throw Errno.last("openat") }
        let owner = Descriptor(owning: file)
        if try !File.status(owner.raw).isRegular { throw Errno(EINVAL, "openat") }
        return owner
    }

    /// Whether ``openForAppending(_:creating:)`` would succeed: throws what it would.
    func checkAppending(_ name: String) throws(Errno) { _ = try openForAppending(name, creating: true) }

    /// Removes a file.
    func remove(_ name: String) throws(Errno) {
        if unsafe unlinkat(descriptor.raw, name, 0) < 0 { throw Errno.last("unlinkat") }
    }

    /// Makes names that were added or removed survive a power cut.
    func synchronise() throws(Errno) {
        if fsync(descriptor.raw) < 0 { throw Errno.last("fsync") }
    }
}

extension File {
    /// Appends as much of `bytes` as the file takes now, at least one byte; answers how many.
    static func append(_ file: Int32, _ bytes: Span<UInt8>) throws(Errno) -> Int {
        while true {
            let count = unsafe bytes.withUnsafeBufferPointer { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 || bytes.isEmpty { return count }
            if count == 0 { throw Errno(ENOSPC, "write") }
            if errno != EINTR { throw Errno.last("write") }
        }
    }

    /// The bytes from `offset` on, at most `limit` of them.
    static func contents(_ file: Int32, from offset: Int, limit: Int) throws(Errno) -> [UInt8] {
        var content = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let moved = unsafe content.withUnsafeMutableBytes {
                unsafe pread(file, $0.baseAddress.map { unsafe $0 + count }, limit - count, offset + count)
            }
            if moved == 0 { break }
            if moved < 0 && errno != EINTR { throw Errno.last("pread") }
            if moved > 0 { count += moved }
        }
        content.removeLast(limit - count)
        return content
    }

    /// Makes what was written survive a power cut.
    static func synchronise(_ file: Int32) throws(Errno) {
        if fdatasync(file) < 0 { throw Errno.last("fdatasync") }
    }
}
