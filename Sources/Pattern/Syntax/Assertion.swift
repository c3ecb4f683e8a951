/// What must hold between two bytes.
enum Assertion: UInt32, Sendable {
    /// `\A`, and `^` unless multiline.
    case textStart

    /// `\z`, and `$` unless multiline.
    case textEnd

    /// `\Z`.
    case textEndOrFinalLineFeed

    /// `^` in multiline patterns: at the start and after a line feed, but not after one that ends the text (PCRE2).
    case lineStart

    /// `$` in multiline patterns: at the end and before a line feed.
    case lineEnd

    /// `\b`.
    case wordBoundary

    /// `\B`.
    case noWordBoundary

    /// Whether it holds between what stands before and what stands after.
    func holds(before: Neighbour, after: Neighbour) -> Bool {
        switch self {
        case .textStart: before == .edge
        case .textEnd: after == .edge
        case .textEndOrFinalLineFeed: after == .edge || after == .finalLineFeed
        case .lineStart: before == .edge || before == .lineFeed && after != .edge
        case .lineEnd: after == .edge || after == .lineFeed || after == .finalLineFeed
        case .wordBoundary: (before == .word) != (after == .word)
        case .noWordBoundary: (before == .word) == (after == .word)
        }
    }
}

/// What an assertion sees of the byte on one side.
enum Neighbour: UInt32, BitwiseCopyable, Sendable {
    /// Any byte that is none of the others.
    case other

    /// A letter, a digit or `_`.
    case word

    case lineFeed

    /// A line feed that is the text's last byte; only told apart in programs that ask for it.
    case finalLineFeed

    /// No byte: the start or the end of the text.
    case edge

    /// What `byte` is, its position aside.
    init(_ byte: UInt8) {
        self = byte == 0x0a ? .lineFeed : ByteSet.isWord(byte) ? .word : .other
    }
}
