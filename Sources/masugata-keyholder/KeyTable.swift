/// The keys, by generation of the policy.
struct KeyTable {
    /// One generation, from its first key until it is retired.
    private struct Generation {
        var keys: [UInt16: HeldKey] = [:]
        var problems: [String] = []
        var state = State.preparing
        /// The others serve it already.
        var isServed = false
    }

    private enum State { case preparing, prepared, serving }

    /// What stands under a number.
    enum Found {
        case key(HeldKey)
        /// Its generation has been retired, or belongs to the time before this process started.
        case retired
        case none
    }

    private var generations: [UInt32: Generation] = [:]
    /// The newest generation that was committed.
    private(set) var committed: UInt32?

    /// Keys held.
    var count: Int { generations.values.reduce(0) { $0 + $1.keys.count } }

    /// The key that a worker may use under these numbers.
    func find(_ generation: UInt32, _ key: UInt16) -> Found {
        guard let found = generations[generation] else {
            return committed.map { generation < $0 } == true ? .retired : .none
        }
        if found.state != .serving { return .none }
        return found.keys[key].map { .key($0) } ?? .none
    }

    /// A new generation begins. An unfinished one of the same number is forgotten; a serving one stays.
    /// - Parameter isServed: whether the others serve it already.
    mutating func prepare(_ generation: UInt32, isServed: Bool) -> Bool {
        if generations[generation]?.state == .serving { return false }
        generations[generation] = Generation(isServed: isServed)
        return true
    }

    func isPreparing(_ generation: UInt32) -> Bool { generations[generation]?.state == .preparing }

    /// Whether the generation that is being prepared is served by the others already.
    func isServed(_ generation: UInt32) -> Bool { generations[generation]?.isServed ?? false }

    mutating func add(_ key: HeldKey, _ number: UInt16, to generation: UInt32) {
        if generations[generation]?.keys.updateValue(key, forKey: number) != nil {
            addProblem("\(key.name): key number \(number) was given twice", to: generation)
        }
    }

    mutating func addProblem(_ text: String, to generation: UInt32) { generations[generation]?.problems.append(text) }

    /// Everything for the generation has come. Answers what is wrong with it; nil when nothing is. With a problem the
    /// generation is forgotten, and its keys are erased.
    mutating func complete(_ generation: UInt32) -> String? {
        guard let found = generations[generation], found.state == .preparing else {
            return "generation \(generation) was not begun"
        }
        if !found.problems.isEmpty {
            generations[generation] = nil
            return found.problems.joined(separator: "\n")
        }
        generations[generation]?.state = .prepared
        return nil
    }

    /// The generation is served from now on. Answers false when it is not complete.
    mutating func commit(_ generation: UInt32) -> Bool {
        guard generations[generation]?.state == .prepared || generations[generation]?.state == .serving else {
            return false
        }
        generations[generation]?.state = .serving
        committed = max(committed ?? 0, generation)
        return true
    }

    /// Erases a generation that does not serve.
    mutating func abandon(_ generation: UInt32) {
        if generations[generation]?.state != .serving { generations[generation] = nil }
    }

    /// Erases an older generation. Later requests for it are answered `retired`.
    mutating func retire(_ generation: UInt32) {
        if generation != committed { generations[generation] = nil }
    }
}
