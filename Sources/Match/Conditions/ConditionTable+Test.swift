import Bytes
import HTTPModel
import Plan

/// What a test looks at.
extension ConditionTable {
    /// Whether the test with number `test` holds.
    func holds(test: Int, _ head: borrowing RequestHead, _ memory: inout ConditionMemory) -> Bool {
        switch tests[test].field {
        case .path: compare(test, head.path, &memory.work)
        case .query: compare(test, head.query, &memory.work)
        case .method:
            tests[test].comparison == .inMethods
                ? tests[test].number & ConditionTest.methodBit(head.method) != 0
                : compare(test, head.methodBytes, &memory.work)
        case .host: compare(test, head.host, &memory.work)
        case .scheme: compare(test, head.scheme.text.bytes, &memory.work)
        case .header: holdsForField(test, head, &memory)
        case .cookie, .queryParameter: holdsForSeveral(test, head, &memory)
        case .client: tests[test].comparison == .exists || contains(memory.facts.client, in: tests[test].operand)
        case .port, .tlsVersion, .length, .time, .weekday: holdsForNumber(test, head, memory.facts)
        }
    }

    @inline(never)
    private func holdsForNumber(_ test: Int, _ head: borrowing RequestHead, _ facts: RequestFacts) -> Bool {
        switch tests[test].field {
        case .port: compare(test, UInt64(head.port ?? head.scheme.defaultPort))
        case .tlsVersion: facts.tlsVersion.map { compare(test, UInt64($0.rawValue)) } ?? false
        case .length: ConditionTable.declaredLength(head).map { compare(test, $0) } ?? false
        case .time: compare(test, UInt64(localTime(facts) % ConditionTable.day))
        default: compare(test, weekday(facts))
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

    /// A field that is there once is what most tests of fields look at.
    private func holdsForField(_ test: Int, _ head: borrowing RequestHead, _ memory: inout ConditionMemory) -> Bool {
        let name = tests[test].header
        if name != .other && tests[test].measure != .count && head.contains(name),
            let line = memory.marks.onlyLine(of: name, in: head)
        {
            return compare(test, head.value(of: line), &memory.work)
        }
        return holdsForSeveral(test, head, &memory)
    }

    @inline(never)
    private func holdsForSeveral(
        _ test: Int, _ head: borrowing RequestHead, _ memory: inout ConditionMemory
    ) -> Bool {
        let (field, header, measure) = (tests[test].field, tests[test].header, tests[test].measure)
        if field == .queryParameter && !memory.query.isCurrent { memory.query.decode(head.query) }
        let name = text.span(tests[test].name.first, tests[test].name.end)
        var cursor = ValueCursor()
        var count: UInt64 = 0
        while advance(&cursor, field, header, name, head, memory.query) {
            if tests[test].comparison == .exists { return true }
            if measure == .count {
                count &+= 1
                continue
            }
            let holds =
                field == .queryParameter
                ? compare(test, memory.query, cursor, &memory.work)
                : compare(test, head.value(of: cursor.line).extracting(cursor.start..<cursor.end), &memory.work)
            // For all, one that does not hold decides; else one that does.
            if holds != tests[test].isForAll { return holds }
        }
        return measure == .count ? compare(test, count) : tests[test].isForAll
    }

    private func compare(
        _ test: Int, _ query: borrowing DecodedQuery, _ cursor: ValueCursor, _ work: inout ConditionWorkspace
    ) -> Bool {
        compare(test, query.bytes(cursor.start, cursor.end), &work)
    }

    private func advance(
        _ cursor: inout ValueCursor, _ field: ConditionTest.Field, _ header: FieldName, _ name: Span<UInt8>,
        _ head: borrowing RequestHead, _ query: borrowing DecodedQuery
    ) -> Bool {
        switch field {
        case .queryParameter: query.advance(&cursor, to: name)
        case .cookie: cursor.advance(toCookie: name, in: head)
        default: cursor.advance(to: header, name, in: head)
        }
    }
}
