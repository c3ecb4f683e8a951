import Bytes

/// The escapes of ANSI C's strings. A backslash before anything else is dropped.
enum CEscapes {
    @_lifetime(writer: copy writer)
    static func decode(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            guard input[index] == 0x5c, index + 1 < input.count else {
                writer.append(input[index])
                index += 1
                continue
            }
            let kind = input[index + 1]
            if let control = control(kind) {
                writer.append(control)
                index += 2
            } else if kind | 0x20 == 0x78, let byte = Hexadecimal.two(input, at: index + 2) {
                writer.append(byte)
                index += 4
            } else if Octal.isDigit(kind) {
                let octal = Octal.read(input, at: index + 1, withinByte: false)
                writer.append(octal.byte)
                index += 1 + octal.digits
            } else {
                writer.append(kind)
                index += 2
            }
        }
    }

    /// The control character that a letter after a backslash stands for.
    static func control(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 0x61: 0x07
        case 0x62: 0x08
        case 0x66: 0x0c
        case 0x6e: 0x0a
        case 0x72: 0x0d
        case 0x74: 0x09
        case 0x76: 0x0b
        default: nil
        }
    }
}

/// Up to three octal digits after a backslash.
enum Octal {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 8 }

    /// The digits at `index`, of which there is at least one. When the value has to fit into a byte, three digits
    /// above 377 are read as two; otherwise the high bits are lost.
    static func read(_ input: Span<UInt8>, at index: Int, withinByte: Bool) -> (byte: UInt8, digits: Int) {
        let limit = withinByte && input[index] > 0x33 ? 2 : 3
        var value: UInt8 = 0
        var digits = 0
        while digits < limit && index + digits < input.count && isDigit(input[index + digits]) {
            value = value &<< 3 | (input[index + digits] &- 0x30)
            digits += 1
        }
        return (value, digits)
    }
}
