import Plan
import Policy

/// A policy that a command looks into. It has to compile; certificates and keys are not looked at.
struct ReadablePolicy {
    let plan: Plan

    /// The tests that stand in it.
    let tests: [PolicyTest]

    /// The files that it was read from, and their lines.
    private let fileNames: [String]
    private let lines: [[Substring]]

    /// Compiles the policy in `file`.
    /// - Throws: what is wrong with it.
    init(_ file: String) throws(OperatorError) {
        let text = try PolicyFile(file, limit: PolicyBounds.text + 1).text
        let files = NamedFiles(policy: file)
        let compilation = compile(text, fileName: file, files: files, now: System.now)
        guard let plan = compilation.plan else {
            let errors = compilation.diagnostics.filter { $0.severity == .error }.map(\.description)
            throw OperatorError(errors.joined(separator: "\n"))
        }
        self.init(plan: plan, tests: compilation.tests, text: text, fileName: file, files: files)
    }

    /// A policy that was compiled already.
    init(plan: Plan, tests: [PolicyTest], text: [UInt8], fileName: String, files: NamedFiles) {
        self.plan = plan
        self.tests = tests
        var texts = [text]
        for name in plan.sources.dropFirst() {
            // What could be read a moment ago is only missing where it is shown.
            texts.append((try? files.contents(of: name, limit: PolicyBounds.text)) ?? [])
        }
        lines = texts.map { text in
            String(decoding: text, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        }
        fileNames = [fileName] + plan.sources.dropFirst()
    }

    /// The line at a place, as it stands there; empty where there is none.
    func line(at position: SourcePosition) -> String {
        let file = Int(position.file)
        let number = Int(position.line)
        if file >= lines.count || number == 0 || number > lines[file].count { return "" }
        return String(lines[file][number - 1])
    }

    /// An error at a place.
    func diagnostic(at position: SourcePosition, _ message: String, hint: String?) -> Diagnostic {
        let file = Int(position.file)
        return Diagnostic(
            .error, message, hint: hint, fileName: file < fileNames.count ? fileNames[file] : "",
            line: Int(position.line), column: Int(position.column), length: 1, text: line(at: position))
    }
}
