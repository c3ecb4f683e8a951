import Bytes

/// `%HH`, `+` and `%uHHHH`. What is no valid sequence stays as it is.
enum PercentCoding {
    @_lifetime(writer: copy writer)
    static func decode(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            index = decodeOne(input, at: index, to: &writer)
        }
    }

    @_lifetime(writer: copy writer)
    static func decodeUnicode(
        _ input: Span<UInt8>, from start: Int, map: borrowing UnicodeMap, to writer: inout ByteWriter
    ) {
        var index = start
        while index < input.count {
            if input[index] == 0x25, index + 1 < input.count, input[index + 1] | 0x20 == 0x75 {
                if let code = Hexadecimal.four(input, at: index + 2) {
                    writer.append(map.byte(for: code))
                    index += 6
                } else {
                    writer.append(0x25)
                    writer.append(input[index + 1])
                    index += 2
                }
            } else {
                index = decodeOne(input, at: index, to: &writer)
            }
        }
    }

    @_lifetime(writer: copy writer)
    static func encode(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        for index in start..<input.count {
            let byte = input[index]
            if byte == 0x20 {
                writer.append(0x2b)
            } else if ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2a {
                writer.append(byte)
            } else {
                writer.append(0x25)
                writer.append(ASCII.hexadecimalDigit(byte >> 4))
                writer.append(ASCII.hexadecimalDigit(byte & 15))
            }
        }
    }

    /// Takes one byte or one `%HH`; the index after it.
    @_lifetime(writer: copy writer)
    @inline(__always)
    private static func decodeOne(_ input: Span<UInt8>, at index: Int, to writer: inout ByteWriter) -> Int {
        let byte = input[index]
        if byte == 0x25, let decoded = Hexadecimal.two(input, at: index + 1) {
            writer.append(decoded)
            return index + 3
        }
        writer.append(byte == 0x2b ? 0x20 : byte)
        return index + 1
    }
}
