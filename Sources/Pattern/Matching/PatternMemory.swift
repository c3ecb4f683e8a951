import Bytes

/// What searches write: the parts of the patterns' automata that texts have led to so far, and the instructions that
/// the search under way stands at. Made once for a ``PatternSet`` and used by one search at a time.
///
/// **Why one memory for all patterns.** A deterministic automaton can have exponentially many states, of which texts
/// visit few. So states are made when a text first leads to them, in memory that was reserved before. Each pattern has
/// a block of its own, which nobody takes from it; blocks beyond that are taken from a common reserve, of which one
/// pattern gets at most a part. So the budget is that of the process, not of the pattern that might need it; rarely
/// used patterns cost one block; and a text that drives one pattern through ever new states takes little from the
/// others. A pattern whose memory is full forgets its states and begins anew. Where that happens again and again with
/// little use of each state, the automaton is no gain: the pattern's instructions are then followed directly for a
/// while, which takes a bounded time for each byte.
public struct PatternMemory: ~Copyable {
    /// Bytes of the common reserve unless said otherwise.
    public static let standardReserve = 4 << 20

    /// All blocks: the patterns' own, then those of the common reserve.
    var words: Slab<UInt32>

    /// For each pattern the state of its automaton.
    var automata: Slab<Automaton>

    /// Blocks of the reserve that are free, as a stack.
    var free: Slab<UInt32>
    var freeCount: Int

    /// Blocks of the reserve that one pattern may hold.
    let share: Int

    /// The instructions at which a search stands, those that it goes to, and those that remain when assertions are
    /// decided.
    var current: Frontier
    var following: Frontier
    var decided: Frontier

    /// Instructions that are still to be followed.
    var stack: Slab<UInt32>

    let fingerprint: UInt64

    /// What searches have done so far: bytes passed, instructions followed and states compared. Grows linearly with the
    /// texts, by at most a small multiple of the pattern's instructions for each byte.
    public internal(set) var steps: UInt64 = 0

    /// How often a pattern's states were forgotten because there was no room for more.
    public internal(set) var flushes: UInt64 = 0

    /// Bytes that were searched without an automaton, because it forgot too often.
    public internal(set) var simulatedBytes: UInt64 = 0

    /// Memory for `set`, with a common reserve of `reserve` bytes, rounded down to whole blocks. Each pattern's own
    /// block has 16 KiB. Traps when all blocks together reach 16 GiB, whose words could not be numbered.
    public init(for set: borrowing PatternSet, reserve: Int = PatternMemory.standardReserve) {
        let reserved = max(reserve, 0) / (Automaton.blockWords * 4)
        precondition((set.count + reserved) * Automaton.blockWords <= Int(UInt32.max))
        words = Slab(capacity: (set.count + reserved) * Automaton.blockWords, repeating: 0)
        automata = Slab(capacity: set.count, repeating: Automaton())
        free = Slab(capacity: reserved, repeating: 0)
        // The lowest blocks are used first.
        for index in 0..<reserved { free[index] = UInt32(set.count + reserved - 1 - index) }
        freeCount = reserved
        share = max(reserved / Automaton.patternsInReserve, min(reserved, 1))
        current = Frontier(capacity: set.largestProgram)
        following = Frontier(capacity: set.largestProgram)
        decided = Frontier(capacity: set.largestProgram)
        stack = Slab(capacity: set.largestProgram + 2, repeating: 0)
        fingerprint = set.fingerprint
        for number in 0..<set.count { begin(number) }
    }
}
