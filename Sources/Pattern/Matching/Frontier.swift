import Bytes

/// The instructions that an automaton stands at, in the order in which they were reached.
///
/// A sparse set (Briggs and Torczon): adding, asking and forgetting all take constant time, and nothing has to be
/// cleared before use.
struct Frontier: ~Copyable {
    /// For each instruction where it stands in `seen`, if it does.
    private var places: Slab<UInt32>

    /// Every instruction that was reached, in order.
    private var seen: Slab<UInt32>
    private var seenCount = 0

    /// Those of them that wait for something: a byte, an assertion, or to tell of a match.
    private var kept: Slab<UInt32>

    /// For each instruction that was reached where in the text its match began.
    private var starts: Slab<Int>

    /// How many wait.
    private(set) var count = 0

    /// Whether an assertion is among those that wait.
    var hasAssertion = false

    /// For programs of up to `capacity` instructions.
    init(capacity: Int) {
        places = Slab(capacity: capacity, repeating: 0)
        seen = Slab(capacity: capacity, repeating: 0)
        kept = Slab(capacity: capacity, repeating: 0)
        starts = Slab(capacity: capacity, repeating: 0)
    }

    /// The instruction that waits at `index`.
    subscript(_ index: Int) -> UInt32 {
        precondition(index < count)
        return kept[index]
    }

    /// Whether `instruction` was reached.
    func contains(_ instruction: UInt32) -> Bool {
        let place = Int(places[Int(instruction)])
        return place < seenCount && seen[place] == instruction
    }

    /// Notes that `instruction` was reached; false when it had been before.
    mutating func insert(_ instruction: UInt32) -> Bool {
        if contains(instruction) { return false }
        places[Int(instruction)] = UInt32(truncatingIfNeeded: seenCount)
        seen[seenCount] = instruction
        seenCount &+= 1
        return true
    }

    /// Lets `instruction`, which was reached, wait.
    mutating func keep(_ instruction: UInt32) {
        kept[count] = instruction
        count &+= 1
    }

    /// Where the match began that waits at `instruction`.
    func start(of instruction: UInt32) -> Int { starts[Int(instruction)] }

    mutating func setStart(_ start: Int, of instruction: UInt32) { starts[Int(instruction)] = start }

    mutating func removeAll() {
        seenCount = 0
        count = 0
        hasAssertion = false
    }
}
