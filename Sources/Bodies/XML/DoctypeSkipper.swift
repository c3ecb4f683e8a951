/// Finds the end of a document type declaration (XML 1.0 section 2.8): past quoted strings, the internal subset, and
/// comments and processing instructions in it.
struct DoctypeSkipper: BitwiseCopyable {
    private enum Inside: UInt8 {
        case markup, comment, instruction
    }

    private var inside = Inside.markup
    private var quote: UInt8 = 0
    /// The last four bytes, the latest lowest.
    private var recent: UInt32 = 0
    private(set) var inSubset = false
    private(set) var hasSubset = false
    /// Bytes so far.
    private(set) var count = 0

    /// Takes the next byte; true when the declaration ends with it.
    mutating func take(_ byte: UInt8) -> Bool {
        count &+= 1
        recent = recent << 8 | UInt32(byte)
        switch inside {
        case .comment:
            if recent & 0xff_ffff == 0x2d_2d3e { leave() }
        case .instruction:
            if recent & 0xffff == 0x3f3e { leave() }
        case .markup:
            if quote != 0 {
                if byte == quote { quote = 0 }
                return false
            }
            return takeMarkup(byte)
        }
        return false
    }

    private mutating func takeMarkup(_ byte: UInt8) -> Bool {
        if recent == 0x3c21_2d2d {
            enter(.comment)
        } else if recent & 0xffff == 0x3c3f {
            enter(.instruction)
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            quote = byte
        } else if byte == UInt8(ascii: "[") {
            inSubset = true
            hasSubset = true
        } else if byte == UInt8(ascii: "]") {
            inSubset = false
        }
        return byte == UInt8(ascii: ">") && !inSubset
    }

    private mutating func enter(_ place: Inside) {
        inside = place
        recent = 0
    }

    private mutating func leave() {
        inside = .markup
        recent = 0
    }
}
