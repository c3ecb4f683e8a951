import Bytes

/// Null bytes: gone, or a space instead.
enum Nulls {
    @_lifetime(writer: copy writer)
    static func remove(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        for index in start..<input.count where input[index] != 0 { writer.append(input[index]) }
    }

    @_lifetime(writer: copy writer)
    static func replace(_ input: Span<UInt8>, from start: Int, to writer: inout ByteWriter) {
        for index in start..<input.count { writer.append(input[index] == 0 ? 0x20 : input[index]) }
    }
}
