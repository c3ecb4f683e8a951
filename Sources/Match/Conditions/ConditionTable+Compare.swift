import Bytes
import Pattern
import Plan

/// How a test compares a value.
extension ConditionTable {
    /// Compares bytes, or their number.
    func compare(_ test: ConditionTest, _ value: Span<UInt8>, _ work: inout ConditionWorkspace) -> Bool {
        if test.measure == .length { return compare(test, UInt64(value.count)) }
        if !test.isLowercased { return compareBytes(test, value, &work.patterns) }
        work.lowercased.take(value)
        return compareBytes(test, work.lowercased, &work.patterns)
    }

    private func compareBytes(
        _ test: ConditionTest, _ value: borrowing LowercasedText, _ memory: inout PatternMemory
    ) -> Bool {
        compareBytes(test, value.bytes, &memory)
    }

    private func compareBytes(_ test: ConditionTest, _ value: Span<UInt8>, _ memory: inout PatternMemory) -> Bool {
        switch test.comparison {
        case .exists: true
        case .equalText: ASCII.equal(value, operand(of: test))
        case .notEqualText: !ASCII.equal(value, operand(of: test))
        case .startsText: starts(value, with: operand(of: test))
        case .endsText: ends(value, with: operand(of: test))
        case .inSet: sets.contains(value, set: Int(test.number))
        case .contains: tries.isContained(Int(test.number), in: value)
        case .starts: tries.isBeginning(Int(test.number), of: value)
        case .ends: tries.isEnding(Int(test.number), of: value)
        case .matches: patterns.matches(Int(test.number), value, using: &memory)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .inRanges, .inNetworks: false
        }
    }

    /// Compares numbers.
    func compare(_ test: ConditionTest, _ value: UInt64) -> Bool {
        switch test.comparison {
        case .exists: true
        case .equal: value == test.number
        case .notEqual: value != test.number
        case .less: value < test.number
        case .lessOrEqual: value <= test.number
        case .greater: value > test.number
        case .greaterOrEqual: value >= test.number
        case .inRanges: isInRanges(value, test.operand)
        case .equalText, .notEqualText, .startsText, .endsText, .inSet, .contains, .starts, .ends, .matches,
            .inNetworks:
            false
        }
    }

    @_lifetime(borrow self)
    private func operand(of test: ConditionTest) -> Span<UInt8> { text.span(test.operand.first, test.operand.end) }

    private func starts(_ value: Span<UInt8>, with beginning: Span<UInt8>) -> Bool {
        value.count >= beginning.count && ASCII.equal(value.extracting(0..<beginning.count), beginning)
    }

    private func ends(_ value: Span<UInt8>, with ending: Span<UInt8>) -> Bool {
        value.count >= ending.count
            && ASCII.equal(value.extracting((value.count &- ending.count)..<value.count), ending)
    }

    /// Whether `value` is in one of the ranges at `place`, which are in order and apart.
    private func isInRanges(_ value: UInt64, _ place: TextPlace) -> Bool {
        var low = 0
        var high = Int(place.count)
        // The last of the ranges that begin at the value or before it.
        while low < high {
            let middle = (low &+ high) &>> 1
            if ranges[2 &* (place.first &+ middle)] <= value { low = middle &+ 1 } else { high = middle }
        }
        return low > 0 && value <= ranges[2 &* (place.first &+ low) &- 1]
    }
}
