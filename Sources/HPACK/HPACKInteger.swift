internal import Bytes

/// Integers with a prefix of less than a byte (RFC 7541 section 5.1).
enum HPACKInteger {
    /// The largest value that is read: beyond every length and index that can occur.
    static var largest: Int { 1 << 28 - 1 }

    /// Reads the integer whose first byte is at `position`, in the low `prefix` bits, and moves behind it.
    static func read(_ block: Span<UInt8>, at position: inout Int, prefix: Int) throws(HPACKFault) -> Int {
        if position >= block.count { throw .truncated }
        let mask = UInt8(truncatingIfNeeded: 1 &<< prefix &- 1)
        let first = block[position] & mask
        position &+= 1
        if first < mask { return Int(first) }
        var value = Int(mask)
        var shift = 0
        while true {
            if position >= block.count { throw .truncated }
            let byte = block[position]
            position &+= 1
            // Four more bytes hold 28 bits; a fifth would only be zeros in front, or too large.
            if shift > 21 { throw .integer }
            value &+= Int(byte & 0x7f) &<< shift
            if value > largest { throw .integer }
            if byte & 0x80 == 0 { return value }
            shift &+= 7
        }
    }

    /// Writes `value` behind the bits `pattern` of its first byte, of which the low `prefix` are free.
    @_lifetime(writer: copy writer)
    static func write(_ value: Int, prefix: Int, pattern: UInt8, to writer: inout ByteWriter) {
        let mask = 1 &<< prefix &- 1
        if value < mask {
            writer.append(pattern | UInt8(truncatingIfNeeded: value))
            return
        }
        writer.append(pattern | UInt8(truncatingIfNeeded: mask))
        var rest = value &- mask
        while rest >= 0x80 {
            writer.append(0x80 | UInt8(truncatingIfNeeded: rest & 0x7f))
            rest &>>= 7
        }
        writer.append(UInt8(truncatingIfNeeded: rest))
    }
}
