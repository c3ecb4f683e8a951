internal import Bytes

/// One field line (RFC 9112 section 5) and its parts, as offsets.
public struct FieldLine: BitwiseCopyable, Sendable {
    /// Where the line, and with it the name, begins.
    public let start: Int
    /// Where the name ends: the place of the colon.
    public let nameEnd: Int
    /// Where the value begins, after the white space before it.
    public let valueStart: Int
    /// Where the value ends, before the white space after it.
    public let valueEnd: Int
    /// Where the next line begins.
    public let end: Int

    /// Whether exactly one space stands before the value and nothing between it and CRLF.
    public let isTight: Bool

    @inlinable
    init(start: Int, nameEnd: Int, valueStart: Int, valueEnd: Int, end: Int, isTight: Bool) {
        self.start = start
        self.nameEnd = nameEnd
        self.valueStart = valueStart
        self.valueEnd = valueEnd
        self.end = end
        self.isTight = isTight
    }

    /// What is wrong with a field line.
    public enum Fault: Error {
        /// The name is empty or holds a byte that is no token byte.
        case name
        /// White space stands between the name and the colon.
        case spaceBeforeColon
        /// The line begins with white space: the obsolete folding, or a smuggled first line.
        case folded
        /// The value holds a control byte.
        case value
        /// A CR without LF.
        case bareCR
        /// An LF without CR.
        case bareLF
        /// The name is longer than the limit.
        case nameTooLong
        /// The value is longer than the limit.
        case valueTooLong
        /// The bytes end before the line does.
        case truncated
    }

    /// Parses the field line that begins at `start`.
    public static func parse(
        _ bytes: Span<UInt8>, at start: Int, limits: HeadLimits
    ) throws(Fault) -> FieldLine {
        var position = ByteSearch.firstNonToken(in: bytes, from: start)
        if position == bytes.count { throw .truncated }
        let nameEnd = position
        if bytes[position] != 0x3a { throw faultOfName(bytes, start, position) }
        if nameEnd == start { throw .name }
        if nameEnd &- start > limits.fieldName { throw .nameTooLong }
        position &+= 1
        while position < bytes.count && isSpace(bytes[position]) { position &+= 1 }
        let valueStart = position
        // Nearly always the first control byte of a line is the CR that ends it.
        position = ByteSearch.firstControl(in: bytes, from: position)
        if position &+ 1 >= bytes.count || bytes[position] != 0x0d || bytes[position &+ 1] != 0x0a {
            position = try endOfValue(bytes, from: position)
        }
        let lineEnd = position
        while position > valueStart && isSpace(bytes[position &- 1]) { position &-= 1 }
        if position &- valueStart > limits.fieldValue { throw .valueTooLong }
        let isTight = valueStart == nameEnd &+ 2 && bytes[nameEnd &+ 1] == 0x20 && lineEnd == position
        return FieldLine(
            start: start, nameEnd: nameEnd, valueStart: valueStart, valueEnd: position, end: lineEnd &+ 2,
            isTight: isTight)
    }

    /// Where the CRLF stands that ends the value, of which `start` is the first control byte.
    @inline(never)
    private static func endOfValue(_ bytes: Span<UInt8>, from start: Int) throws(Fault) -> Int {
        var position = start
        while true {
            if position == bytes.count { throw .truncated }
            switch bytes[position] {
            case 0x09: position = ByteSearch.firstControl(in: bytes, from: position &+ 1)
            case 0x0d:
                if position &+ 1 == bytes.count { throw .truncated }
                if bytes[position &+ 1] != 0x0a { throw .bareCR }
                return position
            case 0x0a: throw .bareLF
            default: throw .value
            }
        }
    }

    /// Why the name in `start..<position` is not followed by a colon.
    private static func faultOfName(_ bytes: Span<UInt8>, _ start: Int, _ position: Int) -> Fault {
        switch bytes[position] {
        case 0x20, 0x09: position == start ? .folded : .spaceBeforeColon
        case 0x0a: .bareLF
        case 0x0d: position + 1 < bytes.count && bytes[position + 1] == 0x0a ? .name : .bareCR
        default: .name
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
