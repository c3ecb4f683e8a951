internal import Bytes
internal import CLinux
internal import Glibc

/// A queue of byte records in memory that two processes share: one appends, the other takes.
///
/// What has been appended outlives both: when the taker dies its successor goes on where it stopped, and what
/// a killed appender had completed is still taken. The taker trusts nothing that it reads: positions are checked
/// against the capacity and a record is copied out before anyone looks at it. One appender, one taker.
///
/// Layout: four 64-bit words on cache lines of their own (appended, taken, dropped, asleep), then the data, each
/// record a 32-bit length and its bytes, wrapping at the end.
@safe
public struct SharedRing: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    private let mask: UInt64

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

    /// Appends a record, or answers false when it does not fit now.
    public mutating func append(_ record: Span<UInt8>) -> Bool {
        let appended = load(.appended)
        let used = appended &- load(.taken)
        if used > UInt64(capacity) || record.count + 4 > capacity - Int(used) { return false }
        let length = UInt32(record.count)
        for byte in 0..<4 {
            unsafe data[Int((appended &+ UInt64(byte)) & mask)] = UInt8(
                truncatingIfNeeded: length >> (8 * UInt32(byte)))
        }
        copyIn(record, at: appended &+ 4)
        unsafe masugata_store_release(word(.appended), appended &+ 4 &+ UInt64(record.count))
        return true
    }

    /// Counts a record that was given up for lack of room.
    public mutating func countDropped() {
        unsafe masugata_store_release(word(.dropped), load(.dropped) &+ 1)
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
        /// A record of so many bytes was copied; the next one is at `position`.
        case record(count: Int, position: UInt64)
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
        var length: UInt32 = 0
        for byte in 0..<4 {
            length |= UInt32(unsafe data[Int((position &+ UInt64(byte)) & mask)]) << (8 * UInt32(byte))
        }
        let count = Int(length)
        if count > target.count || UInt64(count) + 4 > ready { return .corrupt }
        copyOut(at: position &+ 4, count: count, into: &target)
        return .record(count: count, position: position &+ 4 &+ UInt64(count))
    }

    /// Gives everything before `position` free: it is safe elsewhere now.
    public mutating func finish(_ position: UInt64) { unsafe masugata_store_release(word(.taken), position) }

    /// Skips whatever a rule-breaking appender left.
    public mutating func discardAll() { finish(appended) }

    /// Says that the taker is about to sleep. Look once more after this, then sleep.
    public mutating func announceSleep() { _ = unsafe masugata_exchange(word(.asleep), 1) }

    // MARK: Memory

    private enum Word: Int { case appended = 0, taken = 64, dropped = 128, asleep = 192 }

    private func word(_ word: Word) -> UnsafeMutablePointer<UInt64> {
        unsafe (memory + word.rawValue).assumingMemoryBound(to: UInt64.self)
    }

    private func load(_ name: Word) -> UInt64 { unsafe masugata_load_acquire(word(name)) }

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

/// A counter that wakes a poller in another process.
public struct WakeUp: ~Copyable {
    private let descriptor: Descriptor

    /// Takes one end; both ends are the same kind of descriptor.
    public init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Makes a new one.
    public static func create() throws(Errno) -> Descriptor {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        if number < 0 { throw Errno.last("eventfd") }
        return Descriptor(owning: number)
    }

    /// For the poller.
    public var raw: Int32 { descriptor.raw }

    /// Wakes the other side.
    public func signal() {
        var one: UInt64 = 1
        _ = unsafe Glibc.write(descriptor.raw, &one, 8)
    }

    /// Forgets all wake-ups so far.
    public func clear() {
        var count: UInt64 = 0
        _ = unsafe Glibc.read(descriptor.raw, &count, 8)
    }
}
