internal import CLinux
internal import Glibc

/// What a regular file is, as far as trusting it goes.
public struct FileStatus: Sendable, Equatable {
    public let owner: UInt32
    public let group: UInt32
    /// The permission bits alone.
    public let mode: UInt32
    /// Bytes.
    public let size: Int
    public let isRegular: Bool
}

/// Files by descriptor: opening without following links, reading without moving the shared offset.
public enum File {
    /// Opens an existing file for reading; a symbolic link at the end of `path` is refused with `ELOOP`.
    public static func open(_ path: String) throws(Errno) -> Descriptor {
        Descriptor(owning: try Errno.check(unsafe masugata_openat_regular(AT_FDCWD, path), "open"))
    }

    /// Opens an existing file below `folder` for reading; links are followed as far as they stay below it.
    /// - Throws: `EXDEV` when the name or a link leads out of the folder.
    public static func open(_ name: String, beneath folder: String) throws(Errno) -> Descriptor {
        let root = try Folder.open(folder)
        return Descriptor(owning: try Errno.check(unsafe masugata_open_beneath(root.raw, name), "openat2"))
    }

    /// Owner, mode, size and kind.
    public static func status(_ file: Int32) throws(Errno) -> FileStatus {
        var status = stat()
        if unsafe fstat(file, &status) < 0 { throw Errno.last("fstat") }
        return FileStatus(
            owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o7777, size: Int(status.st_size),
            isRegular: status.st_mode & S_IFMT == S_IFREG)
    }

    /// The whole content, read at explicit offsets, because the open file may be shared with other processes.
    /// - Throws: `EFBIG` when it is longer than `limit`.
    public static func contents(_ file: Int32, limit: Int) throws(Errno) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes {
                unsafe pread(file, $0.baseAddress, $0.count, content.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno.last("pread")
            }
            if count == 0 { return content }
            if content.count + count > limit { throw Errno(EFBIG, "pread") }
            content.append(contentsOf: chunk[..<count])
        }
    }

    /// Removes the name of a file; it is no matter when there is none.
    public static func remove(_ path: String) { _ = unsafe unlink(path) }

    /// Writes all of `bytes`, waiting where the file makes it wait.
    public static func write(_ file: Int32, _ bytes: Span<UInt8>) throws(Errno) {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.extracting(start..<bytes.count).withUnsafeBufferPointer {
                unsafe Glibc.write(file, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Errno.last("write")
            }
            start += count
        }
    }
}

/// Anonymous memory with a descriptor, to hand to another process.
public enum MemoryFile {
    /// A file that holds `bytes` and can never be changed again, by anybody.
    public static func sealed(_ name: String, _ bytes: Span<UInt8>) throws(Errno) -> Descriptor {
        let file = try empty(name)
        try File.write(file.raw, bytes)
        try seal(file.raw)
        return file
    }

    /// An empty file that can still be sealed.
    public static func empty(_ name: String) throws(Errno) -> Descriptor {
        Descriptor(owning: try Errno.check(unsafe masugata_memfd_create(name, true), "memfd_create"))
    }

    /// Forbids every later change.
    public static func seal(_ file: Int32) throws(Errno) {
        try Errno.check(masugata_seal(file), "fcntl(F_ADD_SEALS)")
    }

    /// Whether no one can change it any more.
    public static func isSealed(_ file: Int32) -> Bool {
        masugata_is_sealed(file)
    }
}
