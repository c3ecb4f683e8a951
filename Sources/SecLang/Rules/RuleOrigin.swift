/// Where something stands in the texts of rules.
public struct RuleOrigin: Hashable, Sendable {
    /// The number of the file among ``RuleSet/files``.
    public let file: Int

    /// The line, from 1.
    public let line: Int

    /// The first byte, and the one behind the last, among those of all texts.
    let places: Range<Int>
}
