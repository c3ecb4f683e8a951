/// What became of a policy that was to be formatted: its canonical form, unless its syntax is wrong.
public struct Formatting: Sendable {
    /// The text in canonical form; nil when there is any diagnostic.
    public let text: [UInt8]?

    /// What is wrong with the syntax, in the order of the text.
    public let diagnostics: [Diagnostic]
}

/// Writes the policy in `text`, or a part of one, in canonical form. `fileName` is what diagnostics call it; nothing is
/// opened.
///
/// The canonical form has two spaces for each level, one blank line at most, commas in lists, `#` before comments, and
/// columns where neighbouring lines are alike. It keeps every comment, the grouping by blank lines, and the lines as
/// they were broken, unless one is wider than ``FormatStyle/width``. Formatting it again changes nothing.
///
/// Only the syntax has to be right: names that are not defined here may be defined in the file that includes this one.
/// The meaning never changes: what was written is read again, and refused if it reads differently.
public func format(_ text: [UInt8], fileName: String) -> Formatting {
    let log = DiagnosticLog(Source(text: text, fileName: fileName))
    guard let script = Script(log) else { return Formatting(text: nil, diagnostics: log.sorted) }
    var layout = Layout(script)
    layout.fit(width: FormatStyle.width)
    let result = layout.text
    let again = DiagnosticLog(Source(text: result, fileName: fileName))
    if let difference = script.firstDifference(from: Script(again)) {
        log.error(difference, "canonical form would change the meaning here", hint: "leave this part as it is")
        return Formatting(text: nil, diagnostics: log.sorted)
    }
    return Formatting(text: result, diagnostics: [])
}
