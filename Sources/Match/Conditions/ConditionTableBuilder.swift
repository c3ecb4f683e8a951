import HTTPModel
import Pattern
import Plan

/// Lays the conditions of a plan out flat; equal lists, texts and networks are there once.
struct ConditionTableBuilder {
    private let plan: Plan
    private(set) var programs: [TextPlace] = []
    private(set) var steps: [ConditionStep] = []
    private(set) var tests: [ConditionTest] = []
    private(set) var text: [UInt8] = []
    private(set) var sets: [[[UInt8]]] = []
    private(set) var tries = TextTrieBuilder()
    private(set) var patterns: [Pattern] = []
    private(set) var ranges: [UInt64] = []
    private(set) var networkSets: [[AddressBlock]]
    private(set) var networkRuns: [UInt32] = []
    var zone: Zone { plan.zone }

    private var patternNumbers: [[UInt8]: Int] = [:]
    private var setNumbers: [[[UInt8]]: Int] = [:]
    private var trieNumbers: [TrieKey: Int] = [:]
    private var runs: [[Int]: TextPlace] = [:]

    /// Sets and tries of the plan's lists, which many rules may name.
    private var lists: [ListKey: (comparison: ConditionTest.Comparison, number: UInt64)] = [:]

    private struct ListKey: Hashable {
        let list: Int
        let comparator: Comparison.Operator
    }

    private struct TrieKey: Hashable {
        let texts: [[UInt8]]
        let comparator: Comparison.Operator
    }

    init(_ plan: Plan) {
        self.plan = plan
        networkSets = plan.networks.map(\.blocks)
    }

    /// Adds `condition`. Answers its number, ``ConditionTable/always`` for nil.
    mutating func add(_ condition: Condition?) throws(UnusablePlan) -> UInt32 {
        guard let condition else { return ConditionTable.always }
        let firstTest = tests.count
        for comparison in condition.comparisons { tests.append(try test(of: comparison)) }
        let firstStep = steps.count
        for step in condition.steps {
            var flat = ConditionStep()
            switch step {
            case .test(let number):
                flat.operation = .test
                flat.operand = UInt32(firstTest + number)
            case .not: flat.operation = .not
            case .jumpIfFalse(let target):
                flat.operation = .jumpIfFalse
                flat.operand = UInt32(firstStep + target)
            case .jumpIfTrue(let target):
                flat.operation = .jumpIfTrue
                flat.operand = UInt32(firstStep + target)
            }
            steps.append(flat)
        }
        programs.append(TextPlace(start: firstStep, count: condition.steps.count))
        return UInt32(programs.count - 1)
    }

    /// The run of the sets of these networks.
    mutating func run(ofNetworks networks: [Int], blocks: [AddressBlock] = []) -> TextPlace {
        if blocks.isEmpty, let run = runs[networks] { return run }
        let run = TextPlace(start: networkRuns.count, count: networks.count + (blocks.isEmpty ? 0 : 1))
        networkRuns += networks.map { UInt32($0) }
        if blocks.isEmpty {
            runs[networks] = run
        } else {
            networkRuns.append(UInt32(networkSets.count))
            networkSets.append(blocks)
        }
        return run
    }

    private mutating func test(of comparison: Comparison) throws(UnusablePlan) -> ConditionTest {
        var test = ConditionTest(comparison.subject, isForAll: comparison.quantifier == .all)
        switch comparison.subject.field {
        case .queryParameter(let name), .cookie(let name): test.name = place(name)
        case .header(let name):
            test.name = place(name)
            // Names of that family share a tag.
            let tag = FieldName(recognising: name.span)
            test.header = tag == .xForwardedOther ? .other : tag
        default: break
        }
        try setOperand(of: &test, comparison.comparator, comparison.operand)
        return test
    }

