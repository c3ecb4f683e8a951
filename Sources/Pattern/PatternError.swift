/// Why a pattern is refused, and where.
public struct PatternError: Error, Equatable, Sendable {
    /// The kinds of refusal, with codes that do not change.
    public enum Reason: String, Sendable, CaseIterable {
        // What a linear-time automaton cannot answer.

        /// `(?=…)`, `(?!…)`, `(?<=…)` or `(?<!…)`.
        case lookAround = "look_around"

        /// `\1`, `\k<name>`, `\g1` or `(?P=name)`.
        case backReference = "back_reference"

        /// An atomic group or possessive repetition that may change the answer.
        case atomicGroup = "atomic_group"

        /// `(?R)`, `(?1)`, `(?&name)` or `(?P>name)`.
        case recursion = "recursion"

        /// `(?(…)…)`.
        case condition = "condition"

        /// `(*…)`.
        case verb = "verb"

        /// `\K` or `\G`.
        case matchPoint = "match_point"

        // What has no meaning over bytes.

        /// A property of characters, or a character of several bytes where a byte is meant.
        case unicode = "unicode"

        /// An escape for more than 255.
        case byteValue = "byte_value"

        // What is not written as it should be.

        /// `(` without `)`.
        case unclosedGroup = "unclosed_group"

        /// `)` without `(`.
        case unopenedGroup = "unopened_group"

        /// `[` without `]`.
        case unclosedClass = "unclosed_class"

        /// `(?#` without `)`.
        case unclosedComment = "unclosed_comment"

        /// A backslash before a letter or digit that has no meaning there, or before nothing.
        case unknownEscape = "unknown_escape"

        /// `(?` before something that begins no group.
        case unknownGroup = "unknown_group"

        /// `(?z)`.
        case unknownFlag = "unknown_flag"

        /// `[:name:]` with an unknown name, or outside of a class.
        case unknownClass = "unknown_class"

        /// `\x`, `\o` or `\c` without what has to follow.
        case escapeDigits = "escape_digits"

        /// A group whose name is none, or is taken.
        case groupName = "group_name"

        /// A range that is empty, or that ends in a set.
        case classRange = "class_range"

        /// `*` at the start, or behind an assertion.
        case nothingToRepeat = "nothing_to_repeat"

        /// `a**`.
        case repeatedTwice = "repeated_twice"

        /// `{,n}`, or bounds in the wrong order.
        case repetition = "repetition"

        // What is larger than a bound.

        /// ``PatternBounds/text``.
        case textLength = "text_length"

        /// ``PatternBounds/nesting``.
        case nesting = "nesting"

        /// ``PatternBounds/groups``.
        case groups = "groups"

        /// ``PatternBounds/repetition``.
        case repetitionCount = "repetition_count"

        /// ``PatternBounds/instructions``.
        case programSize = "program_size"
    }

    /// The kind of refusal.
    public let reason: Reason

    /// The first byte of the pattern's text that the refusal is about, counted from 0; the text's length when
    /// something is missing at its end.
    public let offset: Int

    /// Bytes that the refusal is about, at least 0.
    public let length: Int

    /// What is wrong.
    public let message: String

    /// What to write instead.
    public let remedy: String

    init(_ reason: Reason, _ place: Range<Int>, _ message: String, remedy: String) {
        self.reason = reason
        offset = place.lowerBound
        length = place.count
        self.message = message
        self.remedy = remedy
    }
}

extension PatternError: CustomStringConvertible {
    /// Place, cause and remedy on one line.
    public var description: String { "byte \(offset): \(message); \(remedy)" }
}
