/// A policy's text with its lines.
struct Source {
    let fileName: String
    let text: [UInt8]
    private let lineStarts: [Int]

    init(text: [UInt8], fileName: String) {
        self.text = text
        self.fileName = fileName
        var starts = [0]
        // The lines of a text that is too long are never asked for.
        for (index, byte) in text.prefix(PolicyBounds.text).enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        lineStarts = starts
    }

    /// Where a span stands, for a reader: line and character from 1, how many characters of that line, and the line.
    func place(of span: SourceSpan) -> (line: Int, column: Int, length: Int, text: String) {
        let number = lineNumber(of: span.start)
        let range = lineRange(number)
        let start = min(span.start, range.upperBound)
        let end = min(max(span.end, start), range.upperBound)
        let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + PolicyBounds.line)
        return (
            number + 1, characters(range.lowerBound..<start) + 1, max(characters(start..<end), 1),
            String(decoding: text[shown], as: UTF8.self)
        )
    }

    /// The line of a byte, from 1.
    func line(of offset: Int) -> Int { lineNumber(of: offset) + 1 }

    /// The bytes of a span as text.
    func string(_ span: SourceSpan) -> String { String(decoding: text[span.start..<span.end], as: UTF8.self) }

    /// Whether the text is one that the lexer can read: not too long, no too long line, UTF-8, no control characters.
    func isReadable(_ log: DiagnosticLog) -> Bool {
        if text.count > PolicyBounds.text {
            log.error(SourceSpan(start: 0, end: 0), "the policy has more than \(PolicyBounds.text) bytes")
            return false
        }
        for number in lineStarts.indices where lineRange(number).count > PolicyBounds.line {
            let start = lineStarts[number]
            log.error(SourceSpan(start: start, end: start), "the line has more than \(PolicyBounds.line) bytes")
            return false
        }
        if let offset = firstInvalidByte() {
            log.error(
                SourceSpan(start: offset, end: offset + 1), "the text is not valid UTF-8 here",
                hint: "save the policy as UTF-8")
            return false
        }
        return hasOnlyPlainCharacters(log)
    }

    private func hasOnlyPlainCharacters(_ log: DiagnosticLog) -> Bool {
        var offset = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            let span = SourceSpan(start: offset, end: offset + UTF8.width(scalar))
            offset = span.end
            if scalar.value == 0xfeff && span.start == 0 {
                log.error(span, "the text begins with a byte order mark", hint: "save the policy without it")
            } else if Diagnostic.isHarmful(scalar) && !"\n\r\t".unicodeScalars.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let code = String(repeating: "0", count: max(4 - digits.count, 0)) + digits
                log.error(span, "the control character U+\(code) is not allowed", hint: "remove it")
            } else {
                continue
            }
            return false
        }
        return true
    }

    /// The index of the line with this byte, by bisection.
    private func lineNumber(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line without its end.
    private func lineRange(_ number: Int) -> Range<Int> {
        let start = lineStarts[number]
        var end = number + 1 < lineStarts.count ? lineStarts[number + 1] - 1 : text.count
        if end > start && text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    private func characters(_ range: Range<Int>) -> Int { String(decoding: text[range], as: UTF8.self).count }

    private func firstInvalidByte() -> Int? {
        var decoder = UTF8()
        var bytes = text.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
