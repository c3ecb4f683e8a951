import Plan
import Policy

/// A policy that a command looks into. It has to compile; the files that it names are not looked at.
struct ReadablePolicy {
    let plan: Plan

    /// Compiles the policy in `file`; says on standard error what is wrong with it.
    init(_ file: String) throws(OperatorError) {
        let compilation = compile(
            try PolicyFile(file, limit: PolicyBounds.text + 1).text, fileName: file)
        guard let plan = compilation.plan else {
            let text = compilation.diagnostics.filter { $0.severity == .error }.map(\.description)
            throw OperatorError(text.joined(separator: "\n"))
        }
        self.plan = plan
    }
}
