// Removals and updates change the rules that stand before them, as in mod_security2.
extension Loader {
    /// Reads `SecRuleRemoveById` and its like.
    mutating func removeRules(_ directive: Directive, _ arguments: [PlacedText]) {
        for argument in arguments {
            guard let selection = selection(directive, argument) else { continue }
            let selected = selected(selection)
            for index in selected {
                guard case .rule(let rule) = items[index] else { continue }
                // Rules may skip to the place of one that is gone.
                items[index] = .marker(String(rule.id))
                positions[rule.id] = nil
            }
            if selected.isEmpty { idleSelections.append((selection, argument, items.count)) }
        }
    }

    /// Reads `SecRuleUpdateTargetById` and its like.
    mutating func updateTargets(_ directive: Directive, _ arguments: [PlacedText]) {
        let parser = TargetParser(log: log)
        guard let selection = selection(directive, arguments[0]), let targets = parser.targets(arguments[1]) else {
            return
        }
        var replaced: Target?
        if arguments.count > 2 {
            guard let old = parser.targets(arguments[2]) else { return }
            if old.count != 1 { return log.error(arguments[2], "one variable is replaced, not \(old.count)") }
            replaced = old[0]
        }
        let selected = selected(selection)
        var isReplaced = false
        for index in selected {
            guard case .rule(var rule) = items[index] else { continue }
            for link in rule.links.indices where rule.links[link].test != nil {
                if rule.links[link].update(with: targets, replacing: replaced) { isReplaced = true }
            }
            items[index] = .rule(rule)
        }
        if selected.isEmpty {
            idleSelections.append((selection, arguments[0], items.count))
        } else if replaced != nil && !isReplaced {
            log.warning(arguments[2], "none of these rules looks at '\(arguments[2].string)', so nothing is replaced")
        }
    }

    /// Reads `SecRuleUpdateActionById`.
    mutating func updateActions(_ id: PlacedText, _ text: PlacedText) {
        let parts = id.split { $0 == UInt8(ascii: ":") }
        guard let number = parts[0].number, parts.count <= 2, let link = parts.count == 1 ? 0 : parts[1].number else {
            return log.error(
                id, "'\(id.string)' is no id", hint: "write as 942100, or 942100:1 for a link of its chain")
        }
        guard let actions = ActionParser(log: log).actions(text) else { return }
        for placed in actions {
            switch placed.action {
            case .id, .phase, .chain:
                return log.error(placed.name, "\(placed.name.string) of a rule cannot be changed")
            case let action where link > 0 && action.belongsToFirstLink:
                return log.error(
                    placed.name, "\(placed.name.string) belongs to the first rule of a chain",
                    hint: "write \(number) without the link")
            default: continue
            }
        }
        guard let index = positions[number], case .rule(var rule) = items[index] else {
            return idleSelections.append((.ids([number...number]), id, items.count))
        }
        if link >= rule.links.count {
            return log.error(id, "rule \(number) has \(rule.links.count) links, counted from 0")
        }
        for placed in actions { rule.apply(placed.action, toLink: link) }
        items[index] = .rule(rule)
    }

    private func selection(_ directive: Directive, _ text: PlacedText) -> RuleSelection? {
        let parser = SelectionParser(log: log)
        switch directive {
        case .secRuleRemoveByTag, .secRuleUpdateTargetByTag: return parser.tag(text)
        case .secRuleRemoveByMessage, .secRuleUpdateTargetByMessage: return parser.message(text)
        default: return parser.ids(text)
        }
    }

    /// The places among ``items`` of the rules that are meant, ascending.
    private func selected(_ selection: RuleSelection) -> [Int] {
        if case .ids(let ranges) = selection {
            return positions.filter { entry in ranges.contains { $0.contains(entry.key) } }.values.sorted()
        }
        guard var matcher = RuleMatcher(selection) else { return [] }
        var selected: [Int] = []
        for index in items.indices {
            if case .rule(let rule) = items[index], matcher.matches(rule) { selected.append(index) }
        }
        return selected
    }

    // MARK: At the end

    /// Reports removals and updates that met no rule.
    func checkIdleSelections() {
        for (selection, place, index) in idleSelections {
            if selected(selection).contains(where: { $0 >= index }) {
                log.error(
                    place, "the rules that are meant stand behind this line, which changes those before it alone",
                    hint: "move it behind them, or use ctl in a rule before them")
            } else if !log.hasErrors {
                // Otherwise it may be a rule that was not understood.
                log.warning(place, "no rule is meant by '\(place.string)'")
            }
        }
    }
}

extension RuleLink {
    /// Adds targets that are not there; or puts them in the place of one, if that is there. Whether it was.
    mutating func update(with new: [Target], replacing old: Target?) -> Bool {
        guard let old else {
            for target in new where !targets.contains(where: { $0.isSame(as: target) }) { targets.append(target) }
            return false
        }
        guard let index = targets.firstIndex(where: { $0.isSame(as: old) }) else { return false }
        targets.removeAll { $0.isSame(as: old) }
        targets.insert(contentsOf: new, at: min(index, targets.count))
        return true
    }
}
