/// A text with `*` for any run of bytes.
public struct TextPattern: Equatable, Sendable {
    private let pattern: [UInt8]

    /// The pattern `text`. With `isPrefix`, a text without `*` stands for everything that begins with it.
    public init(_ text: String, isPrefix: Bool = false) {
        var pattern = Array(text.utf8)
        if isPrefix && !pattern.contains(UInt8(ascii: "*")) { pattern.append(UInt8(ascii: "*")) }
        self.pattern = pattern
    }

    /// Whether the whole of `text` is like the pattern. Its time grows with the product of the two lengths at most.
    public func matches(_ text: [UInt8]) -> Bool {
        var position = 0
        var next = 0
        // Where to go on when what follows the last asterisk does not fit: the asterisk takes one byte more.
        var retry: (pattern: Int, text: Int)?
        while position < text.count {
            if next < pattern.count && pattern[next] == UInt8(ascii: "*") {
                next += 1
                retry = (next, position)
            } else if next < pattern.count && pattern[next] == text[position] {
                next += 1
                position += 1
            } else if let last = retry {
                next = last.pattern
                position = last.text + 1
                retry = (last.pattern, position)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
