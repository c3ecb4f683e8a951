import Plan
import Policy

/// What a policy means: its plan without the places in the text, or what is wrong with it.
struct Meaning: Equatable {
    private let parts: [String]

    init(_ text: [UInt8]) {
        let compilation = compile(text, fileName: "p")
        var parts: [String] = []
        if let plan = compilation.plan { Meaning.add(plan, to: &parts) }
        Meaning.add(compilation.tests, to: &parts)
        // Several diagnostics of one line may change their order when the line is broken.
        self.parts = parts + compilation.diagnostics.map { Meaning.withoutPlaces($0) }.sorted()
    }

    /// A diagnostic without lines of the text: those change.
    private static func withoutPlaces(_ diagnostic: Diagnostic) -> String {
        let hint = diagnostic.hint ?? ""
        let text = "\(diagnostic.severity) \(diagnostic.message) \(hint)".split(separator: " in line ")[0]
        // What a diagnostic repeats of the policy has other blanks, commas and comments, and may end at another sign.
        return text.filter { !$0.isWhitespace && !",[]#/".contains($0) }
    }

    private static func add(_ value: Any, to parts: inout [String]) {
        if value is SourcePosition { return }
        let children = Mirror(reflecting: value).children
        if children.isEmpty { parts.append("\(value)") }
        for child in children {
            parts.append(child.label ?? "-")
            add(child.value, to: &parts)
        }
    }
}