    private mutating func setOperand(
        of test: inout ConditionTest, _ comparator: Comparison.Operator, _ operand: Comparison.Operand
    ) throws(UnusablePlan) {
        switch operand {
        case .nothing: test.comparison = .exists
        case .number(let number):
            test.comparison = ConditionTableBuilder.numeric(comparator)
            test.number = number
        case .ranges(let ranges):
            test.comparison = .inRanges
            test.operand = place(ranges)
        case .addresses(let networks, let blocks):
            test.comparison = .inNetworks
            test.operand = run(ofNetworks: networks, blocks: blocks)
        case .pattern(let source):
            test.comparison = .matches
            test.number = UInt64(try number(ofPattern: source))
        case .text(let text): setText(text, of: &test, comparator)
        case .texts(let texts): setTexts(texts, of: &test, comparator)
        case .list(let number): setList(number, of: &test, comparator)
        }
    }

    private mutating func setText(_ text: [UInt8], of test: inout ConditionTest, _ comparator: Comparison.Operator) {
        switch comparator {
        case .equal: test.comparison = .equalText
        case .notEqual: test.comparison = .notEqualText
        case .starts: test.comparison = .startsText
        case .ends: test.comparison = .endsText
        // A search for one text is linear by the same links as one for many.
        default: return setTexts([text], of: &test, comparator)
        }
        test.operand = place(text)
    }

    private mutating func setList(_ number: Int, of test: inout ConditionTest, _ comparator: Comparison.Operator) {
        let key = ListKey(list: number, comparator: comparator)
        if let known = lists[key] {
            test.comparison = known.comparison
            test.number = known.number
            return
        }
        setTexts(plan.lists[number].texts, of: &test, comparator)
        lists[key] = (test.comparison, test.number)
    }

    private mutating func setTexts(
        _ texts: [[UInt8]], of test: inout ConditionTest, _ comparator: Comparison.Operator
    ) {
        switch comparator {
        case .contains: test.comparison = .contains
        case .starts: test.comparison = .starts
        case .ends: test.comparison = .ends
        default:
            test.comparison = .inSet
            test.number = UInt64(number(ofSet: texts))
            return
        }
        test.number = UInt64(number(ofTrie: texts, comparator))
    }

    private static func numeric(_ comparator: Comparison.Operator) -> ConditionTest.Comparison {
        switch comparator {
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: .equal
        }
    }

    // MARK: Operands

    private mutating func place(_ bytes: [UInt8]) -> TextPlace {
        let place = TextPlace(start: text.count, count: bytes.count)
        text += bytes
        return place
    }

    /// Puts ranges in order and joins those that overlap or touch.
    private mutating func place(_ list: [ClosedRange<UInt64>]) -> TextPlace {
        let start = ranges.count / 2
        for range in list.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if ranges.count > 2 * start, let last = ranges.last, last == .max || range.lowerBound <= last + 1 {
                ranges[ranges.count - 1] = max(last, range.upperBound)
            } else {
                ranges += [range.lowerBound, range.upperBound]
            }
        }
        return TextPlace(start: start, count: ranges.count / 2 - start)
    }

    private mutating func number(ofPattern source: [UInt8]) throws(UnusablePlan) -> Int {
        if let number = patternNumbers[source] { return number }
        do throws(PatternError) {
            patterns.append(try Pattern(source.span))
        } catch {
            throw UnusablePlan("the pattern \(String(decoding: source, as: UTF8.self)): \(error)")
        }
        patternNumbers[source] = patterns.count - 1
        return patterns.count - 1
    }

    private mutating func number(ofSet texts: [[UInt8]]) -> Int {
        if let number = setNumbers[texts] { return number }
        sets.append(Array(Set(texts)))
        setNumbers[texts] = sets.count - 1
        return sets.count - 1
    }

    private mutating func number(ofTrie texts: [[UInt8]], _ comparator: Comparison.Operator) -> Int {
        let key = TrieKey(texts: texts, comparator: comparator)
        if let number = trieNumbers[key] { return number }
        let number = tries.add(
            comparator == .ends ? texts.map { $0.reversed() } : texts, isLinked: comparator == .contains)
        trieNumbers[key] = number
        return number
    }
}
