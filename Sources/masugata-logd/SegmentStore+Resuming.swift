internal import Audit
internal import Bytes
internal import Sys

extension SegmentStore {
    /// What an earlier log writer left.
    struct Remains {
        /// The number that comes next.
        var nextSequence: UInt64 = 1
        /// The ids of requests at the end of the log.
        var identifiers: Set<UInt64> = []
        /// The segment whose last line was torn, and how long that line is.
        var torn: (segment: String, bytes: Int)?
    }

    /// Opens the newest segment, if there is one, to go on with it. Its last line is ended if it was torn.
    mutating func resume() throws(Errno) -> Remains {
        var remains = Remains()
        guard let newest = try SegmentStore.segments(folder).last else { return remains }
        let file = try folder.openForAppending(newest.text, creating: false)
        size = try File.status(file.raw).size
        remains.nextSequence = newest.firstSequence
        let start = max(size - SegmentStore.tail, 0)
        let end = try File.contents(file.raw, from: start, limit: size - start)
        remains.read(end.span, isWhole: start == 0)
        if let length = SegmentStore.tornLength(end) {
            let lineEnd: [UInt8] = [UInt8(ascii: "\n")]
            size += try File.append(file.raw, lineEnd.span)
            remains.torn = (newest.text, length)
            needsSynchronisation = true
        }
        self.file = consume file
        name = newest
        return remains
    }

    /// Bytes at the end of a segment that may hold what a log writer wrote and did not come to finish: two fills of
    /// its buffer, each with one line over.
    private static var tail: Int { 2 * (LineBuffer.fill + RequestEntry.recordLineLimit) }

    /// How long the last line is when it has no end; nil when it has.
    private static func tornLength(_ bytes: [UInt8]) -> Int? {
        if bytes.isEmpty || bytes.last == UInt8(ascii: "\n") { return nil }
        return bytes.count - (bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    }
}

extension SegmentStore.Remains {
    /// Reads the lines of `bytes`. What stands before the first line end is a line only if `isWhole`.
    mutating func read(_ bytes: Span<UInt8>, isWhole: Bool) {
        var start = 0
        var isLine = isWhole
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            if isLine { read(line: bytes.extracting(start..<index)) }
            start = index + 1
            isLine = true
        }
    }

    private mutating func read(line: Span<UInt8>) {
        do throws(LineError) {
            let record = try RecordLine(line)
            nextSequence = max(nextSequence, record.sequence &+ 1)
            if let text = record.text(.id), let id = UInt64(String(decoding: text, as: UTF8.self), radix: 16) {
                identifiers.insert(id)
            }
        } catch {
            // A line torn earlier: it has its own event in the log, and `masugata-audit` names it.
        }
    }
}
