internal import Audit
internal import Bytes
internal import Sys

/// The segments of the audit log in one folder: appends to the newest, begins new ones, removes old ones.
struct SegmentStore: ~Copyable {
    /// When segments are closed and removed.
    struct Limits: Equatable {
        /// Bytes after which a segment is closed.
        var size: Int
        /// Microseconds after which a segment is closed.
        var age: UInt64
        /// Microseconds after which a closed segment is removed; nil for never.
        var keep: UInt64?
    }

    private let folder: LogFolder
    private let limits: Limits
    private var file: Descriptor?
    private var name: SegmentName?
    private var size = 0
    private var needsSynchronisation = false

    /// Segments closed since the start.
    private(set) var rotations: UInt64 = 0

    /// Writes into `folder`.
    init(_ folder: consuming LogFolder, _ limits: Limits) {
        self.folder = folder
        self.limits = limits
    }

    /// Bytes that still belong into the segment that is open.
    var room: Int { file == nil ? limits.size : max(limits.size - size, 0) }

    /// Writes `lines`, of which the first has the number `firstSequence`, at `now`.
    /// - Throws: why they could not be written; `lines` keeps what is not in the file.
    mutating func write(
        _ lines: inout LineBuffer, firstSequence: UInt64, now: Timestamp
    ) throws(Errno) {
        if !lines.isTorn && isFull(at: now) { try close() }
        if file == nil { try begin(firstSequence, now) }
        guard let raw = file?.raw else { return }
        needsSynchronisation = true
        try lines.write(to: raw, size: &size)
    }

    /// Makes what was written survive a power cut.
    mutating func synchronise() throws(Errno) {
        guard needsSynchronisation, let raw = file?.raw else { return }
        try File.synchronise(raw)
        needsSynchronisation = false
    }

    /// Closes the segment when its time has come. The next write begins another.
    mutating func closeIfOld(_ now: Timestamp) throws(Errno) {
        if isFull(at: now) { try close() }
    }

    /// Removes closed segments that have been kept long enough: those whose successor was begun that long ago.
    func removeOld(_ now: Timestamp) throws(Errno) {
        guard let keep = limits.keep else { return }
        let segments = try SegmentStore.segments(folder)
        var removed = false
        for (index, segment) in segments.dropLast().enumerated()
        where segments[index + 1].begun < now.earlier(by: keep) {
            try folder.remove(segment.text)
            removed = true
        }
        if removed { try folder.synchronise() }
    }

    private func isFull(at now: Timestamp) -> Bool {
        guard let name, size > 0 else { return false }
        return size >= limits.size || name.begun < now.earlier(by: limits.age)
    }

    private mutating func close() throws(Errno) {
        try synchronise()
        file = nil
        name = nil
        size = 0
        rotations += 1
    }

    private mutating func begin(_ firstSequence: UInt64, _ now: Timestamp) throws(Errno) {
        let name = SegmentName(begun: now, firstSequence: firstSequence)
        let file = try folder.openForAppending(name.text, creating: true)
        size = try File.status(file.raw).size
        self.file = consume file
        self.name = name
        try folder.synchronise()
    }

    private static func segments(_ folder: borrowing LogFolder) throws(Errno) -> [SegmentName] {
        try folder.names().compactMap { SegmentName($0) }.sorted()
    }
}

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
