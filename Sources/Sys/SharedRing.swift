internal import Bytes
internal import CLinux
internal import Glibc

/// A queue of byte records in memory that two processes share: one appends, the other takes.
///
/// What has been appended outlives both: when the taker dies its successor goes on where it stopped, and what
/// a killed appender had completed is still taken. The taker trusts nothing that it reads: positions are checked
/// against the capacity and a record is copied out before anyone looks at it. One appender, one taker.
///
/// A record of something that is about to be done can be prepared: it stands behind what is appended, where the taker
/// does not see it, until it is published because it was done, or withdrawn because it was not. When the appender dies
/// between the two, ``adoptPrepared()`` appends it for him, marked as not confirmed.
///
/// Layout: five 64-bit words on cache lines of their own (appended, taken, dropped, asleep, prepared), then the data,
/// each record a 32-bit length, whose highest bit says that it is not confirmed, and its bytes, wrapping at the end.
@safe
public struct SharedRing: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let mask: UInt64

    /// The position after the last record prepared; nil while none is.
    private var preparedEnd: UInt64?

    /// Bytes of data that fit.
    public let capacity: Int

    private static let headerSize = 4096

    /// A memory file of the right size for ``init(mapping:capacity:)``; `capacity` is a power of two.
    public static func create(capacity: Int) throws(Errno) -> Descriptor {
        precondition(capacity.nonzeroBitCount == 1)
        let file = try MemoryFile.empty("masugata-ring")
        if ftruncate(file.raw, headerSize + capacity) < 0 { throw Errno.last("ftruncate") }
        return file
    }

    /// Maps a ring made by ``create(capacity:)``.
    public init(mapping file: Int32, capacity: Int) throws(Errno) {
        precondition(capacity.nonzeroBitCount == 1)
        let size = SharedRing.headerSize + capacity
        if try File.status(file).size < size { throw Errno(EINVAL, "mmap") }
        guard let memory = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            unsafe memory != MAP_FAILED
        else { throw Errno.last("mmap") }
        unsafe self.memory = memory
        self.capacity = capacity
        mask = UInt64(capacity - 1)
    }

    deinit { unsafe munmap(memory, SharedRing.headerSize + capacity) }

    // MARK: The appender's side

    /// Appends a record, or answers false when it does not fit now. What is prepared is withdrawn.
    public mutating func append(_ record: Span<UInt8>) -> Bool {
        withdraw()
        guard let end = write(record, length: UInt32(record.count), at: load(.appended)) else { return false }
        store(.appended, end)
        return true
    }

    /// Puts a record behind those that are appended or prepared already, or answers false when it does not fit now.
    public mutating func prepare(_ record: Span<UInt8>) -> Bool {
        let length = UInt32(record.count) | SharedRing.unconfirmed
        guard let end = write(record, length: length, at: preparedEnd ?? load(.appended)) else { return false }
        preparedEnd = end
        store(.prepared, end)
        return true
    }

    /// Whether something is prepared.
    public var hasPrepared: Bool { preparedEnd != nil }

    /// Appends what is prepared: it has been done. Answers whether there was something.
    public mutating func publish() -> Bool {
        guard let end = preparedEnd else { return false }
        preparedEnd = nil
        var position = load(.appended)
        while Int64(bitPattern: end &- position) > 0 {
            let length = length(at: position) & ~SharedRing.unconfirmed
            unsafe data[Int((position &+ 3) & mask)] = UInt8(truncatingIfNeeded: length >> 24)
            position = position &+ 4 &+ UInt64(length)
        }
        store(.appended, end)
        return true
    }

    /// Takes back what is prepared: it was not done.
    public mutating func withdraw() {
        if preparedEnd == nil { return }
        preparedEnd = nil
        // Nothing is prepared where this is not beyond what is appended.
        store(.prepared, load(.appended))
    }

    /// Appends what an appender that died had prepared. For his successor before it appends anything, and for a taker
    /// who knows that there will be none; the two may do it at once.
    public mutating func adoptPrepared() {
        let appended = load(.appended)
        let prepared = load(.prepared)
        let count = prepared &- appended
        if count == 0 || count > UInt64(capacity) { return }
        _ = unsafe masugata_compare_exchange(word(.appended), appended, prepared)
    }

    /// Counts a record that was given up for lack of room.
    public mutating func countDropped() {
        store(.dropped, load(.dropped) &+ 1)
    }

    /// Whether the taker sleeps and has to be woken; answers true only once for each sleep.
    public mutating func takeWakeDuty() -> Bool {
        if load(.asleep) == 0 { return false }
        return unsafe masugata_exchange(word(.asleep), 0) != 0
    }

    /// The position after the last record appended; compare with ``taken``.
    public var appended: UInt64 { load(.appended) }

    /// The position up to which the taker has finished.
    public var taken: UInt64 { load(.taken) }

    /// Records given up so far.
    public var dropped: UInt64 { load(.dropped) }

    // MARK: The taker's side

    /// What is at a position of the ring.
    public enum Next: Equatable, Sendable {
        /// A record of so many bytes was copied; the next one is at `position`. When it is not confirmed, its appender
        /// died before he could say that what it tells of was done.
        case record(count: Int, position: UInt64, isConfirmed: Bool)
        /// Nothing more for now.
        case empty
        /// The appender broke the rules: its positions or lengths cannot be.
        case corrupt
    }

    /// Copies the record at `position` (first ``taken``, then what the last answer said) into `target`.
    /// Nothing is given free until ``finish(_:)``.
    public func read(at position: UInt64, into target: inout MutableSpan<UInt8>) -> Next {
        let appended = load(.appended)
        let ready = appended &- position
        if ready == 0 { return .empty }
        if ready > UInt64(capacity) || ready < 4 { return .corrupt }
        let length = length(at: position)
        let count = Int(length & ~SharedRing.unconfirmed)
        if count > target.count || UInt64(count) + 4 > ready { return .corrupt }
        copyOut(at: position &+ 4, count: count, into: &target)
        return .record(
            count: count, position: position &+ 4 &+ UInt64(count), isConfirmed: length & SharedRing.unconfirmed == 0)
    }

    /// Gives everything before `position` free: it is safe elsewhere now.
    public mutating func finish(_ position: UInt64) { store(.taken, position) }

    /// Skips whatever a rule-breaking appender left, what it prepared included.
    public mutating func discardAll() {
        let appended = load(.appended)
        store(.prepared, appended)
        finish(appended)
    }

    /// Says that the taker is about to sleep. Look once more after this, then sleep.
    public mutating func announceSleep() { _ = unsafe masugata_exchange(word(.asleep), 1) }

    // MARK: Memory

    private enum Word: Int { case appended = 0, taken = 64, dropped = 128, asleep = 192, prepared = 256 }

    /// The bit of a record's length that says that it is not confirmed.
    private static var unconfirmed: UInt32 { 1 << 31 }

    private func word(_ word: Word) -> UnsafeMutablePointer<UInt64> {
        unsafe (memory + word.rawValue).assumingMemoryBound(to: UInt64.self)
    }

    private func load(_ name: Word) -> UInt64 { unsafe masugata_load_acquire(word(name)) }

    private mutating func store(_ name: Word, _ value: UInt64) { unsafe masugata_store_release(word(name), value) }

    /// Writes a record at `start`. Answers where it ends; nil when it does not fit.
    private mutating func write(_ record: Span<UInt8>, length: UInt32, at start: UInt64) -> UInt64? {
        let used = start &- load(.taken)
        if used > UInt64(capacity) || record.count + 4 > capacity - Int(used) { return nil }
        for byte in 0..<4 {
            unsafe data[Int((start &+ UInt64(byte)) & mask)] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(byte)))
        }
        copyIn(record, at: start &+ 4)
        return start &+ 4 &+ UInt64(record.count)
    }

    /// The first four bytes at `position` as a number.
    private func length(at position: UInt64) -> UInt32 {
        var length: UInt32 = 0
        for byte in 0..<4 {
            length |= UInt32(unsafe data[Int((position &+ UInt64(byte)) & mask)]) << (8 * UInt32(byte))
        }
        return length
    }

    private var data: UnsafeMutablePointer<UInt8> {
        unsafe (memory + SharedRing.headerSize).assumingMemoryBound(to: UInt8.self)
    }

    private func copyIn(_ record: Span<UInt8>, at position: UInt64) {
        let start = Int(position & mask)
        let first = min(record.count, capacity - start)
        unsafe record.withUnsafeBufferPointer { source in
            guard let from = source.baseAddress else { return }
            unsafe (data + start).update(from: from, count: first)
            unsafe data.update(from: from + first, count: record.count - first)
        }
    }

    private func copyOut(at position: UInt64, count: Int, into target: inout MutableSpan<UInt8>) {
        let start = Int(position & mask)
        let first = min(count, capacity - start)
        unsafe target.withUnsafeMutableBufferPointer { target in
            guard let to = target.baseAddress else { return }
            unsafe to.update(from: data + start, count: first)
            unsafe (to + first).update(from: data, count: count - first)
        }
    }
}
