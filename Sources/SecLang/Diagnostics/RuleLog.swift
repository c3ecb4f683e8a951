import Policy

/// Collects what the stages find in the texts of rules.
final class RuleLog {
    private(set) var texts = RuleTexts()
    private(set) var hasErrors = false
    private var diagnostics: [(place: Int, diagnostic: Diagnostic)] = []
    private var dropped = 0

    /// What every message begins with, so that it names the rule: `rule 942100: `.
    var prefix = ""

    /// Adds a text and returns its number.
    func append(_ bytes: [UInt8], name: String) -> Int { texts.append(bytes, name: name) }

    /// Reports what makes the rules unusable.
    func error(_ text: PlacedText, _ message: String, hint: String? = nil) {
        error(from: text.start, to: text.end, message, hint: hint)
    }

    /// Reports what makes the rules unusable, between two places.
    func error(from start: Int, to end: Int, _ message: String, hint: String? = nil) {
        hasErrors = true
        add(.error, start, end, message, hint)
    }

    /// Reports what is doubtful.
    func warning(_ text: PlacedText, _ message: String, hint: String? = nil) {
        add(.warning, text.start, text.end, message, hint)
    }

    /// The diagnostics in the order of the texts, and how many there are beyond ``SecLangBounds/diagnostics``.
    var sorted: [Diagnostic] {
        let all = diagnostics.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map(\.element.diagnostic)
        guard dropped > 0, let last = all.last else { return all }
        return all + [
            Diagnostic(
                hasErrors ? .error : .warning, "\(dropped) more diagnostics are not shown", fileName: last.fileName,
                line: last.line, column: last.column, length: last.length, text: last.text)
        ]
    }

    private func add(_ severity: Diagnostic.Severity, _ start: Int, _ end: Int, _ message: String, _ hint: String?) {
        if diagnostics.count >= SecLangBounds.diagnostics {
            dropped += 1
        } else {
            let diagnostic = texts.diagnostic(severity, prefix + message, hint: hint, from: start, to: end)
            diagnostics.append((start, diagnostic))
        }
    }
}
