import Bytes

/// What shells ignore is taken away: quotes, backslashes and carets; runs of space, `,` and `;` become one space, which
/// is dropped before `/` and `(`; letters become lower case.
enum CommandLineText {
    @_lifetime(writer: copy writer)
    static func simplify(_ input: Span<UInt8>, to writer: inout ByteWriter) {
        var spaceIsDue = false
        for index in input.indices {
            let byte = input[index]
            switch byte {
            case 0x22, 0x27, 0x5c, 0x5e:
                break
            case 0x20, 0x2c, 0x3b, 0x09, 0x0d, 0x0a:
                spaceIsDue = true
            default:
                if spaceIsDue && byte != 0x2f && byte != 0x28 { writer.append(0x20) }
                spaceIsDue = false
                writer.append(ASCII.lowercased(byte))
            }
        }
        if spaceIsDue { writer.append(0x20) }
    }
}
