/// Why a pattern is refused, and where.
public struct PatternError: Error, Equatable, Sendable {
    /// The kinds of refusal, with codes that do not change.
    public enum Reason: String, Sendable, CaseIterable {
        // What a linear-time automaton cannot answer.
        case lookAround = "look_around"
        case backReference = "back_reference"
        case atomicGroup = "atomic_group"
        case recursion = "recursion"
        case condition = "condition"
        case verb = "verb"
        case matchPoint = "match_point"

        // What has no meaning over bytes.
        case unicode = "unicode"
        case byteValue = "byte_value"

        // What is not written as it should be.
        case unclosedGroup = "unclosed_group"
        case unopenedGroup = "unopened_group"
        case unclosedClass = "unclosed_class"
        case unclosedComment = "unclosed_comment"
        case unknownEscape = "unknown_escape"
        case unknownGroup = "unknown_group"
        case unknownFlag = "unknown_flag"
        case unknownClass = "unknown_class"
        case escapeDigits = "escape_digits"
        case groupName = "group_name"
        case classRange = "class_range"
        case nothingToRepeat = "nothing_to_repeat"
        case repeatedTwice = "repeated_twice"
        case repetition = "repetition"

        // What is larger than a bound.
        case textLength = "text_length"
        case nesting = "nesting"
        case groups = "groups"
        case repetitionCount = "repetition_count"
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
