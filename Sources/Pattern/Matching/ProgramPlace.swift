/// Where a program lies in the tables of a ``PatternSet``, and what a search has to know of it.
struct ProgramPlace: BitwiseCopyable {
    var instructions = 0
    var instructionCount = 0
    var sets = 0
    var representatives = 0

    /// The first of 256 entries, for each byte its class.
    var classes = 0
    var classCount = 0

    var start: UInt32 = 0
    var minimumLength = 0
    var isAnchored = false
    var hasAssertions = false
    var asksForFinalLineFeed = false

    /// The column of an automaton for the end of the text. Those before are for the classes of bytes.
    var endColumn: Int { classCount }

    /// The column for a line feed that is the last byte.
    var finalLineFeedColumn: Int { classCount &+ 1 }

    /// Columns of the automaton.
    var columnCount: Int { classCount &+ (asksForFinalLineFeed ? 2 : 1) }
}
