/// The line that ends a head or a trailer section.
enum EmptyLine {
    /// Whether CRLF stands at `position`.
    static func stands(in bytes: Span<UInt8>, at position: Int) -> Bool {
        position &+ 1 < bytes.count && bytes[position] == 0x0d && bytes[position &+ 1] == 0x0a
    }
}
