import Bytes
import Pattern
import Plan

/// How a test compares a value.
extension ConditionTable {
    /// Compares bytes, or their number.
    func compare(_ test: Int, _ value: Span<UInt8>, _ work: inout ConditionWorkspace) -> Bool {
        if !tests[test].isPlain { return compareTransformed(test, value, &work) }
        return compareBytes(test, value, &work.patterns)
    }

    @inline(never)
    private func compareTransformed(_ test: Int, _ value: Span<UInt8>, _ work: inout ConditionWorkspace) -> Bool {
        if tests[test].measure == .length { return compare(test, UInt64(value.count)) }
        work.lowercased.take(value)
        return compareBytes(test, work.lowercased, &work.patterns)
    }

    private func compareBytes(
        _ test: Int, _ value: borrowing LowercasedText, _ memory: inout PatternMemory
    ) -> Bool {
        compareBytes(test, value.bytes, &memory)
    }

    private func compareBytes(_ test: Int, _ value: Span<UInt8>, _ memory: inout PatternMemory) -> Bool {
        switch tests[test].comparison {
        case .exists: true
        case .equalText: isEqual(test, value)
        case .notEqualText: !isEqual(test, value)
        case .startsText: starts(test, value)
        case .endsText: ends(test, value)
        case .inSet: sets.contains(value, set: Int(tests[test].number))
        case .containsText:
            ByteSearch.mayOccur(
                UInt8(truncatingIfNeeded: tests[test].word), UInt8(truncatingIfNeeded: tests[test].word >> 8), in: value)
                && tries.isContained(Int(tests[test].number), in: value)
        case .contains: tries.isContained(Int(tests[test].number), in: value)
        case .starts: tries.isBeginning(Int(tests[test].number), of: value)
        case .ends: tries.isEnding(Int(tests[test].number), of: value)
        case .matches: patterns.matches(Int(tests[test].number), value, using: &memory)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .inRanges, .inNetworks, .inMethods:
            false
        }
    }

    /// Compares numbers.
    func compare(_ test: Int, _ value: UInt64) -> Bool {
        let number = tests[test].number
        return switch tests[test].comparison {
        case .exists: true
        case .equal: value == number
        case .notEqual: value != number
        case .less: value < number
        case .lessOrEqual: value <= number
        case .greater: value > number
        case .greaterOrEqual: value >= number
        case .inRanges: isInRanges(value, tests[test].operand)
        case .equalText, .notEqualText, .startsText, .endsText, .inSet, .containsText, .contains, .starts, .ends,
            .matches, .inNetworks, .inMethods:
            false
        }
    }

    // MARK: One text

    @inline(__always)
    private func isEqual(_ test: Int, _ value: Span<UInt8>) -> Bool {
        let count = Int(tests[test].operand.count)
        if value.count != count || value.firstWord != tests[test].word { return false }
        return count <= 8 || value.equals(operand(test))
    }

    @inline(__always)
    private func starts(_ test: Int, _ value: Span<UInt8>) -> Bool {
        let count = Int(tests[test].operand.count)
        if value.count < count || (value.firstWord ^ tests[test].word) & tests[test].mask != 0 { return false }
        return count <= 8 || value.extracting(0..<count).equals(operand(test))
    }

    @inline(__always)
    private func ends(_ test: Int, _ value: Span<UInt8>) -> Bool {
        let count = Int(tests[test].operand.count)
        if value.count < count || (value.lastWord ^ tests[test].word) & tests[test].mask != 0 { return false }
        return count <= 8 || value.extracting((value.count &- count)..<value.count).equals(operand(test))
    }

    @_lifetime(borrow self)
    private func operand(_ test: Int) -> Span<UInt8> {
        text.span(tests[test].operand.first, tests[test].operand.end)
    }

    // MARK: Ranges

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
