internal import Bytes

/// Walks over the members of a comma-separated list (RFC 9110 section 5.6.1); empty members are passed over.
///
/// Quoted strings are not looked into: the cursor is for lists of tokens and of tokens with parameters that hold
/// no comma.
public struct ListCursor: BitwiseCopyable {
    private let end: Int
    private var position: Int

    /// Where the current member begins.
    public private(set) var memberStart: Int

    /// Where the current member ends, white space behind it not included.
    public private(set) var memberEnd: Int

    /// Stands before the first member of the list that lies in `from..<end` of some bytes.
    public init(end: Int, from: Int = 0) {
        self.end = end
        position = from
        memberStart = from
        memberEnd = from
    }

    /// Goes on to the next member of the list in `bytes`; false when there is none.
    public mutating func advance(in bytes: Span<UInt8>) -> Bool {
        while position < end {
            while position < end && ListCursor.isSeparator(bytes[position]) { position &+= 1 }
            memberStart = position
            while position < end && bytes[position] != 0x2c { position &+= 1 }
            memberEnd = position
            while memberEnd > memberStart && ListCursor.isSeparator(bytes[memberEnd &- 1]) { memberEnd &-= 1 }
            if memberEnd > memberStart { return true }
        }
        return false
    }

    /// Whether `member` is a token.
    public static func isToken(_ member: Span<UInt8>) -> Bool {
        for index in member.indices where !ASCII.isToken(member[index]) { return false }
        return member.count > 0
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2c || byte == 0x20 || byte == 0x09 }
}
