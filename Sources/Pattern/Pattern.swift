/// A regular expression over bytes, checked and compiled.
///
/// It is a value for those who check policies and load plans; searching is done by a ``PatternSet``, which lays the
/// programs of many patterns out flat, so that a search retains and allocates nothing.
///
/// The syntax is the common part of PCRE2's and RE2's. Texts are bytes of any value, in no encoding: a character of UTF-8
/// is its bytes one after the other, and letter case means the letters of ASCII.
///
/// | Form | Meaning |
/// |---|---|
/// | `.` `\N` | any byte (not a line feed after `(?-s)`); any byte but a line feed |
/// | `[a-z]` `[^a]` `[[:alpha:]]` `[[:^digit:]]` | a byte of the class; the names are those of POSIX, `ascii` and `word` |
/// | `\d` `\w` `\s` `\h` `\v`, in upper case what they are not | digits; `[A-Za-z0-9_]`; space and 0x09 to 0x0d; tab, space and 0xa0; 0x0a to 0x0d and 0x85 |
/// | `\n` `\r` `\t` `\f` `\a` `\e` `\cA` `\xHH` `\x{H}` `\0OO` `\o{O}` | one byte |
/// | `\Q…\E` `(?#…)` | literal text; a comment |
/// | `^` `$` `\A` `\z` `\Z` `\b` `\B` | start and end of the text (of lines after `(?m)`); start; end; end or before a line feed that ends the text; at an end of a word; not there |
/// | `(…)` `(?:…)` `(?<name>…)` `(?P<name>…)` `(?i)` `(?i-s:…)` | groups; flags i, m, s, x |
/// | `a\|b` | one of these |
/// | `*` `+` `?` `{n}` `{n,}` `{n,m}`, also with `?` or `+` | repetition: as often as possible, as seldom, or without giving back |
public struct Pattern: Sendable {
    /// The program that is run.
    let program: Program

    /// What every text that matches contains.
    public let requiredFactors: RequiredFactors

    /// The fewest bytes of a match.
    public let minimumLength: Int

    /// Groups that capture.
    public let groupCount: Int

    /// Whether every match begins at the start of the text.
    public var isAnchored: Bool { program.isAnchored }

    /// Instructions of the program: the worst work for each byte of a searched text, in steps, is a small multiple
    /// of it.
    public var instructionCount: Int { program.instructions.count }

    /// Compiles `text`.
    public init(_ text: Span<UInt8>, options: PatternOptions = .standard) throws(PatternError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for index in text.indices { bytes.append(text[index]) }
        try self.init(bytes: bytes, options: options)
    }

    /// Compiles `text`, whose bytes are those of UTF-8.
    public init(_ text: String, options: PatternOptions = .standard) throws(PatternError) {
        try self.init(bytes: Array(text.utf8), options: options)
    }

    private init(bytes: [UInt8], options: PatternOptions) throws(PatternError) {
        var parser = Parser(bytes, options: options)
        var expression = try parser.parse()
        if parser.hasAtomicGroups { expression = try AtomicGroups.resolve(expression) }
        // One more for the instruction that tells of the match.
        let count = expression.instructionCount + 1
        if count > PatternBounds.instructions {
            throw PatternError(
                .programSize, 0..<bytes.count,
                "the pattern needs \(count) instructions, more than \(PatternBounds.instructions)",
                remedy: "repeat less often, or split it into several patterns")
        }
        program = Program(expression)
        minimumLength = expression.minimumLength
        groupCount = parser.groupCount
        requiredFactors = RequiredFactors(expression)
    }
}
