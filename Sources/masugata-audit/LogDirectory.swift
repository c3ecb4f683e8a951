internal import Audit
internal import Glibc
internal import Sys

/// The folder of an audit log.
struct LogDirectory {
    private let path: String

    /// Why the log cannot be read.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// The log in the folder at `path`, or in its folder `audit`.
    init(_ path: String) throws(Unreadable) {
        let inner = path.hasSuffix("/") ? path + "audit" : path + "/audit"
        let names = try LogDirectory.names(path)
        let isOuter = !names.contains { SegmentName($0) != nil } && names.contains("audit")
        self.path = isOuter ? inner : path
    }

    /// Its segments, the oldest first.
    func segments() throws(Unreadable) -> [SegmentName] {
        try LogDirectory.names(path).compactMap { SegmentName($0) }.sorted()
    }

    /// Opens a segment.
    func open(_ segment: SegmentName) throws(Unreadable) -> SegmentReader {
        let path = path + "/" + segment.text
        do throws(Errno) {
            return SegmentReader(try File.open(path), segment, path: path)
        } catch {
            throw Unreadable(description: "\(path): \(error)")
        }
    }

    /// Opens a segment, unless it has been removed in the meantime because it was kept long enough.
    func openIfThere(_ segment: SegmentName) throws(Unreadable) -> SegmentReader? {
        if try !LogDirectory.names(path).contains(segment.text) { return nil }
        return try open(segment)
    }

    /// Each `unsafe` is a name or a list that the C library hands out and that is copied at once.
    private static func names(_ path: String) throws(Unreadable) -> [String] {
        guard let stream = unsafe opendir(path) else {
            throw Unreadable(description: "\(path): \(Errno.last("opendir"))")
        }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }
}
