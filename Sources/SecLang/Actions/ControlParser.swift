import Bytes

/// Reads what `ctl` says: `ruleRemoveTargetById=942100;ARGS:comment`.
struct ControlParser {
    let log: RuleLog

    private enum Option: String, CaseIterable {
        case auditEngine, auditLogParts, debugLogLevel, forceRequestBodyVariable, parseXmlIntoArgs, requestBodyAccess
        case requestBodyLimit, requestBodyProcessor, responseBodyAccess, responseBodyLimit, ruleEngine
        case ruleRemoveById, ruleRemoveByMsg, ruleRemoveByTag
        case ruleRemoveTargetById, ruleRemoveTargetByMsg, ruleRemoveTargetByTag
    }

    private static let refused = ["hashengine", "hashenforcement"]

    /// The option with its value; nil when it is wrong, which has been reported.
    func control(_ text: PlacedText) -> Control? {
        let equals = text.firstIndex(of: UInt8(ascii: "=")) ?? text.count
        guard let option = option(text.before(equals)) else { return nil }
        let value = text.from(equals + 1)
        if value.isEmpty {
            log.error(text, "ctl:\(option.rawValue) has no value", hint: "write as \(option.rawValue)=value")
            return nil
        }
        return control(option, value)
    }

    private func option(_ text: PlacedText) -> Option? {
        if let option = Option.allCases.first(where: { $0.rawValue.lowercased() == text.word }) { return option }
        if ControlParser.refused.contains(text.word) {
            log.error(text, "ctl:\(text.string) is not supported: there is no hash engine that signs links")
        } else {
            log.error(
                text, "unknown option '\(text.string)' of ctl",
                hint: NearestWord.hint(text.string, among: Option.allCases.map(\.rawValue)))
        }
        return nil
    }

    private func control(_ option: Option, _ value: PlacedText) -> Control? {
        let words = WordParser(log: log)
        let selections = SelectionParser(log: log)
        switch option {
        case .auditEngine: return words.choice(value, AuditMode.self).map { .auditEngine($0) }
        case .auditLogParts: return parts(value)
        case .debugLogLevel: return words.number(value, 0...9).map { .debugLogLevel($0) }
        case .forceRequestBodyVariable: return words.flag(value).map { .forceRequestBodyVariable($0) }
        case .parseXmlIntoArgs: return words.choice(value, XMLArguments.self).map { .parseXMLIntoArguments($0) }
        case .requestBodyAccess: return words.flag(value).map { .requestBodyAccess($0) }
        case .requestBodyLimit: return words.number(value, 0...Int.max).map { .requestBodyLimit($0) }
        case .requestBodyProcessor: return words.choice(value, BodyProcessor.self).map { .requestBodyProcessor($0) }
        case .responseBodyAccess: return words.flag(value).map { .responseBodyAccess($0) }
        case .responseBodyLimit: return words.number(value, 0...Int.max).map { .responseBodyLimit($0) }
        case .ruleEngine: return words.choice(value, EngineMode.self).map { .ruleEngine($0) }
        case .ruleRemoveById: return selections.ids(value).map { .removeRules($0) }
        case .ruleRemoveByMsg: return selections.message(value).map { .removeRules($0) }
        case .ruleRemoveByTag: return selections.tag(value).map { .removeRules($0) }
        case .ruleRemoveTargetById: return targets(value, selections.ids)
        case .ruleRemoveTargetByMsg: return targets(value, selections.message)
        case .ruleRemoveTargetByTag: return targets(value, selections.tag)
        }
    }

    /// `+E`, `-C` or `ABZ`.
    private func parts(_ value: PlacedText) -> Control? {
        let sign = value.bytes[0]
        let isChange = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        guard let parts = WordParser(log: log).auditLogParts(isChange ? value.from(1) : value) else { return nil }
        if sign == UInt8(ascii: "+") { return .auditLogParts(.add(parts)) }
        return .auditLogParts(sign == UInt8(ascii: "-") ? .remove(parts) : .set(parts))
    }

    /// `942100;ARGS:comment`.
    private func targets(_ value: PlacedText, _ select: (PlacedText) -> RuleSelection?) -> Control? {
        guard let semicolon = value.firstIndex(of: UInt8(ascii: ";")), semicolon + 1 < value.count else {
            log.error(
                value, "there is no target behind the rules", hint: "write as ruleRemoveTargetById=942100;ARGS:name")
            return nil
        }
        guard let selection = select(value.before(semicolon)),
            let targets = TargetParser(log: log).targets(value.from(semicolon + 1))
        else { return nil }
        if targets.allSatisfy({ $0.role == .value }) { return .removeTargets(selection, targets) }
        log.error(value.from(semicolon + 1), "what is no longer looked at is written without '!' and '&'")
        return nil
    }
}
