/// What is remembered of one pattern's deterministic automaton. Its states lie in blocks of ``PatternMemory``.
struct Automaton: BitwiseCopyable {
    /// Words of a block.
    static let blockWords = 4096

    /// Words at the beginning of a pattern's own block that are the heads of the chains of states with like hashes.
    static let chains = 512

    /// The common reserve is enough for so many patterns that take all they may.
    static let patternsInReserve = 4

    /// A state is worth being made when it is passed so often. Automata that are forgotten earlier are a loss.
    static let worthwhileUses: UInt64 = 10

    /// After so many losses in a row the pattern is searched without an automaton,
    static let losses: UInt8 = 3

    /// for so many bytes.
    static let pause = 64 << 10

    /// Instead of a state's number, which is the index of its first word: not made yet, the pattern has matched, and no
    /// text can match any more.
    static let unknown: UInt32 = 0
    static let matched: UInt32 = 1
    static let failed: UInt32 = 2

    /// Where the next state goes, and where the block ends.
    var position = 0
    var end = 0

    /// The last block that was taken from the reserve; each names the one before in its first word. 0: none.
    var lastBlock: UInt32 = 0
    var blockCount = 0

    /// The state that searches begin with; ``unknown`` until there is one.
    var start: UInt32 = Automaton.unknown

    /// States, and bytes that were searched, since the states were last forgotten.
    var stateCount: UInt64 = 0
    var uses: UInt64 = 0
    var lossCount: UInt8 = 0

    /// Bytes that are still to be searched without an automaton.
    var pauseLeft = 0
}

/// The words of a state, counted from its first.
enum StateWord {
    /// What the state's instructions and neighbour are hashed to.
    static let hash = 0

    /// The next state in the chain of like hashes.
    static let next = 1

    /// The ``Neighbour`` before, and how many instructions wait.
    static let before = 2
    static let count = 3

    /// The states that each column leads to; behind them the instructions.
    static let columns = 4
}
