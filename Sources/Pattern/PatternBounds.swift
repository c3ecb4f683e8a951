/// How large a pattern may be. Every bound has a refusal of its own.
public enum PatternBounds {
    /// Bytes of the pattern's text.
    public static let text = 16 << 10

    /// Groups within groups. The parser and the compiler call themselves no deeper than this, times a small constant.
    public static let nesting = 100

    /// Groups that capture.
    public static let groups = 1000

    /// The largest number in `{n,m}`.
    public static let repetition = 1000

    /// Instructions of the compiled program, with counted repetitions written out. The worst work for each byte of
    /// the searched text is proportional to it.
    public static let instructions = 32 << 10

    /// Sets of required factors that are kept for one pattern.
    public static let factorSets = 4

    /// Literals in one set of required factors.
    public static let factors = 4096

    /// Literals that are made by joining those of neighbours, as the four of `[ab][cd]`.
    public static let joinedFactors = 64

    /// Bytes of a class that are still taken for alternatives of a literal.
    public static let factorBytes = 8

    /// Bytes of one required factor.
    public static let factorLength = 32
}
