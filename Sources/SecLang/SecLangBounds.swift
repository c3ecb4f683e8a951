/// How large a rule set may be. Every bound has a diagnostic of its own.
public enum SecLangBounds {
    /// Bytes of one rule file, or of one file of phrases, addresses or code points.
    public static let file = 16 << 20

    /// Bytes of all rule files together.
    public static let text = 64 << 20

    /// Rule files, those that are included counted.
    public static let files = 1000

    /// `Include` within `Include`.
    public static let inclusionDepth = 16

    /// Bytes of one line, with the lines that continue it.
    public static let line = 256 << 10

    /// Arguments of one directive.
    public static let arguments = 1000

    /// Rules, each chain counted once.
    public static let rules = 20_000

    /// Links of one chain.
    public static let links = 32

    /// Targets of one link.
    public static let targets = 500

    /// Actions of one link.
    public static let actions = 1000

    /// Transformations of one link.
    public static let transformations = 32

    /// Phrases of one `@pm`, or blocks of addresses of one `@ipMatch`.
    public static let entries = 200_000

    /// Bytes of one phrase.
    public static let phrase = 4096

    /// Ranges in one list of ids.
    public static let ranges = 1000

    /// The largest id of a rule.
    public static let identifier = 999_999_999

    /// Diagnostics of one run; a last one tells how many more there are.
    public static let diagnostics = 100
}
