public import Policy

/// What became of the texts of rules: a rule set, unless there is an error among the diagnostics.
public struct RuleLoading: Sendable {
    /// The rules; nil when any diagnostic is an error.
    public let ruleSet: RuleSet?

    /// What was written, counted, whether or not it can be used.
    public let summary: RuleSummary

    /// Everything that was found: file by file in the order in which they were read, and there in the order of the text.
    public let diagnostics: [Diagnostic]
}

/// Reads ModSecurity's rule language from `sources`. No input traps; see ``SecLangBounds`` for how large it may be. All
/// errors are found in one run.
///
/// The language is that of mod_security2 2.9, with what libmodsecurity adds to it; where the two differ, mod_security2
/// is followed. What rules depend on is an error when it is not supported, with the reason.
///
/// - Parameter files: hands out the files that are named by sources and rules. Names that do not begin with `/` count
///   from the folder of the file that they stand in.
public func loadRules(_ sources: [RuleSource], files: any PolicyFiles = NoPolicyFiles()) -> RuleLoading {
    var loader = Loader(files: files)
    for source in sources { loader.read(source) }
    return loader.finish()
}
