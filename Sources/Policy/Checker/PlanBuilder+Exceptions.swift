import Plan

extension PlanBuilder {
    /// The exceptions of a `site` block.
    mutating func exceptions(of block: CheckedBlock) -> [FirewallException] {
        let exceptions = block.blocks("except").compactMap { exception($0) }
        check(exceptions.count, PlanBounds.exceptions, "exceptions in the site", block)
        return exceptions
    }

    private func exception(_ block: CheckedBlock) -> FirewallException? {
        var reader = ClauseReader(block.clauses)
        var rule: UInt64?
        var exception = FirewallException(rule: 0, because: "", position: position(block.span))
        var because: String?
        while let clause = reader.take() {
            switch (clause.value.kind, clause.assigned?.kind) {
            case (.wrong, _), (_, .wrong): return nil
            case (.reference(["rule"]), nil):
                guard case .number(let number) = reader.next?.value.kind else { return refuse(clause, block) }
                rule = number
                _ = reader.take()
            case (.reference(["on"]), nil):
                let next = reader.take() ?? clause
                guard let target = target(next) else {
                    if case .wrong = next.value.kind { return nil }
                    return refuse(next, block)
                }
                exception.target = target
            case (.reference(["in"]), nil):
                guard let (text, next) = reader.takeText() else { return refuse(clause, block) }
                guard let pattern = pattern(text, next.value.span) else { return nil }
                exception.pattern = pattern
            case (.reference(["because"]), .text(let text)):
                because = text
                if text.utf8.count > PlanBounds.note || !PlanText.isPrintable(text.utf8) {
                    log.error(
                        clause.assigned?.span ?? block.span, "this is no reason",
                        hint: "it has 1 to \(PlanBounds.note) bytes and no control characters")
                    return nil
                }
            case (.reference(["until"]), .date(let year, let month, let day)):
                exception.until = Calendar.days(year: year, month: month, day: day)
                warnIfPast(clause, exception.until ?? 0)
            default: return refuse(clause, block)
            }
        }
        return complete(exception, rule, because, block)
    }

    private func complete(
        _ exception: FirewallException, _ rule: UInt64?, _ because: String?, _ block: CheckedBlock
    ) -> FirewallException? {
        guard let rule, let because else {
            log.error(
                block.span, "'\(rule == nil ? "rule" : "because")' is missing in an exception",
                hint: "write \(block.form.example)")
            return nil
        }
        if exception.until == nil {
            log.warning(
                block.span, "this exception never ends", hint: "add until = and a date, so that it is looked at again")
        }
        var exception = exception
        exception.rule = rule
        exception.because = because
        return exception
    }

    private func warnIfPast(_ clause: Clause, _ until: Int64) {
        guard let now else { return }
        let local = now + Int64(plan.zone.offset(at: now))
        if until * 86_400 + 86_400 > local { return }
        log.warning(
            clause.value.span.through(clause.assigned?.span ?? clause.value.span), "this exception has ended",
            hint: "remove it, or set a new date if it is still needed")
    }

    private func target(_ clause: Clause) -> FirewallException.Target? {
        guard case .indexed(let parts, let name) = clause.value.kind, clause.assigned == nil else { return nil }
        let bytes = Array(name.utf8)
        switch parts.joined(separator: ".") {
        case "form" where isName(name, clause.value.span, of: "parameter", isToken: false): return .form(bytes)
        case "query" where isName(name, clause.value.span, of: "parameter", isToken: false): return .query(bytes)
        case "header" where isName(name, clause.value.span, of: "header", isToken: true):
            return .header(Array(name.lowercased().utf8))
        case "cookie" where isName(name, clause.value.span, of: "cookie", isToken: true): return .cookie(bytes)
        default: return nil
        }
    }

    private func refuse(_ clause: Clause, _ block: CheckedBlock) -> FirewallException? {
        let text = log.source.string(clause.value.span)
        let form = block.form.clauses.first { $0.word == text }
        log.error(
            clause.value.span, form.map { "'\(text)' takes \($0.what)" } ?? "'\(text)' does not belong behind 'except'",
            hint: "write \(block.form.example)")
        return nil
    }
}
