import Plan
import Policy

/// A policy that a command looks into. It has to compile; certificates and keys are not looked at.
struct ReadablePolicy {
    let plan: Plan

    /// Compiles the policy in `file`; says on standard error what is wrong with it.
    init(_ file: String) throws(OperatorError) {
        let text = try PolicyFile(file, limit: PolicyBounds.text + 1).text
        let compilation = compile(text, fileName: file, files: NamedFiles(policy: file), now: System.now)
        guard let plan = compilation.plan else {
            let errors = compilation.diagnostics.filter { $0.severity == .error }.map(\.description)
            throw OperatorError(errors.joined(separator: "\n"))
        }
        self.plan = plan
    }
}
