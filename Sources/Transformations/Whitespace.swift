import Bytes

/// Space as C's `isspace` has it: tab to carriage return, and space; where said, also the no-break space of Latin-1.
enum Whitespace {
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    @inline(__always)
    static func isSpaceOrNoBreak(_ byte: UInt8) -> Bool { isSpace(byte) || byte == 0xa0 }

    @_lifetime(writer: copy writer)
    static func remove(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        for index in start..<input.count where !isSpaceOrNoBreak(input[index]) { writer.append(input[index]) }
    }

    /// Each run becomes one space.
    @_lifetime(writer: copy writer)
    static func compress(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        var inRun = false
        for index in start..<input.count {
            let isSpace = isSpaceOrNoBreak(input[index])
            if !isSpace { writer.append(input[index]) } else if !inRun { writer.append(0x20) }
            inRun = isSpace
        }
    }

    /// Whether there is nothing to trim.
    static func isTrimmed(_ input: Span<UInt8>, _ side: Transformation) -> Bool {
        if input.isEmpty { return true }
        return (side == .trimRight || !isSpace(input[0])) && (side == .trimLeft || !isSpace(input[input.count - 1]))
    }

    @_lifetime(writer: copy writer)
    static func trim(_ input: Span<UInt8>, _ side: Transformation, to writer: inout ByteWriter) {
        var start = 0
        var end = input.count
        if side != .trimRight {
            while start < end && isSpace(input[start]) { start += 1 }
        }
        if side != .trimLeft {
            while end > start && isSpace(input[end - 1]) { end -= 1 }
        }
        writer.append(input.extracting(start..<end))
    }
}
