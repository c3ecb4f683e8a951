/// Cuts a line into the words of a directive, as Apache's configuration reader does.
///
/// Words are separated by white space. One that begins with `"` or `'` goes to the next such quote, which a backslash
/// keeps from ending it. `\\` is one backslash in every word; before other bytes a backslash stands for itself.
struct ArgumentReader {
    private let line: PlacedText
    private let log: RuleLog
    private var position = 0

    init(_ line: PlacedText, _ log: RuleLog) {
        self.line = line
        self.log = log
    }

    /// All words; nil when one is not what it should be.
    mutating func words() -> [PlacedText]? {
        var words: [PlacedText] = []
        while true {
            skipBlanks()
            if position == line.count { return words }
            if words.count > SecLangBounds.arguments {
                log.error(line.from(position), "there are more than \(SecLangBounds.arguments) arguments")
                return nil
            }
            let byte = line.bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                guard let word = quoted(byte) else { return nil }
                words.append(word)
            } else {
                words.append(plain())
            }
        }
    }

    private mutating func skipBlanks() {
        while position < line.count && PlacedText.isBlank(line.bytes[position]) { position += 1 }
    }

    private mutating func plain() -> PlacedText {
        var word = PlacedText(at: line.places[position])
        while position < line.count && !PlacedText.isBlank(line.bytes[position]) { take(into: &word, quote: nil) }
        return word
    }

    private mutating func quoted(_ quote: UInt8) -> PlacedText? {
        let opening = position
        position += 1
        var word = PlacedText(at: line.places[opening] + 1)
        while position < line.count && line.bytes[position] != quote { take(into: &word, quote: quote) }
        if position == line.count {
            let mark = String(decoding: [quote], as: UTF8.self)
            log.error(
                line[opening..<(opening + 1)], "the quotes that open here are not closed",
                hint: "add \(mark), or write \\\(mark) for one that belongs to the text")
            return nil
        }
        position += 1
        if position < line.count && !PlacedText.isBlank(line.bytes[position]) {
            log.error(
                line[position..<(position + 1)], "nothing but white space may follow the quotes that close before this",
                hint: "write a '\\' before quotes that belong to the text")
            return nil
        }
        return word
    }

    private mutating func take(into word: inout PlacedText, quote: UInt8?) {
        let backslash = UInt8(ascii: "\\")
        if line.bytes[position] == backslash, position + 1 < line.count {
            let next = line.bytes[position + 1]
            if next == backslash || next == quote { position += 1 }
        }
        word.append(line.bytes[position], at: line.places[position])
        position += 1
    }
}
