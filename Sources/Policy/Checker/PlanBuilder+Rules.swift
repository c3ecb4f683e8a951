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
        for ruleBlock in list.blocks {
            guard let rule = rule(ruleBlock) else { continue }
            if let end {
                log.error(
                    ruleBlock.span, "this rule is never reached: the one in line \(log.source.line(of: end.span.start)) always applies",
                    hint: "put it before that one")
            } else if let condition = rule.condition, let same = rules.firstIndex(where: { $0.ends(before: condition) }) {
                log.error(
                    ruleBlock.span, "this rule is never reached: '\(rules[same].name)' has the same condition",
                    hint: "remove one of the two")
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
                hint: "logs have it as rule.NAME: up to \(PlanBounds.name) letters, digits, '_' and '-', a letter first")
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
            name: name, condition: condition, action: action, note: note(block, "reason"), position: position(block.span))
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

    // MARK: Costs

    /// Reports sites whose conditions look at too much.
    mutating func checkCosts(_ blocks: [CheckedBlock]) {
        if log.hasErrors { return }
        let bound = plan.limits[.conditionCost]
        for (index, block) in blocks.enumerated() where index < plan.sites.count {
            let ofRules = price(&plan.sites[index].rules)
            var ofRoutes: UInt64 = 0
            var samePath: [PathPattern: UInt64] = [:]
            for route in plan.sites[index].routes.indices {
                // Until one is found, the conditions of all routes for the path may be asked.
                let pattern = plan.sites[index].routes[route].pattern
                samePath[pattern, default: 0] += price(&plan.sites[index].routes[route].condition)
                let ofRoute = price(&plan.sites[index].routes[route].rules) + (samePath[pattern] ?? 0)
                ofRoutes = max(ofRoutes, ofRoute)
            }
            if ofRules + ofRoutes <= bound { continue }
            log.error(
                block.span, "the conditions of this site cost \(ofRules + ofRoutes), more than \(bound)",
                hint: "compare less, put texts into one list, or raise condition_cost in limits")
        }
    }

    private func price(_ rules: inout [Rule]) -> UInt64 {
        var sum: UInt64 = 0
        for index in rules.indices { sum += price(&rules[index].condition) }
        return sum
    }

    /// Writes the cost of a condition into it, and answers it.
    private func price(_ condition: inout Condition?) -> UInt64 {
        guard var priced = condition else { return 0 }
        let cost = priced.comparisons.reduce(0) { $0 + ConditionCost.cost(of: $1, limits: plan.limits) }
        priced.cost = UInt32(clamping: cost)
        condition = priced
        return cost
    }
}

extension Rule {
    /// Whether what has the condition `other` never comes behind this rule.
    fileprivate func ends(before other: Condition) -> Bool {
        action != .log && condition?.isSame(as: other) == true
    }
}
