import Bytes
import Pattern
import Plan

/// What evaluation writes: reserved once for a ``ConditionTable``, used for one request at a time.
struct ConditionMemory: ~Copyable {
    var query: DecodedQuery
    var work: ConditionWorkspace

    init(for table: borrowing ConditionTable, limits: Limits) {
        query = DecodedQuery(queryLimit: Int(limits[.target]))
        work = ConditionWorkspace(for: table, limits: limits)
    }
}

/// What the comparison of one value writes.
struct ConditionWorkspace: ~Copyable {
    var lowercased: LowercasedText
    var patterns: PatternMemory

    init(for table: borrowing ConditionTable, limits: Limits) {
        // No value is longer than the head that it came in, or the host.
        lowercased = LowercasedText(limit: max(Int(max(limits[.headSize], limits[.target])), PlanBounds.host))
        patterns = PatternMemory(
            for: table.patterns, reserve: table.patterns.count == 0 ? 0 : PatternMemory.standardReserve)
    }
}

/// A copy of a value with its letters in lower case.
struct LowercasedText: ~Copyable {
    private var pool: BufferPool
    private let buffer: Buffer
    private var count = 0

    /// Room for `limit` bytes.
    init(limit: Int) {
        pool = BufferPool(capacity: 1, size: limit)
        buffer = pool.take()
    }

    /// Takes a copy of `value`.
    mutating func take(_ value: Span<UInt8>) {
        let count = min(value.count, pool.size)
        self.count = count
        var output = pool.mutableBytes(buffer, 0, count)
        for index in 0..<count { output[index] = ASCII.lowercased(value[index]) }
    }

    /// The copy.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { pool.bytes(buffer, 0, count) }
    }
}
