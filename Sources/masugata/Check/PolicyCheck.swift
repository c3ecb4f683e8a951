import Plan
import Policy
import Sys

/// A policy with everything that was found about it, by its tests, and about the files that it names.
struct PolicyCheck {
    let diagnostics: [Diagnostic]
    let findings: [FileFinding]

    /// How many tests the policy has; they were run if it compiled.
    let tests: Int

    /// How many expectations of the tests were not met; each has a diagnostic.
    let failures: Int

    /// Whether it could be served, and does what its tests say.
    var isGood: Bool {
        !diagnostics.contains { $0.severity == .error } && !findings.contains { $0.isError }
    }

    /// Compiles the policy in `file`, runs its tests, and looks at the files that it names.
    ///
    /// - Parameter checksKeys: whether certificates and keys are among those.
    static func run(_ file: String, checksKeys: Bool = true) throws(OperatorError) -> PolicyCheck {
        let files = NamedFiles(policy: file)
        let text: [UInt8]
        do throws(FileFinding) {
            text = try files.policyText(limit: PolicyBounds.text + 1)
        } catch {
            return PolicyCheck(diagnostics: [], findings: [error], tests: 0, failures: 0)
        }
        let compilation = compile(text, fileName: file, files: files, now: System.now)
        guard let plan = compilation.plan else {
            return PolicyCheck(diagnostics: compilation.diagnostics, findings: [], tests: 0, failures: 0)
        }
        let policy = ReadablePolicy(plan: plan, tests: compilation.tests, text: text, fileName: file, files: files)
        let run = try TestRun(policy, now: System.now)
        return PolicyCheck(
            diagnostics: compilation.diagnostics + run.failures, findings: checksKeys ? findings(plan, files) : [], tests: run.count,
            failures: run.failures.count)
    }

    private static func findings(_ plan: Plan, _ files: NamedFiles) -> [FileFinding] {
        let pairs = PairCheck(files: files, now: System.now)
        return plan.tls.flatMap(\.certificates).flatMap { pairs.findings($0) }
    }

    /// The whole for programs.
    var json: JSONValue {
        .object([
            JSONValue.Member("ok", .flag(isGood)),
            JSONValue.Member("tests", .number(UInt64(tests))), JSONValue.Member("failures", .number(UInt64(failures))),
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
