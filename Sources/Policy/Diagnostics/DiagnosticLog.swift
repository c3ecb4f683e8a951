import Plan

/// Collects what the stages of the compiler find in one text.
final class DiagnosticLog {
    private(set) var source: Source
    private var diagnostics: [(offset: Int, diagnostic: Diagnostic)] = []
    private var dropped = 0
    private(set) var hasErrors = false

    /// The byte that ``position(of:)`` was asked for last, and its column.
    private var last: (offset: Int, column: UInt32) = (0, 1)

    /// Whether a brace is missing, so that what seems to be missing may stand in another block.
    var isTorn = false

    init(_ source: Source) { self.source = source }

    /// Adds a file that the policy includes.
    func append(_ text: [UInt8], fileName: String) { source.append(text, fileName: fileName) }

    /// Reports what makes the policy unusable. Nothing is made of message and hint when the log is full.
    func error(_ span: SourceSpan, _ message: @autoclosure () -> String, hint: @autoclosure () -> String? = nil) {
        hasErrors = true
        if isFull { dropped += 1 } else { add(.error, span, message(), hint()) }
    }

    /// Reports what is doubtful; see ``error(_:_:hint:)``.
    func warning(_ span: SourceSpan, _ message: @autoclosure () -> String, hint: @autoclosure () -> String? = nil) {
        if isFull { dropped += 1 } else { add(.warning, span, message(), hint()) }
    }

    /// The line and column, from 1, and the file of a byte. It costs the way from the byte that was asked for before.
    func position(of offset: Int) -> SourcePosition {
        let line = source.lineStart(of: offset)
        var column: UInt32 = 1
        var from = line.start
        if last.offset >= line.start && last.offset <= offset { (from, column) = last }
        column += UInt32(source.string(SourceSpan(start: from, end: offset)).count)
        last = (offset, column)
        return SourcePosition(line: UInt32(line.number), column: column, file: UInt32(line.file))
    }

    /// Whether further diagnostics are only counted.
    var isFull: Bool { diagnostics.count >= PolicyBounds.diagnostics }

    /// The diagnostics in the order of the text, and how many there are beyond ``PolicyBounds/diagnostics``.
    var sorted: [Diagnostic] {
        var all = diagnostics.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
            .map(\.element.diagnostic)
        if dropped > 0, let last = all.last {
            all.append(
                Diagnostic(
                    hasErrors ? .error : .warning, "\(dropped) more diagnostics are not shown",
                    fileName: last.fileName, line: last.line, column: last.column, length: last.length, text: last.text)
            )
        }
        return all
    }

    /// The end of a compilation that found errors.
    var failure: Compilation { Compilation(plan: nil, tests: [], diagnostics: sorted) }

    private func add(_ severity: Diagnostic.Severity, _ span: SourceSpan, _ message: String, _ hint: String?) {
        let place = source.place(of: span)
        diagnostics.append(
            (
                span.start,
                Diagnostic(
                    severity, message, hint: hint, fileName: place.file, line: place.line, column: place.column,
                    length: place.length, text: place.text)
            ))
    }
}
