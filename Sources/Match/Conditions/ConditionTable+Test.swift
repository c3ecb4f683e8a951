import Bytes
import HTTPModel
import Plan

/// What a test looks at.
extension ConditionTable {
    func holds(
        _ test: ConditionTest, _ head: borrowing RequestHead, _ facts: RequestFacts, _ memory: inout ConditionMemory
    ) -> Bool {
        switch test.field {
        case .path: compare(test, head.path, &memory.work)
        case .query: compare(test, head.query, &memory.work)
        case .method: compare(test, head.methodBytes, &memory.work)
        case .host: compare(test, head.host, &memory.work)
        case .scheme: compare(test, head.scheme.text.bytes, &memory.work)
        case .queryParameter, .header, .cookie: holdsForSeveral(test, head, &memory)
        case .client: test.comparison == .exists || contains(facts.client, in: test.operand)
        case .port: compare(test, UInt64(head.port ?? head.scheme.defaultPort))
        case .tlsVersion: facts.tlsVersion.map { compare(test, UInt64($0.rawValue)) } ?? false
        case .length: ConditionTable.declaredLength(head).map { compare(test, $0) } ?? false
        case .time: compare(test, UInt64(localTime(facts) % ConditionTable.day))
        case .weekday: compare(test, weekday(facts))
        }
    }

    /// The length of the body as declared; nil when it comes in chunks.
    private static func declaredLength(_ head: borrowing RequestHead) -> UInt64? {
        switch head.framing {
        case .none: 0
        case .length(let count): count
        case .chunked, .untilClose: nil
        }
    }

    // MARK: Time

    private static var day: Int64 { 86_400 }

    /// Seconds of local time, counted as if it were UTC; never negative.
    private func localTime(_ facts: RequestFacts) -> Int64 {
        let seconds = Int64(facts.time / 1_000_000)
        return max(seconds &+ Int64(offset(at: seconds)), 0)
    }

    /// Seconds that local time is ahead of UTC.
    private func offset(at seconds: Int64) -> Int32 {
        var low = 0
        var high = transitions.capacity
        while high &- low > 1 {
            let middle = (low &+ high) &>> 1
            if transitions[middle].start <= seconds { low = middle } else { high = middle }
        }
        return transitions[low].offset
    }

    /// 1 for Monday to 7 for Sunday. The first day of 1970 was a Thursday.
    private func weekday(_ facts: RequestFacts) -> UInt64 {
        UInt64((localTime(facts) / ConditionTable.day &+ 3) % 7 &+ 1)
    }

    // MARK: Fields with several values

    private func holdsForSeveral(
        _ test: ConditionTest, _ head: borrowing RequestHead, _ memory: inout ConditionMemory
    ) -> Bool {
        if test.field == .queryParameter && !memory.query.isCurrent { memory.query.decode(head.query) }
        let name = text.span(test.name.first, test.name.end)
        var cursor = ValueCursor()
        var count: UInt64 = 0
        while advance(&cursor, test, name, head, memory.query) {
            if test.comparison == .exists { return true }
            if test.measure == .count {
                count &+= 1
                continue
            }
            let holds =
                test.field == .queryParameter
                ? compare(test, memory.query, cursor, &memory.work)
                : compare(test, head.value(of: cursor.line).extracting(cursor.start..<cursor.end), &memory.work)
            // For all, one that does not hold decides; else one that does.
            if holds != test.isForAll { return holds }
        }
        return test.measure == .count ? compare(test, count) : test.isForAll
    }

    private func compare(
        _ test: ConditionTest, _ query: borrowing DecodedQuery, _ cursor: ValueCursor,
        _ work: inout ConditionWorkspace
    ) -> Bool {
        compare(test, query.bytes(cursor.start, cursor.end), &work)
    }

    private func advance(
        _ cursor: inout ValueCursor, _ test: ConditionTest, _ name: Span<UInt8>, _ head: borrowing RequestHead,
        _ query: borrowing DecodedQuery
    ) -> Bool {
        switch test.field {
        case .queryParameter: query.advance(&cursor, to: name)
        case .cookie: cursor.advance(toCookie: name, in: head)
        default: cursor.advance(to: test.header, name, in: head)
        }
    }
}
