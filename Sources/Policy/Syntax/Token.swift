/// A piece of a policy's text: what stands between blanks and signs.
struct Token {
    enum Kind: Equatable {
        /// Bytes without blanks, signs and quotes: a word, a number, an address. What it is, ``Literal`` decides.
        case run

        /// A text in quotes, its escapes resolved.
        case text(String)

        /// One of `{ } [ ] ( ) , = == != < <= > >=`, or a sign that only other languages have: `! & |`.
        case sign(String)

        /// The end of the policy.
        case end
    }

    let kind: Kind
    let span: SourceSpan

    /// Whether it is the first in its line.
    let startsLine: Bool
}
