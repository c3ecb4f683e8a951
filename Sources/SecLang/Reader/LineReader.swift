/// Cuts the text of a rule file into logical lines, as Apache's configuration reader does: a backslash before the end of
/// a line continues it, white space at both ends is dropped, and a line that then begins with `#` is a comment.
struct LineReader {
    private let bytes: [UInt8]
    private let start: Int
    private let log: RuleLog
    private var position = 0

    /// The lines of text `number` of the log.
    init(_ number: Int, _ log: RuleLog) {
        bytes = log.texts.bytes(of: number)
        start = log.texts.start(of: number)
        self.log = log
    }

    /// Whether the text is one that can be cut into lines: without a byte order mark and without NUL.
    func isReadable() -> Bool {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            log.error(
                from: start, to: start + 3, "the file begins with a byte order mark", hint: "save the file without it")
            return false
        }
        if let index = bytes.firstIndex(of: 0) {
            log.error(
                from: start + index, to: start + index + 1, "the file has a byte of value zero",
                hint: "rule files are text")
            return false
        }
        return true
    }

    /// The next line that is neither empty nor a comment; nil at the end.
    mutating func next() -> PlacedText? {
        while position < bytes.count {
            let line = logicalLine().trimmed
            if line.isEmpty { continue }
            if line.bytes[0] == UInt8(ascii: "#") {
                warnOfSwallowed(line)
                continue
            }
            if line.count > SecLangBounds.line {
                log.error(line.before(1), "the line has more than \(SecLangBounds.line) bytes")
                continue
            }
            return line
        }
        return nil
    }

    /// The next line with those that continue it.
    private mutating func logicalLine() -> PlacedText {
        var line = PlacedText(at: start + position)
        while true {
            var end = position
            while end < bytes.count && bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let isLast = end == bytes.count
            var stop = end
            if !isLast && stop > position && bytes[stop - 1] == UInt8(ascii: "\r") { stop -= 1 }
            let continues = stop > position && bytes[stop - 1] == UInt8(ascii: "\\")
            if continues { stop -= 1 }
            for index in position..<stop { line.append(bytes[index], at: start + index) }
            position = min(end + 1, bytes.count)
            if !continues { return line }
            if isLast || position == bytes.count {
                log.error(
                    from: start + stop, to: start + stop + 1, "the file ends where a line is to go on",
                    hint: "remove the '\\', or add what is missing")
                return line
            }
        }
    }

    /// A comment goes on behind a backslash too; a directive on the next line is then part of it.
    private func warnOfSwallowed(_ comment: PlacedText) {
        for index in 1..<comment.count where comment.places[index] > comment.places[index - 1] + 1 {
            let rest = comment.from(index).trimmed
            if rest.word.hasPrefix("sec") || rest.word.hasPrefix("include") {
                let (_, line) = log.texts.line(of: rest.start)
                log.warning(
                    comment.before(index), "this comment goes on with line \(line), which is never read",
                    hint: "remove the '\\' at its end")
                return
            }
        }
    }
}
