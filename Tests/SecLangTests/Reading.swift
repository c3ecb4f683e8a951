import Policy
import SecLang
import Testing

/// Reads a text of rules; records an issue for every diagnostic.
func read(_ text: String, files: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation) -> RuleSet {
    let loading = loadRules([.text(name: "rules.conf", Array(text.utf8))], files: TextFiles(texts: files))
    for diagnostic in loading.diagnostics {
        Issue.record("\(diagnostic)", sourceLocation: sourceLocation)
    }
    return loading.ruleSet ?? RuleSet.empty
}

/// The one rule of a text.
func rule(
    _ text: String, files: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
) throws -> Rule {
    try #require(read(text, files: files, sourceLocation: sourceLocation).rules.first, sourceLocation: sourceLocation)
}

/// The link of a rule with these targets and operator, and no more actions than are needed.
func link(
    _ targets: String = "ARGS", _ test: String = "@rx x", _ actions: String = "", files: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> RuleLink {
    let text = "SecRule \(targets) \"\(test)\" \"id:1,pass\(actions.isEmpty ? "" : "," + actions)\""
    return try rule(text, files: files, sourceLocation: sourceLocation).links[0]
}

/// What diagnostics of a text say.
func messages(_ text: String, files: [String: String] = [:]) -> [String] {
    loadRules([.text(name: "rules.conf", Array(text.utf8))], files: TextFiles(texts: files)).diagnostics.map(\.message)
}

extension RuleSet {
    /// No rules.
    static var empty: RuleSet { loadRules([]).ruleSet ?? RuleSet.empty }
}

/// The bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
