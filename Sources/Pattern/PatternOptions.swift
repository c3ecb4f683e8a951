/// How a pattern's text is read until it says otherwise, as with `(?i)`. The names are those of PCRE2, where it has one.
public struct PatternOptions: OptionSet, Sendable {
    /// A bit for each option.
    public let rawValue: UInt8

    /// The options whose bits are set.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `(?i)`: the letters of ASCII match in either case. No other byte is folded.
    public static let caseless = PatternOptions(rawValue: 1)

    /// `(?m)`: `^` and `$` match at line feeds too.
    public static let multiline = PatternOptions(rawValue: 2)

    /// `(?s)`: `.` matches line feeds too.
    public static let dotAll = PatternOptions(rawValue: 4)

    /// `(?x)`: white space and `#` comments in the pattern mean nothing.
    public static let extended = PatternOptions(rawValue: 8)

    /// Bytes above ASCII may stand in classes and be repeated, each for itself, as in ModSecurity. Otherwise that is
    /// refused: in UTF-8 they are parts of characters, and `[é]` would mean half an `é`.
    public static let rawBytes = PatternOptions(rawValue: 16)

    /// What policies and rules start with: no line feed in a value gets it past `.`, and `$` is the very end.
    public static let standard: PatternOptions = [.dotAll]
}
