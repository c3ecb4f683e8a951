/// A key in a ``KeySet``.
struct KeyMark: BitwiseCopyable {
    var hash: UInt64 = 0
    /// The text that the mark belongs to; the place of any other text is as good as empty.
    var epoch: UInt32 = 0
}
