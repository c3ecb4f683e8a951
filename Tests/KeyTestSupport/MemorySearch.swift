import Glibc

/// Searches all readable memory of a process.
public enum MemorySearch {
    /// How often `needle` occurs.
    public static func count(_ needle: [UInt8], in pid: Int32) throws -> Int { try counts([needle], in: pid)[0] }

    /// How often each of `needles` occurs.
    public static func counts(_ needles: [[UInt8]], in pid: Int32) throws -> [Int] {
        guard let maps = fopen("/proc/\(pid)/maps", "r") else { throw Failure() }
        defer { fclose(maps) }
        let memory = open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC)
        if memory < 0 { throw Failure() }
        defer { close(memory) }
        var line = [CChar](repeating: 0, count: 4096)
        var found = [Int](repeating: 0, count: needles.count)
        while fgets(&line, 4096, maps) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let range = text.prefix { $0 != " " }.split(separator: "-")
            guard range.count == 2, let start = UInt64(range[0], radix: 16), let end = UInt64(range[1], radix: 16)
            else { continue }
            search(memory, start, end, needles, &found)
        }
        return found
    }

    /// The process, or its memory, cannot be read.
    public struct Failure: Error {}

    private static func search(
        _ memory: Int32, _ start: UInt64, _ end: UInt64, _ needles: [[UInt8]], _ found: inout [Int]
    ) {
        let size = 1 << 20
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        let longest = needles.map(\.count).max() ?? 1
        var at = start
        while at < end {
            let count = pread(memory, buffer, min(size, Int(end - at)), Int(truncatingIfNeeded: at))
            if count <= 0 { break }
            // What was never written is zero: most of what a process has reserved.
            let isEmpty = buffer.load(as: UInt8.self) == 0 && memcmp(buffer, buffer + 1, count - 1) == 0
            // A needle that lies across the border is counted with the piece in which it begins.
            let isLast = at + UInt64(count) >= end
            let own = isLast ? count : max(count - longest + 1, 1)
            for (index, needle) in needles.enumerated() where !isEmpty && count >= needle.count {
                let piece = UnsafeRawBufferPointer(start: buffer, count: min(count, own + needle.count - 1))
                if piece.count >= needle.count { found[index] += occurrences(of: needle, in: piece) }
            }
            at += UInt64(own)
        }
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
