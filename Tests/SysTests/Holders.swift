import Bytes
import Sys

/// A slot table that an expectation can be asked about.
final class Slots {
    private var table: SlotTable<Int>

    init(capacity: Int) { table = SlotTable(capacity: capacity) }

    var count: Int { table.count }
    var end: Int { table.end }
    subscript(slot: Int) -> Int { table[slot] }
    func take(_ value: Int) -> Int? { table.take(value) }
    func giveBack(_ slot: Int) { table.giveBack(slot) }
    func isTaken(_ slot: Int) -> Bool { table.isTaken(slot) }
    func generation(_ slot: Int) -> UInt32 { table.generation(slot) }
    func holds(_ slot: Int, _ generation: UInt32) -> Bool { table.holds(slot, generation: generation) }
}

/// One side of a shared ring that an expectation can be asked about.
final class RingSide {
    private var ring: SharedRing
    private var buffer: [UInt8]

    /// Of what was taken, what is not confirmed.
    private(set) var unconfirmed: [[UInt8]] = []

    init(_ memory: Int32, capacity: Int) throws {
        ring = try SharedRing(mapping: memory, capacity: capacity)
        buffer = [UInt8](repeating: 0, count: capacity)
    }

    var dropped: UInt64 { ring.dropped }
    var taken: UInt64 { ring.taken }
    func append(_ record: [UInt8]) -> Bool { ring.append(record.span) }
    func prepare(_ record: [UInt8]) -> Bool { ring.prepare(record.span) }
    func publish() -> Bool { ring.publish() }
    func withdraw() { ring.withdraw() }
    func adoptPrepared() { ring.adoptPrepared() }
    func countDropped() { ring.countDropped() }
    func takeWakeDuty() -> Bool { ring.takeWakeDuty() }
    func announceSleep() { ring.announceSleep() }
    func finish(_ position: UInt64) { ring.finish(position) }
    func discardAll() { ring.discardAll() }

    /// What is at `position`, for a taker with room for `room` bytes.
    func read(at position: UInt64, room: Int) -> SharedRing.Next {
        var span = buffer.mutableSpan
        var target = span.extracting(0..<room)
        return ring.read(at: position, into: &target)
    }

    /// Reads everything from where the last taker stopped, and gives it free.
    func takeAll() -> [[UInt8]] {
        var records: [[UInt8]] = []
        var position = ring.taken
        while case .record(let count, let next, let isConfirmed) = read(at: position, room: buffer.count) {
            records.append(Array(buffer.prefix(count)))
            if !isConfirmed { unconfirmed.append(records[records.count - 1]) }
            position = next
        }
        ring.finish(position)
        return records
    }
}
