internal import Bytes

/// How much a response matters to the client (RFC 9218 section 4).
public struct Priority: BitwiseCopyable, Equatable, Sendable {
    /// 0, which is served first, to 7.
    public var urgency: UInt8 = 3
    /// Whether parts of it are of use, so that it shares the connection with others of its urgency.
    public var isIncremental: Bool = false

    /// The defaults of RFC 9218.
    public init() {}

    /// Reads a `Priority` field; what it does not say, or says in a way that is not understood, is the default.
    public init(_ field: Span<UInt8>) {
        var position = 0
        while position < field.count {
            let end = ByteSearch.first(0x2c, in: field, from: position)
            take(field.extracting(position..<end))
            position = end + 1
        }
    }

    /// One member of the dictionary: `u=5`, `i`, `i=?0`; parameters behind it mean nothing.
    private mutating func take(_ member: Span<UInt8>) {
        var start = 0
        var end = ByteSearch.first(0x3b, in: member, from: 0)
        while start < end && (member[start] == 0x20 || member[start] == 0x09) { start += 1 }
        while end > start && (member[end - 1] == 0x20 || member[end - 1] == 0x09) { end -= 1 }
        let text = member.extracting(start..<end)
        if text.count == 3 && text[0] == 0x75 && text[1] == 0x3d && text[2] &- 0x30 < 8 {
            urgency = text[2] &- 0x30
        } else if ASCII.equal(text, "i") || ASCII.equal(text, "i=?1") {
            isIncremental = true
        } else if ASCII.equal(text, "i=?0") {
            isIncremental = false
        }
    }
}
