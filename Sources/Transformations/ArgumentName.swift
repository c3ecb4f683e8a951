import Bytes

/// The name under which PHP puts an argument into its tables: spaces before it are gone, `.` and space become `_`, what
/// follows the brackets is dropped, and an opening bracket without a closing one becomes `_`.
enum ArgumentName {
    @_lifetime(writer: copy writer)
    static func mangle(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        let end = ByteSearch.first(0, in: input, from: 0)
        var index = 0
        while index < end && input[index] == 0x20 { index += 1 }
        if index < end && input[index] == 0x5b { return }
        while index < end && input[index] != 0x5b {
            let byte = input[index]
            writer.append(byte == 0x2e || byte == 0x20 ? 0x5f : byte)
            index += 1
        }
        var isFirst = true
        while index < end && input[index] == 0x5b {
            let closing = ByteSearch.first(0x5d, in: input, from: index)
            if closing >= end {
                if isFirst {
                    writer.append(0x5f)
                    writer.append(input.extracting(index + 1..<end))
                }
                return
            }
            writer.append(0x5b)
            var start = index + 1
            if Whitespace.isSpace(input[start]) { start += 1 }
            writer.append(input.extracting(start..<closing))
            writer.append(0x5d)
            isFirst = false
            index = closing + 1
        }
    }
}
