public import Plan

/// What became of a policy's text: a plan, unless there is an error among the diagnostics.
public struct Compilation: Sendable {
    /// The plan; nil when any diagnostic is an error.
    public let plan: Plan?

    /// Everything that was found, in the order of the text.
    public let diagnostics: [Diagnostic]
}

/// Compiles the policy in `text`. `fileName` is what diagnostics call it; nothing is opened.
///
/// All errors are found in one run. No input traps; see ``PolicyBounds`` for how large it may be.
public func compile(_ text: [UInt8], fileName: String) -> Compilation {
    let log = DiagnosticLog(Source(text: text, fileName: fileName))
    guard log.source.isReadable(log), let tokens = Lexer.tokens(of: log.source, log) else { return log.failure }
    guard let tree = Parser.parse(tokens, log) else { return log.failure }
    let block = FormChecker(log).check(tree, as: PolicyWords.policy)
    let plan = PlanBuilder(log).build(block)
    if log.hasErrors { return log.failure }
    do throws(PlanError) {
        // What every process will ask of the plan is asked here first.
        try plan.validate()
        if plan.encoded().count > PlanBounds.image { throw .tooLarge }
    } catch {
        log.error(SourceSpan(start: 0, end: 0), "the policy makes no sound plan: \(error)")
        return log.failure
    }
    return Compilation(plan: plan, diagnostics: log.sorted)
}

/// Compiles the policy in `text`; see ``compile(_:fileName:)-([UInt8],_)``.
public func compile(_ text: Span<UInt8>, fileName: String) -> Compilation {
    // One byte more than may be is enough for the diagnostic.
    var copy: [UInt8] = []
    copy.reserveCapacity(min(text.count, PolicyBounds.text + 1))
    for index in 0..<min(text.count, PolicyBounds.text + 1) { copy.append(text[index]) }
    return compile(copy, fileName: fileName)
}
