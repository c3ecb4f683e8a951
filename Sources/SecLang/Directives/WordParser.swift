/// Reads single words of directives and options: choices, flags, numbers.
struct WordParser {
    let log: RuleLog

    /// The case that `text` names, letter case aside.
    func choice<Choice: RawRepresentable & CaseIterable>(_ text: PlacedText, _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        if let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == text.word }) { return choice }
        let words = Choice.allCases.map(\.rawValue)
        log.error(
            text, "'\(text.string)' is none of \(words.joined(separator: ", "))",
            hint: NearestWord.hint(text.string, among: words))
        return nil
    }

    /// `On` or `Off`.
    func flag(_ text: PlacedText) -> Bool? {
        switch text.word {
        case "on": return true
        case "off": return false
        default:
            log.error(text, "'\(text.string)' is neither On nor Off")
            return nil
        }
    }

    /// A decimal number in a range.
    func number(_ text: PlacedText, _ range: ClosedRange<Int>) -> Int? {
        if let number = text.number, range.contains(number) { return number }
        let hasEnd = range.upperBound < Int.max
        let bounds = hasEnd ? "from \(range.lowerBound) to \(range.upperBound)" : "of at least \(range.lowerBound)"
        log.error(text, "'\(text.string)' is no number \(bounds)")
        return nil
    }

    /// One byte, such as `&` or `;`.
    func byte(_ text: PlacedText) -> UInt8? {
        if text.count == 1 { return text.bytes[0] }
        log.error(text, "'\(text.string)' is not one character of ASCII")
        return nil
    }

    /// Letters of the audit log's parts.
    func auditLogParts(_ text: PlacedText) -> Set<AuditLogPart>? {
        var parts: Set<AuditLogPart> = []
        for index in 0..<text.count {
            let letter = text[index..<(index + 1)]
            guard let part = AuditLogPart(rawValue: Character(letter.string.uppercased())) else {
                log.error(
                    letter, "'\(letter.string)' is no part of the audit log", hint: "write letters from ABCDEFGHIJKZ")
                return nil
            }
            parts.insert(part)
        }
        if parts.isEmpty { log.error(text, "there is no part of the audit log") }
        return parts.isEmpty ? nil : parts
    }
}
