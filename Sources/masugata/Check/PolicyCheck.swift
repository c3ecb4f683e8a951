import Plan
import Policy
import Sys

/// A policy with everything that was found about it and about the files that it names.
struct PolicyCheck {
    let diagnostics: [Diagnostic]
    let findings: [FileFinding]

    /// Whether it could be served.
    var isGood: Bool {
        !diagnostics.contains { $0.severity == .error } && !findings.contains { $0.isError }
    }

    /// Compiles the policy in `file`, then looks at the files that it names.
    static func run(_ file: String) throws(OperatorError) -> PolicyCheck {
        let files = NamedFiles(policy: file)
        let text: [UInt8]
        do throws(FileFinding) {
            text = try files.policyText(limit: PolicyBounds.text + 1)
        } catch {
            return PolicyCheck(diagnostics: [], findings: [error])
        }
        let compilation = compile(text, fileName: file, files: files, now: System.now)
        return PolicyCheck(
            diagnostics: compilation.diagnostics,
            findings: compilation.plan.map { findings($0, files) } ?? [])
    }

    private static func findings(_ plan: Plan, _ files: NamedFiles) -> [FileFinding] {
        let pairs = PairCheck(files: files, now: System.now)
        return plan.tls.flatMap(\.certificates).flatMap { pairs.findings($0) }
    }

    /// The whole for programs.
    var json: JSONValue {
        .object([
            JSONValue.Member("ok", .flag(isGood)),
            JSONValue.Member(
                "diagnostics",
                .list(
                    diagnostics.map { diagnostic in
                        .object(
                            [
                                JSONValue.Member("severity", .text(diagnostic.severity.rawValue)),
                                JSONValue.Member("file", .text(diagnostic.fileName)),
                                JSONValue.Member("line", .number(UInt64(diagnostic.line))),
                                JSONValue.Member("column", .number(UInt64(diagnostic.column))),
                                JSONValue.Member("length", .number(UInt64(diagnostic.length))),
                                JSONValue.Member("message", .text(diagnostic.message)),
                            ] + (diagnostic.hint.map { [JSONValue.Member("hint", .text($0))] } ?? []))
                    })),
            JSONValue.Member(
                "files",
                .list(
                    findings.map { finding in
                        .object([
                            JSONValue.Member("severity", .text(finding.severity)),
                            JSONValue.Member("file", .text(finding.path)),
                            JSONValue.Member("message", .text(finding.text)),
                        ])
                    })),
        ])
    }
}
