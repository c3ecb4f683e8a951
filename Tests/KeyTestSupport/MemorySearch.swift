import Glibc

/// Searches all readable memory of a process.
public enum MemorySearch {
    /// How often `needle` occurs.
    public static func count(_ needle: [UInt8], in pid: Int32) throws -> Int {
        guard let maps = fopen("/proc/\(pid)/maps", "r") else { throw Failure() }
        defer { fclose(maps) }
        let memory = open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
        if memory < 0 { throw Failure() }
        defer { close(memory) }
        var line = [CChar](repeating: 0, count: 4096)
        var found = 0
        while fgets(&line, 4096, maps) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let range = text.prefix { $0 != " " }.split(separator: "-")
            guard range.count == 2, let start = UInt64(range[0], radix: 16), let end = UInt64(range[1], radix: 16)
            else { continue }
            found += search(memory, start, end, needle)
        }
        return found
    }

    /// The process, or its memory, cannot be read.
    public struct Failure: Error {}

    private static func search(_ memory: Int32, _ start: UInt64, _ end: UInt64, _ needle: [UInt8]) -> Int {
        let size = 1 << 20
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var found = 0
        var at = start
        while at + UInt64(needle.count) <= end {
            let count = pread(memory, buffer, min(size, Int(end - at)), Int(truncatingIfNeeded: at))
            if count < needle.count { break }
            found += occurrences(of: needle, in: UnsafeRawBufferPointer(start: buffer, count: count))
            // The next piece begins early enough to hold what lies across the border.
            at += UInt64(count - needle.count + 1)
        }
        return found
    }

    private static func occurrences(of needle: [UInt8], in bytes: UnsafeRawBufferPointer) -> Int {
        guard var from = bytes.baseAddress else { return 0 }
        let end = from + (bytes.count - needle.count + 1)
        var found = 0
        while from < end, let hit = memchr(from, Int32(needle[0]), from.distance(to: end)) {
            if memcmp(hit, needle, needle.count) == 0 { found += 1 }
            from = UnsafeRawPointer(hit) + 1
        }
        return found
    }
}
