import Bytes
import HTTPModel
import Pattern
import Plan

/// What evaluation writes: reserved once for a ``ConditionTable``, used for one request at a time.
struct ConditionMemory: ~Copyable {
    /// Of the request at hand: what is known besides its head, what its conditions ask often, its query taken apart.
    var facts = RequestFacts(listener: 0, client: IPAddress(ipv4: 0))
    var marks = RequestMarks()
    var query: DecodedQuery
    var work: ConditionWorkspace

    init(for table: borrowing ConditionTable, limits: Limits) {
        query = DecodedQuery(queryLimit: Int(limits[.target]))
        work = ConditionWorkspace(for: table, limits: limits)
    }

    /// Another request comes.
    mutating func begin(_ facts: RequestFacts) {
        self.facts = facts
        marks.forget()
        query.forget()
    }

    /// Whether a step's test does not hold, by its gate alone.
    @inline(__always)
    mutating func excludes(_ step: ConditionStep, _ head: borrowing RequestHead) -> Bool {
        if step.gate == .open { return false }
        if !marks.knows(step.gate) { marks.read(step.gate, of: head, &query) }
        return (marks.word(step.gate) ^ step.word) & step.mask != 0
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
