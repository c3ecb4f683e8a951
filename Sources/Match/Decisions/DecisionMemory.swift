/// What a decision writes: reserved once for a ``DecisionTable``, used for one request at a time.
public struct DecisionMemory: ~Copyable {
    var conditions: ConditionMemory

    private var noted: InlineArray<16, UInt32> = .init(repeating: 0)

    /// How many rules that only log were met; at most ``noteLimit``, what is beyond is not kept.
    public private(set) var noteCount = 0

    /// The most rules that are noted for one request.
    public static var noteLimit: Int { 16 }

    /// Memory for `table`.
    public init(for table: borrowing DecisionTable) {
        conditions = ConditionMemory(for: table.conditions, limits: table.limits)
    }

    /// The plan-wide number of the rule that was noted as number `index`, below ``noteCount``.
    public func note(_ index: Int) -> Int {
        precondition(index < noteCount)
        return Int(noted[index])
    }

    /// Another request comes.
    mutating func begin(_ facts: RequestFacts) {
        conditions.begin(facts)
        noteCount = 0
    }

    mutating func note(rule: Int) {
        if noteCount == DecisionMemory.noteLimit { return }
        noted[noteCount] = UInt32(truncatingIfNeeded: rule)
        noteCount &+= 1
    }
}
