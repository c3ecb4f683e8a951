import Bytes

/// Reads lists of targets: `ARGS|!ARGS:comment|&REQUEST_HEADERS:Host`.
struct TargetParser {
    let log: RuleLog

    /// The targets of a list; nil when one is wrong, which has been reported.
    func targets(_ text: PlacedText) -> [Target]? {
        var reader = ItemReader(text, log)
        guard let items = reader.items() else { return nil }
        if items.isEmpty {
            log.error(text, "there is no variable", hint: "name what is looked at, such as ARGS")
            return nil
        }
        if items.count > SecLangBounds.targets {
            log.error(text, "there are more than \(SecLangBounds.targets) variables")
            return nil
        }
        let targets = items.map(target)
        return targets.contains { $0 == nil } ? nil : targets.compactMap { $0 }
    }

    private func target(_ item: Item) -> Target? {
        var name = item.name
        var role = Target.Role.value
        if name.bytes[0] == UInt8(ascii: "!") { role = .exclusion }
        if name.bytes[0] == UInt8(ascii: "&") { role = .count }
        if role != .value { name = name.from(1) }
        if name.hasPrefix("HTTP_"), name.count > 5, item.value == nil {
            // mod_security 1 wrote headers so.
            return Target(.requestHeaders, .name(name.from(5).bytes), role: role)
        }
        guard let variable = variable(name) else { return nil }
        if role == .count && variable.form == .single {
            log.error(item.name, "\(variable.rawValue) has one value, there is nothing to count")
            return nil
        }
        guard let selector = selector(of: variable, name, item.value) else { return nil }
        return Target(variable, selector, role: role)
    }

    /// The variable of a name; nil when there is none, which has been reported.
    func variable(_ name: PlacedText) -> Variable? {
        if let variable = Variable.named(name.string) { return variable }
        if let reason = Variable.refusal(of: name.string) {
            log.error(name, "the variable \(name.string.uppercased()) is not supported: \(reason)")
        } else {
            log.error(
                name, "unknown variable '\(name.string)'", hint: NearestWord.hint(name.string, among: Variable.names))
        }
        return nil
    }

    private func selector(of variable: Variable, _ name: PlacedText, _ value: PlacedText?) -> Target.Selector? {
        guard let value else {
            if variable.form != .selected { return .all }
            let example = variable == .xml ? "XML:/* or XML://@*" : "RULE:id"
            log.error(name, "\(variable.rawValue) has to say which value", hint: "write \(example)")
            return nil
        }
        if variable.form == .single {
            log.error(value, "\(variable.rawValue) has one value and takes no selector")
            return nil
        }
        if variable == .xml { return xmlSelector(value) }
        if value.isEmpty {
            log.error(value, "the selector is empty", hint: "leave the ':' out for all values")
            return nil
        }
        if value.bytes[0] != UInt8(ascii: "/") { return .name(value.bytes) }
        return patternSelector(value)
    }

    private func patternSelector(_ value: PlacedText) -> Target.Selector? {
        if value.count < 2 || value.bytes[value.count - 1] != UInt8(ascii: "/") {
            log.error(
                value, "the regular expression has no '/' at its end",
                hint: "put a selector that holds ',', '|' or white space into single quotes: :'/a|b/'")
            return nil
        }
        let parser = OperandParser(log: log)
        return parser.regularExpression(value[1..<(value.count - 1)], options: .ofSelectors).map { .pattern($0) }
    }

    private func xmlSelector(_ value: PlacedText) -> Target.Selector? {
        switch value.string {
        case "/*": return .xmlText
        case "//@*": return .xmlAttributes
        default:
            log.error(
                value, "of XPath only /* (all text) and //@* (all attributes) are supported",
                hint: "documents are read once, as a stream, and no tree is kept of them")
            return nil
        }
    }
}
