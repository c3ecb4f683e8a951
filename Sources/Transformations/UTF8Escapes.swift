import Bytes

/// Characters beyond ASCII as `%uHHHH`, with more digits where four are not enough.
///
/// As in mod_security2: null bytes and first bytes without what has to follow are dropped; stray bytes stay; the first
/// byte of an overlong form or of a surrogate stands again after its code.
enum UTF8Escapes {
    @_lifetime(writer: copy writer)
    static func encode(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            let first = input[index]
            let length = sequenceLength(first)
            if length == 1 {
                if first != 0 { writer.append(first) }
                index += 1
                continue
            }
            if first >= 0xf5 { writer.append(first) }
            guard hasContinuations(input, at: index, length) else {
                index += 1
                continue
            }
            let code = codePoint(input, at: index, length)
            write(code, to: &writer)
            if 0xd800...0xdfff ~= code || isOverlong(code, length) { writer.append(first) }
            index += length
        }
    }

    private static func sequenceLength(_ first: UInt8) -> Int {
        switch first {
        case 0xc0...0xdf: 2
        case 0xe0...0xef: 3
        case 0xf0...0xf7: 4
        default: 1
        }
    }

    private static func hasContinuations(_ input: Span<UInt8>, at index: Int, _ length: Int) -> Bool {
        if index + length > input.count { return false }
        for offset in 1..<length where input[index + offset] & 0xc0 != 0x80 { return false }
        return true
    }

    private static func codePoint(_ input: Span<UInt8>, at index: Int, _ length: Int) -> UInt32 {
        var code = UInt32(input[index] & (0x7f >> UInt8(length)))
        for offset in 1..<length { code = code << 6 | UInt32(input[index + offset] & 0x3f) }
        return code
    }

    private static func isOverlong(_ code: UInt32, _ length: Int) -> Bool {
        switch length {
        case 2: code < 0x80
        case 3: code < 0x800
        default: code < 0x10000
        }
    }

    @_lifetime(writer: copy writer)
    private static func write(_ code: UInt32, to writer: inout ByteWriter) {
        writer.append("%u")
        var shift: UInt32 = code > 0xfffff ? 20 : code > 0xffff ? 16 : 12
        while true {
            writer.append(ASCII.hexadecimalDigit(UInt8(code >> shift & 15)))
            if shift == 0 { return }
            shift -= 4
        }
    }
}
