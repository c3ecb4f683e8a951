/// The measures of the canonical form, in characters.
public enum FormatStyle {
    /// What one level is indented by.
    public static let indentation = 2

    /// A wider line is broken where that is possible.
    public static let width = 120

    /// What stands between two settings of one line, and before a comment at the end of a line.
    static let separation = 2

    /// Neighbouring lines whose widths differ more are not put into columns.
    static let spread = 40
}
