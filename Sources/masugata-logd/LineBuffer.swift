internal import Audit
internal import Bytes
internal import Sys

/// Lines that are formatted and not all written yet. The memory is taken once.
///
/// A line stays until its last byte is in the file. So after a write that was cut short the rest can follow, or the
/// whole line can go to another file.
struct LineBuffer: ~Copyable {
    private var storage: [UInt8]
    private var count = 0

    /// Bytes of the first line that are in the file already.
    private var written = 0

    /// Whole lines here.
    private(set) var lines = 0

    /// Bytes from which on the buffer should be written.
    static let fill = 256 << 10

    /// Makes room for ``fill`` bytes and one more line of `lineLimit` bytes at the most.
    init(lineLimit: Int) { storage = [UInt8](repeating: 0, count: LineBuffer.fill + lineLimit) }

    /// Bytes that are not in the file.
    var pending: Int { count - written }

    /// Whether nothing is left to write.
    var isEmpty: Bool { pending == 0 }

    /// Whether the file ends within a line that goes on here.
    var isTorn: Bool { written > 0 }

    /// Appends a record. There must be room: fewer than ``fill`` bytes are pending.
    mutating func append(record entry: borrowing RequestEntry, sequence: UInt64) {
        let free = count..<storage.count
        var room = storage.mutableSpan
        var writer = ByteWriter(room._mutatingExtracting(free))
        entry.writeRecord(to: &writer, sequence: sequence)
        precondition(!writer.overflowed)
        count += writer.count
        lines += 1
    }

    /// Appends a line of the access log. There must be room: fewer than ``fill`` bytes are pending.
    mutating func append(combined entry: borrowing RequestEntry) {
        let free = count..<storage.count
        var room = storage.mutableSpan
        var writer = ByteWriter(room._mutatingExtracting(free))
        entry.writeCombined(to: &writer)
        precondition(!writer.overflowed)
        count += writer.count
        lines += 1
    }

    /// Appends an event. There must be room: fewer than ``fill`` bytes are pending.
    mutating func append(event: EventEntry, sequence: UInt64) {
        let free = count..<storage.count
        var room = storage.mutableSpan
        var writer = ByteWriter(room._mutatingExtracting(free))
        event.writeRecord(to: &writer, sequence: sequence)
        precondition(!writer.overflowed)
        count += writer.count
        lines += 1
    }

    /// Writes all of it, and counts the bytes in `size`.
    /// - Throws: why not all; what was written is remembered.
    mutating func write(to file: Int32, size: inout Int) throws(Errno) {
        while pending > 0 {
            do throws(Errno) {
                let moved = try File.append(file, storage.span.extracting(written..<count))
                written += moved
                size += moved
            } catch {
                forgetWrittenLines()
                throw error
            }
        }
        removeAll()
    }

    /// The file changes: a line that is only in part in the old one is written anew in the next.
    mutating func beginAnew() { written = 0 }

    /// Gives up every line of which nothing is in the file yet. Answers how many.
    mutating func dropLines() -> Int {
        var kept = 0
        if isTorn {
            kept = 1
            count = endOfLine(from: written)
        } else {
            count = 0
        }
        defer { lines = kept }
        return lines - kept
    }

    private mutating func removeAll() {
        count = 0
        written = 0
        lines = 0
    }

    /// Moves the first line that is not wholly in the file to the start.
    private mutating func forgetWrittenLines() {
        var start = 0
        for index in 0..<written where storage[index] == LineBuffer.lineEnd {
            start = index + 1
            lines -= 1
        }
        storage.replaceSubrange(0..<(count - start), with: Array(storage[start..<count]))
        count -= start
        written -= start
    }

    private func endOfLine(from position: Int) -> Int {
        var index = position
        while storage[index] != LineBuffer.lineEnd { index += 1 }
        return index + 1
    }

    private static let lineEnd = UInt8(ascii: "\n")
}
