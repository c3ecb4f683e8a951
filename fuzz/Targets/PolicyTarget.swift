import Plan
import Policy

/// The text of a policy: lexer, parser, checker, plan and formatter.
///
/// Every text is compiled or refused with an error; a plan is sound and survives its image; the canonical form means
/// the same and is its own.
enum PolicyTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        let text = array(input)
        let compilation = compile(text, fileName: "p")
        try examineDiagnostics(compilation)
        if let plan = compilation.plan { try examineImage(of: plan) }
        let formatting = format(text, fileName: "p")
        guard let formatted = formatting.text else {
            try require(!formatting.diagnostics.isEmpty, "the text is not formatted, and nobody knows why")
            for diagnostic in formatting.diagnostics {
                try require(!diagnostic.message.contains("change the meaning"), diagnostic.message)
            }
            return
        }
        try require(format(formatted, fileName: "p").text == formatted, "formatting a second time changes the text")
        let again = compile(formatted, fileName: "p")
        try require((again.plan == nil) == (compilation.plan == nil), "the canonical form is no policy, or is one")
        if let one = compilation.plan, let other = again.plan {
            try require(Meaning.parts(of: one) == Meaning.parts(of: other), "the canonical form makes another plan")
        }
    }

    private static func examineDiagnostics(_ compilation: Compilation) throws(Contradiction) {
        let diagnostics = compilation.diagnostics
        let hasErrors = diagnostics.contains { $0.severity == .error }
        try require(hasErrors == (compilation.plan == nil), "there is an error and a plan, or neither")
        try require(diagnostics.count <= PolicyBounds.diagnostics + 1, "there are \(diagnostics.count) diagnostics")
        for diagnostic in diagnostics {
            try require(!diagnostic.description.isEmpty && !diagnostic.json.contains("\n"), diagnostic.json)
        }
    }

    private static func examineImage(of plan: Plan) throws(Contradiction) {
        let image = plan.encoded()
        guard let again = try? Plan(decoding: image.span) else { throw Contradiction("the plan's image is no plan") }
        try require(again == plan, "the plan's image is another plan")
    }
}

/// What a plan says, without the places in the text that it came from.
enum Meaning {
    static func parts(of value: Any) -> [String] {
        var parts: [String] = []
        add(value, to: &parts)
        return parts
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
