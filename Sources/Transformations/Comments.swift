import Bytes

/// Comments of C, HTML, SQL and the shell.
enum Comments {
    /// Each C comment becomes one space, also one that is not closed.
    @_lifetime(writer: copy writer)
    static func replace(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            if has("/*", input, at: index) {
                index = end(of: "*/", input, from: index + 2) ?? input.count
                writer.append(0x20)
            } else {
                writer.append(input[index])
                index += 1
            }
        }
    }

    /// Comments of C and HTML, and everything after `--` or `#`.
    ///
    /// As in mod_security2: the byte after a comment is copied without a look, where the value ends a null byte in its
    /// place, and a comment that is not closed becomes a space.
    @_lifetime(writer: copy writer)
    static func remove(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            let opening = has("/*", input, at: index) ? 2 : has("<!--", input, at: index) ? 4 : 0
            if opening > 0 {
                guard let end = endOfAny(input, from: index + opening) else { return writer.append(0x20) }
                writer.append(end < input.count ? input[end] : 0)
                index = end + 1
            } else if has("--", input, at: index) || input[index] == 0x23 {
                return
            } else {
                writer.append(input[index])
                index += 1
            }
        }
    }

    /// The marks alone, of which the text between stays.
    @_lifetime(writer: copy writer)
    static func removeMarks(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var index = start
        while index < input.count {
            let length = markLength(input, at: index)
            if length == 0 { writer.append(input[index]) }
            index += max(length, 1)
        }
    }

    private static func markLength(_ input: Span<UInt8>, at index: Int) -> Int {
        switch input[index] {
        case 0x23: 1
        case 0x2f: has("/*", input, at: index) ? 2 : 0
        case 0x2a: has("*/", input, at: index) ? 2 : 0
        case 0x3c: has("<!--", input, at: index) ? 4 : 0
        case 0x2d: has("-->", input, at: index) ? 3 : has("--", input, at: index) ? 2 : 0
        default: 0
        }
    }

    @inline(__always)
    private static func has(_ mark: StaticString, _ input: Span<UInt8>, at index: Int) -> Bool {
        let mark = mark.bytes
        if index + mark.count > input.count || input[index] != mark[0] { return false }
        for offset in 1..<mark.count where input[index + offset] != mark[offset] { return false }
        return true
    }

    private static func end(of mark: StaticString, _ input: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < input.count {
            if has(mark, input, at: index) { return index + mark.bytes.count }
            index += 1
        }
        return nil
    }

    /// The end of the first `*/` or `-->`.
    private static func endOfAny(_ input: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < input.count {
            if has("*/", input, at: index) { return index + 2 }
            if has("-->", input, at: index) { return index + 3 }
            index += 1
        }
        return nil
    }
}
