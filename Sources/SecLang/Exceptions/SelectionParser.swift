import Pattern

/// Reads which rules are meant: ids, or a pattern for tags or messages.
struct SelectionParser {
    let log: RuleLog

    /// `942100`, `942100-942199` or several, separated by commas or white space.
    func ids(_ text: PlacedText) -> RuleSelection? {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(where: { $0 == UInt8(ascii: ",") || PlacedText.isBlank($0) }) where !part.isEmpty {
            guard let range = range(part) else { return nil }
            ranges.append(range)
        }
        if ranges.isEmpty || ranges.count > SecLangBounds.ranges {
            let message = "there are more than \(SecLangBounds.ranges) ranges of ids"
            log.error(text, ranges.isEmpty ? "there is no id" : message)
            return nil
        }
        return .ids(ranges)
    }

    private func range(_ text: PlacedText) -> ClosedRange<Int>? {
        let bounds = text.split { $0 == UInt8(ascii: "-") }
        let numbers = bounds.compactMap(\.number)
        if numbers.count != bounds.count || numbers.count > 2 {
            log.error(text, "'\(text.string)' is no id or range of ids", hint: "write as 942100 or 942100-942199")
            return nil
        }
        if numbers[0] <= numbers[numbers.count - 1] { return numbers[0]...numbers[numbers.count - 1] }
        log.error(text, "the range ends before it begins", hint: "write \(numbers[1])-\(numbers[0])")
        return nil
    }

    /// A pattern for tags.
    func tag(_ text: PlacedText) -> RuleSelection? {
        pattern(text).map { .tag($0) }
    }

    /// A pattern for messages.
    func message(_ text: PlacedText) -> RuleSelection? {
        pattern(text).map { .message($0) }
    }

    private func pattern(_ text: PlacedText) -> RegularExpression? {
        if text.isEmpty {
            log.error(text, "there is no pattern")
            return nil
        }
        let parser = OperandParser(log: log)
        guard let expression = parser.regularExpression(text, options: .ofSelections) else { return nil }
        guard case .needs(_, let error) = expression.program else { return expression }
        log.error(text, error.message, hint: error.remedy)
        return nil
    }
}
