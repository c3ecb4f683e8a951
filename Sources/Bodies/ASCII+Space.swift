internal import Bytes

extension ASCII {
    /// `isspace` of the C locale: HTAB, LF, VT, FF, CR, SP.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
}
