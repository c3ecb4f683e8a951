import Plan

/// A rule of a site, as its tests name it.
struct NamedRule {
    let span: SourceSpan
    let isDeny: Bool
    var isTested = false
}

extension PlanBuilder {
    /// The rules of a `site` or `route` block.
    mutating func rules(of block: CheckedBlock) -> [Rule] {
        guard let list = block.blocks("rules").first else { return [] }
        var rules: [Rule] = []
        var end: CheckedBlock?
        var ends: [ConditionKey: String] = [:]
        for ruleBlock in list.blocks {
            guard let rule = rule(ruleBlock) else { continue }
            if let end {
                log.error(
                    ruleBlock.span,
                    "this rule is never reached: the one in line \(log.source.line(of: end.span.start)) always applies",
                    hint: "put it before that one")
            } else if let key = rule.condition.map({ ConditionKey($0) }) {
                if let same = ends[key] {
                    log.error(
                        ruleBlock.span, "this rule is never reached: '\(same)' has the same condition",
                        hint: "remove one of the two")
                } else if rule.action != .log {
                    ends[key] = rule.name
                }
            }
            if ruleBlock.condition == nil && rule.action != .log { end = ruleBlock }
            rules.append(rule)
        }
        if rules.isEmpty && !list.isDamaged && list.blocks.isEmpty {
            log.error(list.span, "a rules block is empty", hint: "write \(list.form.example)")
        }
        check(rules.count, PlanBounds.rules, "rules", list)
        return rules
    }

    private mutating func rule(_ block: CheckedBlock) -> Rule? {
        let condition = condition(of: block)
        let action = ruleAction(block)
        guard let label = block.labels.first, let name = label.text else { return nil }
        if !PlanText.isName(name) {
            log.error(
                label.span, "'\(name)' is not a name for a rule",
                hint: "logs have it as rule.NAME: up to \(PlanBounds.name) letters, digits, '_' and '-', a letter first"
            )
            return nil
        }
        let site = ruleNames.count - 1
        if let other = ruleNames[site][name] {
            log.error(
                label.span, "two rules of the site are called '\(name)'",
                hint: "the other is in line \(log.source.line(of: other.span.start))")
        }
        ruleNames[site][name] = NamedRule(span: block.span, isDeny: block.form.word == "deny")
        guard let action else { return nil }
        return Rule(
            name: name, condition: condition, action: action, note: note(block, "reason"),
            position: position(block.span))
    }

    private mutating func ruleAction(_ block: CheckedBlock) -> Rule.Action? {
        switch block.form.word {
        case "deny":
            return .deny(
                status: UInt16(block.number("status") ?? 403), page: block.value("page").flatMap { page($0) })
        case "allow": return .allow
        case "redirect": return block.value("to").flatMap { redirect($0, block) }.map { .redirect($0) }
        case "respond": return response(block).map { .respond($0) }
        default: return .log
        }
    }

    /// The text of an attribute that is written into records.
    func note(_ block: CheckedBlock, _ word: String) -> String? {
        guard let text = block.text(word), let value = block.value(word) else { return nil }
        if text.utf8.count <= PlanBounds.note && PlanText.isPrintable(text.utf8) { return text }
        log.error(
            value.span, text.isEmpty ? "the text is empty" : "the text can not stand in a record",
            hint: "it has 1 to \(PlanBounds.note) bytes and no control characters")
        return nil
    }

    /// Warns of rules that refuse and that no test shows to.
    func warnOfUntestedRules() {
        for rules in ruleNames {
            for (name, rule) in rules.sorted(by: { $0.value.span.start < $1.value.span.start })
            where rule.isDeny && !rule.isTested {
                log.warning(
                    rule.span, "no test shows that '\(name)' refuses anything",
                    hint: "add test \"\(name)\" { request GET \"/...\"  expect deny \"\(name)\" }")
            }
        }
    }
}
