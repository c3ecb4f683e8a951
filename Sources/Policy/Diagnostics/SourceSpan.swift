/// A run of bytes in a policy's text.
struct SourceSpan: Equatable {
    /// The first byte.
    var start: Int

    /// The byte after the last.
    var end: Int

    /// From the start of this to the end of `other`.
    func through(_ other: SourceSpan) -> SourceSpan { SourceSpan(start: start, end: max(end, other.end)) }
}
