import Bytes
import HTTPModel
import Pattern
import Plan

/// The conditions of a plan, laid out flat: programs, tests, and what tests compare with. Evaluation allocates nothing
/// and takes time linear in the head, see ``Plan/ConditionCost``.
struct ConditionTable: ~Copyable {
    /// For each condition, the number of its first step.
    let programs: Slab<UInt32>
    let steps: Slab<ConditionStep>
    let tests: Slab<ConditionTest>

    /// Names of fields, and texts that values are compared with.
    let text: Slab<UInt8>
    let sets: TextSets
    let tries: TextTries
    let patterns: PatternSet

    /// Ends of ranges: the lowest and the highest number of each, in order.
    let ranges: Slab<UInt64>

    /// Numbers of sets in ``networks``.
    let networkSets: Slab<UInt32>
    let networks: NetworkTable

    /// Offsets of the zone, earliest first, see `Plan.Zone`.
    let transitions: Slab<Zone.Transition>

    /// What stands in place of a condition's number where there is none.
    static var always: UInt32 { .max }

    init(_ builder: consuming ConditionTableBuilder) {
        programs = Slab(builder.programs, empty: 0)
        steps = Slab(builder.steps, empty: ConditionStep())
        tests = Slab(builder.tests, empty: ConditionTest(Subject(.path), isForAll: false))
        text = Slab(builder.text, empty: 0)
        sets = TextSets(builder.sets)
        tries = TextTries(builder.tries)
        patterns = PatternSet(builder.patterns)
        ranges = Slab(builder.ranges, empty: 0)
        networkSets = Slab(builder.networkRuns, empty: 0)
        networks = NetworkTable(builder.networkSets)
        transitions = Slab(builder.zone.transitions, empty: Zone.Transition(start: 0, offset: 0))
    }

    /// Whether the condition with number `number` holds for the request that `memory` was begun for; the one called
    /// ``always`` does.
    @inline(__always)
    func holds(_ number: UInt32, _ head: borrowing RequestHead, using memory: inout ConditionMemory) -> Bool {
        if number == ConditionTable.always { return true }
        var next = programs[Int(number)]
        repeat {
            let step = steps[Int(next)]
            let holds = !memory.excludes(step, head) && holds(test: Int(step.test), head, &memory)
            next = holds ? step.ifTrue : step.ifFalse
        } while next < ConditionStep.rejects
        return next == ConditionStep.accepts
    }

    /// Whether `address` is in one of the sets of the run `run`.
    func contains(_ address: IPAddress, in run: TextPlace) -> Bool {
        for index in run.first..<run.end where networks.contains(address, set: Int(networkSets[index])) { return true }
        return false
    }
}
