import Bytes
import HTTPModel
import Pattern
import Plan

/// Lays the conditions of a plan out flat; equal lists, texts and networks are there once.
struct ConditionTableBuilder {
    private let plan: Plan
    private(set) var programs: [UInt32] = []
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
        programs.append(UInt32(steps.count))
        addSteps(of: condition, firstTest: firstTest)
        return UInt32(programs.count - 1)
    }

    /// Adds one step for each that tests something.
    private mutating func addSteps(of condition: Condition, firstTest: Int) {
        // Where the steps of the condition stand among those that test something.
        var places: [Int] = []
        var place = steps.count
        for step in condition.steps {
            places.append(place)
            if case .test = step { place += 1 }
        }
        for (index, step) in condition.steps.enumerated() {
            guard case .test(let number) = step else { continue }
            var flat = ConditionStep()
            flat.test = UInt32(firstTest + number)
            flat.setGate(for: tests[firstTest + number], of: condition.comparisons[number].subject.field)
            flat.ifTrue = ConditionTableBuilder.target(after: index, true, condition.steps, places)
            flat.ifFalse = ConditionTableBuilder.target(after: index, false, condition.steps, places)
            steps.append(flat)
        }
    }

    /// Where evaluation goes on behind the step with number `index`, whose outcome is `outcome`.
    private static func target(
        after index: Int, _ outcome: Bool, _ steps: [Condition.Step], _ places: [Int]
    ) -> UInt32 {
        var outcome = outcome
        var next = index + 1
        while next < steps.count {
            switch steps[next] {
            case .test: return UInt32(places[next])
            case .not:
                outcome.toggle()
                next += 1
            case .jumpIfFalse(let target): next = outcome ? next + 1 : target
            case .jumpIfTrue(let target): next = outcome ? target : next + 1
            }
        }
        return outcome ? ConditionStep.accepts : ConditionStep.rejects
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
        if test.field == .method && test.isPlain { settleMethods(of: &test, comparison) }
        return test
    }

    /// Compares the method by its number where it has one: two methods that are registered are equal when their tokens
    /// are.
    private func settleMethods(of test: inout ConditionTest, _ comparison: Comparison) {
        let tokens: [[UInt8]]
        switch (comparison.comparator, comparison.operand) {
        case (.equal, .text(let token)): tokens = [token]
        case (.isIn, .texts(let list)): tokens = list
        case (.isIn, .list(let number)): tokens = plan.lists[number].texts
        default: return
        }
        let methods = tokens.map { Method(recognising: $0.span) }
        if methods.contains(.other) { return }
        test.comparison = .inMethods
        test.number = methods.reduce(0) { $0 | ConditionTest.methodBit($1) }
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
        default:
            setTexts([text], of: &test, comparator)
            if text.count < 2 { return }
            test.comparison = .containsText
            test.word = ConditionTableBuilder.rarestPair(of: text)
            return
        }
        test.operand = place(text)
        let bits = UInt64(8 * min(text.count, 8))
        test.mask = bits == 0 ? 0 : UInt64.max >> (64 - bits)
        test.word = text.span.firstWord
        if comparator == .ends {
            test.word = text.span.lastWord
            test.mask = bits == 0 ? 0 : UInt64.max << (64 - bits)
        }
    }

    /// The two neighbours in `text` that are likely to be the rarest in what clients send, the first lowest.
    private static func rarestPair(of text: [UInt8]) -> UInt64 {
        // From the most common on; what is not among them is rarer.
        let common = Array("e0oat/inrs.l1i2cdm3p5u-h4g6b87f9_ wk".utf8)
        let rarity = text.map { common.firstIndex(of: $0) ?? common.count }
        var best = 1
        for place in 1..<text.count where rarity[place - 1] + rarity[place] > rarity[best - 1] + rarity[best] {
            best = place
        }
        return UInt64(text[best - 1]) | UInt64(text[best]) << 8
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
