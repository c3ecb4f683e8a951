import Bytes

/// Splits a text at its macros, `%{NAME}`, `%{NAME.member}` or `%{NAME:member}`.
struct MacroParser {
    let log: RuleLog

    /// The parts of a text; nil when a macro names what there is not, which has been reported.
    func parse(_ text: PlacedText) -> MacroText? {
        var parts: [MacroText.Part] = []
        var literal: [UInt8] = []
        var index = 0
        var isSound = true
        while index < text.count {
            guard text.bytes[index] == UInt8(ascii: "%"), index + 1 < text.count,
                text.bytes[index + 1] == UInt8(ascii: "{")
            else {
                literal.append(text.bytes[index])
                index += 1
                continue
            }
            guard let end = text.bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
                log.error(text[index..<(index + 2)], "the macro that begins here is not closed", hint: "add '}'")
                return nil
            }
            if let part = variable(text[(index + 2)..<end]) {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = []
                parts.append(part)
            } else {
                isSound = false
            }
            index = end + 1
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return isSound ? MacroText(parts, source: text.bytes) : nil
    }

    private func variable(_ text: PlacedText) -> MacroText.Part? {
        let separator = text.bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        let name = text.before(separator ?? text.count)
        let member = separator.map { text.from($0 + 1) }
        guard let variable = TargetParser(log: log).variable(name) else { return nil }
        if variable.form == .single {
            guard let member else { return .variable(variable, member: nil) }
            log.error(member, "\(variable.rawValue) has one value and no members")
            return nil
        }
        if let member, member.isEmpty {
            log.error(text, "the macro names no member of \(variable.rawValue)")
            return nil
        }
        if variable == .xml {
            log.error(text, "XML cannot stand in a macro")
            return nil
        }
        return .variable(variable, member: member?.bytes)
    }
}
