/// Reads lists of actions: `id:1,phase:2,deny,msg:'a text'`.
struct ActionParser {
    let log: RuleLog

    /// An action with the place of its name.
    struct Placed {
        let name: PlacedText
        let action: RuleAction
    }

    /// The actions of a list; nil when one is wrong, which has been reported.
    func actions(_ text: PlacedText) -> [Placed]? {
        guard let items = items(text) else { return nil }
        var actions: [Placed] = []
        for item in items {
            if let action = action(item) { actions.append(Placed(name: item.name, action: action)) }
        }
        return actions.count == items.count ? actions : nil
    }

    private func items(_ text: PlacedText) -> [Item]? {
        var reader = ItemReader(text, log)
        guard let items = reader.items() else { return nil }
        if items.count <= SecLangBounds.actions { return items }
        log.error(text.before(1), "there are more than \(SecLangBounds.actions) actions")
        return nil
    }

    private func action(_ item: Item) -> RuleAction? {
        guard let name = name(item.name) else { return nil }
        guard let argument = item.value else {
            if let needed = name.argument, !name.isArgumentOptional {
                log.error(item.name, "\(name.rawValue) needs \(needed)")
                return nil
            }
            return withoutArgument(name)
        }
        if name.argument == nil {
            log.error(argument, "\(name.rawValue) takes no argument")
            return nil
        }
        return action(name, argument)
    }

    private func name(_ text: PlacedText) -> ActionName? {
        if let name = ActionName.named(text.string) { return name }
        if let reason = ActionName.refusal(of: text.string) {
            log.error(text, "the action \(text.string) is not supported: \(reason)")
        } else {
            log.error(
                text, "unknown action '\(text.string)'", hint: NearestWord.hint(text.string, among: ActionName.names))
        }
        return nil
    }

    private func withoutArgument(_ name: ActionName) -> RuleAction? {
        switch name {
        case .allow: .disruption(.allow(.exchange))
        case .auditlog: .auditLog
        case .block: .disruption(.block)
        case .capture: .capture
        case .chain: .chain
        case .deny: .disruption(.deny)
        case .drop: .disruption(.drop)
        case .log: .log
        case .multiMatch: .multiMatch
        case .noauditlog: .noAuditLog
        case .nolog: .noLog
        case .pass: .disruption(.pass)
        case .sanitiseMatched: .sanitise(.matched)
        case .sanitiseMatchedBytes: .sanitise(.matchedBytes(keepFirst: 0, keepLast: 0))
        default: nil
        }
    }

    private func action(_ name: ActionName, _ argument: PlacedText) -> RuleAction? {
        let macros = MacroParser(log: log)
        let variables = AssignmentParser(log: log)
        switch name {
        case .accuracy: return number(argument, 1...9, name).map { .accuracy($0) }
        case .allow: return allow(argument)
        case .ctl: return ControlParser(log: log).control(argument).map { .control($0) }
        case .expirevar: return variables.expiry(argument).map { .expireVariable($0) }
        case .id: return number(argument, 1...SecLangBounds.identifier, name).map { .id($0) }
        case .initcol: return variables.collection(argument)
        case .logdata: return macros.parse(argument).map { .logData($0) }
        case .maturity: return number(argument, 1...9, name).map { .maturity($0) }
        case .msg: return macros.parse(argument).map { .message($0) }
        case .phase: return known(argument, name, Phase.named).map { .phase($0) }
        case .redirect: return macros.parse(argument).map { .disruption(.redirect($0)) }
        case .rev: return .revision(argument.string)
        case .sanitiseArg: return .sanitise(.argument(argument.bytes))
        case .sanitiseRequestHeader: return .sanitise(.requestHeader(argument.bytes))
        case .sanitiseResponseHeader: return .sanitise(.responseHeader(argument.bytes))
        case .sanitiseMatchedBytes: return matchedBytes(argument)
        case .setrsc: return macros.parse(argument).map { .initializeCollection(.resource, key: $0) }
        case .setsid: return macros.parse(argument).map { .initializeCollection(.session, key: $0) }
        case .setuid: return macros.parse(argument).map { .initializeCollection(.user, key: $0) }
        case .setvar: return variables.assignment(argument).map { .setVariable($0) }
        case .severity:
            return known(argument, name, among: Severity.names, Severity.named).map { .severity($0) }
        case .skip: return number(argument, 1...SecLangBounds.rules, name).map { .skip($0) }
        case .skipAfter: return .skipAfter(argument.string)
        case .status: return number(argument, 100...599, name).map { .status($0) }
        case .t: return transformation(argument)
        case .tag: return macros.parse(argument).map { .tag($0) }
        case .ver: return .version(argument.string)
        case .xmlns: return namespace(argument)
        case .auditlog, .block, .capture, .chain, .deny, .drop, .log, .multiMatch, .noauditlog, .nolog, .pass,
            .sanitiseMatched:
            return nil
        }
    }

    private func number(_ text: PlacedText, _ range: ClosedRange<Int>, _ name: ActionName) -> Int? {
        if let number = text.number, range.contains(number) { return number }
        log.error(
            text, "'\(text.string)' is no \(name.rawValue)",
            hint: "write a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    private func known<Value>(
        _ text: PlacedText, _ name: ActionName, among words: [String] = [], _ find: (String) -> Value?
    ) -> Value? {
        if let value = find(text.string) { return value }
        let nearest = NearestWord.hint(text.string, among: words)
        log.error(
            text, "'\(text.string)' is no \(name.rawValue)", hint: nearest ?? name.argument.map { "write \($0)" })
        return nil
    }

    private func allow(_ text: PlacedText) -> RuleAction? {
        switch text.word {
        case "phase": return .disruption(.allow(.phase))
        case "request": return .disruption(.allow(.request))
        default:
            log.error(text, "allow reaches to the end of the phase or of the request", hint: "write phase or request")
            return nil
        }
    }

    private func transformation(_ text: PlacedText) -> RuleAction? {
        if text.word == "none" { return .transformation(nil) }
        if let transformation = Transformation.named(text.string) { return .transformation(transformation) }
        log.error(
            text, "unknown transformation '\(text.string)'",
            hint: NearestWord.hint(text.string, among: Transformation.names))
        return nil
    }

    private func matchedBytes(_ text: PlacedText) -> RuleAction? {
        let numbers = text.split { $0 == UInt8(ascii: "/") }.map(\.number)
        if numbers.count == 2, let first = numbers[0], let last = numbers[1] {
            return .sanitise(.matchedBytes(keepFirst: first, keepLast: last))
        }
        log.error(text, "sanitiseMatchedBytes says how many bytes are kept", hint: "write as 1/4")
        return nil
    }

    private func namespace(_ text: PlacedText) -> RuleAction? {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 0, equals + 1 < text.count else {
            log.error(text, "xmlns says what a prefix stands for", hint: "write as xmlns:soap='urn:x'")
            return nil
        }
        return .xmlNamespace(prefix: text.before(equals).string, uri: text.from(equals + 1).string)
    }
}
