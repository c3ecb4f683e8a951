public import Bytes

extension RequestEntry {
    /// Writes the entry as a line of the access log in combined format, which GoAccess, AWStats and fail2ban read:
    /// `203.0.113.9 - - [23/Nov/2026:18:00:00 +0000] "GET /path?query HTTP/1.1" 200 123 "referer" "user-agent"`.
    ///
    /// Control characters, bytes from 7F up, `"` and `\` are written `\xHH` as nginx does; within the request, blanks
    /// too. A status of 000 means that nothing was answered.
    public func writeCombined(to writer: inout ByteWriter) {
        writer.append(address: client)
        writer.append(" - - [")
        writer.append(combinedTime: time)
        writer.append("] \"")
        writeRequestLine(to: &writer)
        writer.append("\" ")
        writer.append(decimal: UInt64(status), width: 3)
        writer.append(UInt8(ascii: " "))
        writer.append(decimal: bytesOut)
        writer.append(" \"")
        writeField(text(.referer), to: &writer)
        writer.append("\" \"")
        writeField(text(.userAgent), to: &writer)
        writer.append("\"\n")
    }

    private func writeRequestLine(to writer: inout ByteWriter) {
        // What could not be parsed has no method: nothing of it is shown.
        if text(.method).isEmpty {
            writer.append(UInt8(ascii: "-"))
            return
        }
        writer.append(combinedText: text(.method), blanks: false)
        writer.append(UInt8(ascii: " "))
        writer.append(combinedText: text(.path), blanks: false)
        if !text(.query).isEmpty {
            writer.append(UInt8(ascii: "?"))
            writer.append(combinedText: text(.query), blanks: false)
        }
        writer.append(" HTTP/")
        writer.append(httpVersion)
        if version == 20 { writer.append(".0") }
    }

    private func writeField(_ text: Span<UInt8>, to writer: inout ByteWriter) {
        if text.isEmpty {
            writer.append(UInt8(ascii: "-"))
        } else {
            writer.append(combinedText: text, blanks: true)
        }
    }
}

extension ByteWriter {
    /// Appends text as the combined format has it; with `blanks` a blank stands for itself.
    @_lifetime(self: copy self)
    mutating func append(combinedText text: Span<UInt8>, blanks: Bool) {
        let lowest: UInt8 = blanks ? 0x20 : 0x21
        var start = 0
        for index in text.indices {
            let byte = text[index]
            if byte >= lowest && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { continue }
            append(text.extracting(start..<index))
            append("\\x")
            append(ASCII.hexadecimalDigit(byte >> 4))
            append(ASCII.hexadecimalDigit(byte & 15))
            start = index + 1
        }
        append(text.extracting(start..<text.count))
    }
}
