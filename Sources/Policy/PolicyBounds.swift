/// How large a policy's text may be. Every bound has a diagnostic of its own.
public enum PolicyBounds {
    /// Bytes of the text.
    public static let text = 4 << 20

    /// Bytes of one line.
    public static let line = 16 << 10

    /// Words, literals and signs.
    public static let tokens = 500_000

    /// Blocks within blocks.
    public static let depth = 16

    /// Diagnostics of one run; a last one tells how many more there are.
    public static let diagnostics = 100
}
