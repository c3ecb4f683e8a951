import Bytes

/// The escapes of JavaScript's strings: `\uHHHH`, `\xHH`, octal and single characters.
enum JavaScriptEscapes {
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
            if kind == 0x75, let code = Hexadecimal.four(input, at: index + 2) {
                writer.append(UnicodeMap.foldedToByte(code))
                index += 6
            } else if kind == 0x78, let byte = Hexadecimal.two(input, at: index + 2) {
                writer.append(byte)
                index += 4
            } else if Octal.isDigit(kind) {
                let octal = Octal.read(input, at: index + 1, withinByte: true)
                writer.append(octal.byte)
                index += 1 + octal.digits
            } else {
                writer.append(CEscapes.control(kind) ?? kind)
                index += 2
            }
        }
    }
}
