/// How large a policy's text may be. Every bound has a diagnostic of its own.
public enum PolicyBounds {
    /// Bytes of the main file, and of each that it includes.
    public static let text = 4 << 20

    /// Bytes of one line.
    public static let line = 16 << 10

    /// Bytes of all files together.
    public static let allText = 16 << 20

    /// Words, literals and signs of all files.
    public static let tokens = 500_000

    /// Blocks within blocks.
    public static let depth = 16

    /// Parentheses within parentheses of a condition.
    public static let conditionDepth = 32

    /// Comparisons in one condition.
    public static let comparisons = 256

    /// Bytes of a file that fills a list or a network.
    public static let file = 16 << 20

    /// Address blocks of all networks, and texts of all lists.
    public static let entries = 500_000

    /// Bytes of the file of a time zone.
    public static let zone = 64 << 10

    /// From when a time zone is compiled when the time is not known: 2026-01-01 00:00 UTC.
    public static let earliestZoneTime: Int64 = 1_767_225_600

    /// Diagnostics of one run; a last one tells how many more there are.
    public static let diagnostics = 100
}
