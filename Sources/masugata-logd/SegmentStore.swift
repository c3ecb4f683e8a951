internal import Audit
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

    let folder: LogFolder
    private let limits: Limits
    var file: Descriptor?
    var name: SegmentName?
    var size = 0
    var needsSynchronisation = false

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

    static func segments(_ folder: borrowing LogFolder) throws(Errno) -> [SegmentName] {
        try folder.names().compactMap { SegmentName($0) }.sorted()
    }
}
