import Bytes

/// Hexadecimal digits, and the transformations that are about them.
enum Hexadecimal {
    /// The value of the two digits at `index`, or nil.
    @inline(__always)
    static func two(_ input: Span<UInt8>, at index: Int) -> UInt8? {
        guard index + 1 < input.count, let high = ASCII.hexadecimalValue(input[index]),
            let low = ASCII.hexadecimalValue(input[index + 1])
        else { return nil }
        return high << 4 | low
    }

    /// The value of the four digits at `index`, or nil.
    static func four(_ input: Span<UInt8>, at index: Int) -> UInt16? {
        guard let high = two(input, at: index), let low = two(input, at: index + 2) else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    @_lifetime(writer: copy writer)
    static func encode(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        for index in input.indices {
            writer.append(ASCII.hexadecimalDigit(input[index] >> 4))
            writer.append(ASCII.hexadecimalDigit(input[index] & 15))
        }
    }

    /// Every pair of bytes becomes one, whether they are digits or not, as mod_security2 has it.
    @_lifetime(writer: copy writer)
    static func decode(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        var index = 0
        while index + 1 < input.count {
            writer.append(looseValue(input[index]) &* 16 &+ looseValue(input[index + 1]))
            index += 2
        }
    }

    /// SQL's `0x414243` becomes `ABC`. The value ends at its first null byte, as a C string does.
    @_lifetime(writer: copy writer)
    static func decodeLiterals(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count && input[index] != 0 {
            if input[index] == 0x30, index + 1 < input.count, input[index + 1] | 0x20 == 0x78,
                two(input, at: index + 2) != nil
            {
                index += 2
                while let byte = two(input, at: index) {
                    if byte == 0 { return }
                    writer.append(byte)
                    index += 2
                }
                if index == input.count || input[index] == 0 { return }
            }
            writer.append(input[index])
            index += 1
        }
    }

    private static func looseValue(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 ? (byte & 0xdf) &- 0x41 &+ 10 : byte &- 0x30
    }
}
