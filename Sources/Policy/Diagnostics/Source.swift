/// A policy's text with its lines: that of the main file, and behind it those of the files it includes, so that a place
/// is one number whatever file it is in.
struct Source {
    /// One file of the policy.
    private struct File {
        let name: String

        /// Its bytes in ``Source/text``. A byte that belongs to no file stands before the next one.
        let range: Range<Int>

        /// Where its lines begin.
        let lineStarts: [Int]

        /// The index of the line with this byte, by bisection.
        func lineNumber(of offset: Int) -> Int {
            var low = 0
            var high = lineStarts.count
            while high - low > 1 {
                let middle = (low + high) / 2
                if lineStarts[middle] <= offset { low = middle } else { high = middle }
            }
            return low
        }
    }

    private(set) var text: [UInt8] = []
    private var files: [File] = []

    /// The text of the main file.
    init(text: [UInt8], fileName: String) { append(text, fileName: fileName) }

    /// Adds a file, which becomes the last.
    mutating func append(_ content: [UInt8], fileName: String) {
        if !files.isEmpty { text.append(UInt8(ascii: "\n")) }
        let start = text.count
        text += content
        var lineStarts = [start]
        // The lines of a text that is too long are never asked for.
        for index in start..<min(text.count, start + PolicyBounds.text) where text[index] == UInt8(ascii: "\n") {
            lineStarts.append(index + 1)
        }
        files.append(File(name: fileName, range: start..<text.count, lineStarts: lineStarts))
    }

    /// The names of the files, the main one first.
    var fileNames: [String] { files.map(\.name) }

    /// The bytes of the last file.
    var lastFile: Range<Int> { files[files.count - 1].range }

    /// The number of the file that a byte is in.
    func file(of offset: Int) -> Int { files.lastIndex { $0.range.lowerBound <= offset } ?? 0 }

    /// Where a span stands, for a reader: file, line and character from 1, how many characters of that line, and the
    /// line.
    func place(of span: SourceSpan) -> (file: String, line: Int, column: Int, length: Int, text: String) {
        let file = files[file(of: span.start)]
        let number = file.lineNumber(of: span.start)
        let range = lineRange(number, of: file)
        let start = min(span.start, range.upperBound)
        let end = min(max(span.end, start), range.upperBound)
        let shown = range.lowerBound..<min(range.upperBound, range.lowerBound + PolicyBounds.line)
        return (
            file.name, number + 1, characters(range.lowerBound..<start) + 1, max(characters(start..<end), 1),
            String(decoding: text[shown], as: UTF8.self)
        )
    }

    /// The first byte of the line of a byte, its number from 1, and that of its file.
    func lineStart(of offset: Int) -> (start: Int, number: Int, file: Int) {
        let file = file(of: offset)
        let line = files[file].lineNumber(of: offset)
        return (files[file].lineStarts[line], line + 1, file)
    }

    /// The line of a byte, from 1, for a reader; with the file when it is not the main one.
    func line(of offset: Int) -> String {
        let number = file(of: offset)
        let line = files[number].lineNumber(of: offset) + 1
        return number == 0 ? String(line) : "\(line) of \(files[number].name)"
    }

    /// The bytes of a span as text.
    func string(_ span: SourceSpan) -> String { String(decoding: text[span.start..<span.end], as: UTF8.self) }

    /// Whether the last file is one that the lexer can read: not too long, no too long line, UTF-8, no control
    /// characters.
    func isReadable(_ log: DiagnosticLog) -> Bool {
        let file = files[files.count - 1]
        if file.range.count > PolicyBounds.text {
            log.error(
                SourceSpan(start: file.range.lowerBound, end: file.range.lowerBound),
                "the policy has more than \(PolicyBounds.text) bytes")
            return false
        }
        for (number, start) in file.lineStarts.enumerated()
        where lineRange(number, of: file).count > PolicyBounds.line {
            log.error(SourceSpan(start: start, end: start), "the line has more than \(PolicyBounds.line) bytes")
            return false
        }
        if let offset = firstInvalidByte(file.range) {
            log.error(
                SourceSpan(start: offset, end: offset + 1), "the text is not valid UTF-8 here",
                hint: "save the policy as UTF-8")
            return false
        }
        return hasOnlyPlainCharacters(file.range, log)
    }

    private func hasOnlyPlainCharacters(_ range: Range<Int>, _ log: DiagnosticLog) -> Bool {
        var offset = range.lowerBound
        for scalar in String(decoding: text[range], as: UTF8.self).unicodeScalars {
            let span = SourceSpan(start: offset, end: offset + UTF8.width(scalar))
            offset = span.end
            if scalar.value == 0xfeff && span.start == range.lowerBound {
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

    /// The bytes of a line without its end.
    private func lineRange(_ number: Int, of file: File) -> Range<Int> {
        let start = file.lineStarts[number]
        var end = number + 1 < file.lineStarts.count ? file.lineStarts[number + 1] - 1 : file.range.upperBound
        if end > start && text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    private func characters(_ range: Range<Int>) -> Int { String(decoding: text[range], as: UTF8.self).count }

    private func firstInvalidByte(_ range: Range<Int>) -> Int? {
        var decoder = UTF8()
        var bytes = text[range].makeIterator()
        var offset = range.lowerBound
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
