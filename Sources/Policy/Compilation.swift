public import Plan

/// What became of a policy's text: a plan, unless there is an error among the diagnostics.
public struct Compilation: Sendable {
    /// The plan; nil when any diagnostic is an error.
    public let plan: Plan?

    /// The tests that stand in the policy, in the order of the text; none when there is no plan.
    public let tests: [PolicyTest]

    /// Everything that was found, in the order of the text.
    public let diagnostics: [Diagnostic]
}

/// Compiles the policy in `text`. No input traps; see ``PolicyBounds`` for how large it may be. All errors are found in
/// one run.
///
/// - Parameters:
///   - fileName: what diagnostics call it; it is not opened.
///   - files: hands out the files that the policy names.
///   - now: the time in seconds since 1970-01-01 00:00 UTC, for exceptions that have ended; nil says nothing of them.
public func compile(
    _ text: [UInt8], fileName: String, files: any PolicyFiles = NoPolicyFiles(), now: Int64? = nil
) -> Compilation {
    let log = DiagnosticLog(Source(text: text, fileName: fileName))
    var inclusion = Inclusion(log, files)
    guard let tree = inclusion.tree() else { return log.failure }
    let block = FormChecker(log).check(tree, as: PolicyWords.policy)
    var builder = PlanBuilder(log, files, now: now)
    builder.build(block)
    if log.hasErrors { return log.failure }
    do throws(PlanError) {
        // What every process will ask of the plan is asked here first.
        try builder.plan.validate()
        if builder.plan.encoded().count > PlanBounds.image { throw .tooLarge }
    } catch {
        log.error(SourceSpan(start: 0, end: 0), "the policy makes no sound plan: \(error)")
        return log.failure
    }
    return Compilation(plan: builder.plan, tests: builder.tests, diagnostics: log.sorted)
}

/// Compiles the policy in `text`; see ``compile(_:fileName:files:now:)-([UInt8],_,_,_)``.
public func compile(
    _ text: Span<UInt8>, fileName: String, files: any PolicyFiles = NoPolicyFiles(), now: Int64? = nil
) -> Compilation {
    // One byte more than may be is enough for the diagnostic.
    var copy: [UInt8] = []
    copy.reserveCapacity(min(text.count, PolicyBounds.text + 1))
    for index in 0..<min(text.count, PolicyBounds.text + 1) { copy.append(text[index]) }
    return compile(copy, fileName: fileName, files: files, now: now)
}
