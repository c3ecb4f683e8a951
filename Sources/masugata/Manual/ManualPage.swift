/// Writes mdoc(7): a line for each sentence, and nothing in it that the formatter would take for its own.
struct ManualPage {
    private(set) var lines: [String] = []

    /// The whole page.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// A macro with one text, which is kept together; `name` may be several macros.
    mutating func macro(_ name: String, _ text: String? = nil) {
        lines.append(".\(name)" + (text.map { " " + ManualPage.argument($0) } ?? ""))
    }

    /// A line of macros that is written as it stands.
    mutating func raw(_ line: String) { lines.append(line) }

    /// Sentences, each in a line of its own. Words between backquotes are set as the policy writes them.
    mutating func sentences(_ text: String) {
        for sentence in ManualPage.sentences(of: text) { add(sentence) }
    }

    /// Lines that keep their breaks and their font: a piece of a policy.
    mutating func display(_ text: String) {
        raw(".Bd -literal -offset indent")
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(ManualPage.escaped(String(line)))
        }
        macro("Ed")
    }

    // MARK: Text

    /// Adds a sentence; what stands between backquotes becomes a macro line of its own.
    private mutating func add(_ sentence: String) {
        let parts = sentence.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        for (index, part) in parts.enumerated() {
            if index % 2 == 1 {
                add(literal: part, next: index + 1 < parts.count ? parts[index + 1] : "")
            } else {
                let text = index == 0 ? part : ManualPage.withoutLeadingSigns(part)
                let words = ManualPage.trimmed(text)
                if !words.isEmpty { addFilled(words) }
            }
        }
    }

    /// Adds a text in lines of at most ``ManualPage/width`` bytes.
    private mutating func addFilled(_ text: String) {
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty && line.utf8.count + word.utf8.count >= ManualPage.width {
                lines.append(ManualPage.escaped(line))
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        lines.append(ManualPage.escaped(line))
    }

    /// Bytes of a line of text; escapes may make it longer.
    private static let width = 76

    /// Adds `.Ql text` with the signs of the sentence that follow it without a blank.
    private mutating func add(literal: String, next: String) {
        let signs = next.prefix { ManualPage.signs.contains($0) }.map { " \($0)" }.joined()
        lines.append(".Ql \(ManualPage.argument(literal))\(signs)")
    }

    /// Signs that the formatter puts behind what stands before them.
    private static let signs: Set<Character> = [".", ",", ":", ";", ")"]

    private static func withoutLeadingSigns(_ text: String) -> String { String(text.drop { signs.contains($0) }) }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The sentences of a text: they end with a full stop and a blank that are not between backquotes.
    private static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var isLiteral = false
        for character in text {
            if character == "`" { isLiteral.toggle() }
            if (character == " " || character == "\n") && !isLiteral && current.last == "." {
                sentences.append(current)
                current = ""
            } else {
                current.append(character == "\n" ? " " : character)
            }
        }
        if !current.isEmpty { sentences.append(current) }
        return sentences
    }

    /// An argument of a macro, in quotes where it has blanks or could be taken for a macro.
    private static func argument(_ text: String) -> String {
        let needsQuotes = text.isEmpty || text.contains(" ") || text.contains("\"") || isMacroLike(text)
        let quoted = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return needsQuotes ? "\"\(escaped(quoted, atStart: false))\"" : escaped(text, atStart: false)
    }

    /// Whether a word could be a macro (two or three letters, the first in upper case) or is a sign of its own.
    private static func isMacroLike(_ text: String) -> Bool {
        text.count == 1 || ((2...3).contains(text.count) && text.first?.isUppercase == true)
    }

    /// Text in which nothing is a request, an escape or a hyphen that may break.
    private static func escaped(_ text: String, atStart: Bool = true) -> String {
        var result = atStart && (text.first == "." || text.first == "'") ? "\\&" : ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            default: result.append(character)
            }
        }
        return result
    }
}
