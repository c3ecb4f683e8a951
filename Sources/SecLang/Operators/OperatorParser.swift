/// Reads the operator of a rule: `!@within %{tx.allowed_methods}`, or a regular expression without its name.
struct OperatorParser {
    let log: RuleLog

    /// Hands out the files of phrases and addresses.
    let files: FileAccess

    /// The operator; nil when it is wrong, which has been reported.
    func parse(_ text: PlacedText) -> RuleOperator? {
        var rest = text
        let isNegated = rest.bytes.first == UInt8(ascii: "!")
        if isNegated {
            rest = rest.from(1)
            while let byte = rest.bytes.first, PlacedText.isBlank(byte) { rest = rest.from(1) }
        }
        var name = OperatorName.rx
        if rest.bytes.first == UInt8(ascii: "@") {
            let end = rest.bytes.firstIndex(where: PlacedText.isBlank) ?? rest.count
            guard let named = self.name(rest[1..<end], at: rest) else { return nil }
            name = named
            rest = rest.from(end)
            while let byte = rest.bytes.first, PlacedText.isBlank(byte) { rest = rest.from(1) }
        } else if rest.trimmed.bytes.first == UInt8(ascii: "@") {
            log.error(
                rest.trimmed.before(1), "an operator stands at the start, this would be a regular expression",
                hint: "remove the white space before '@'")
            return nil
        }
        guard let operation = operation(name, rest) else { return nil }
        return RuleOperator(isNegated: isNegated, operation, argument: rest.bytes)
    }

    private func name(_ text: PlacedText, at place: PlacedText) -> OperatorName? {
        if let name = OperatorName.named(text.string) { return name }
        if let reason = OperatorName.refusal(of: text.string) {
            log.error(text, "the operator @\(text.string) is not supported: \(reason)")
        } else if text.isEmpty {
            log.error(place.before(1), "there is no name of an operator behind the '@'")
        } else {
            log.error(
                text, "unknown operator '@\(text.string)'",
                hint: NearestWord.find(text.string, among: OperatorName.names).map { "did you mean '@\($0)'?" })
        }
        return nil
    }

    private func operation(_ name: OperatorName, _ argument: PlacedText) -> RuleOperator.Operation? {
        let operands = OperandParser(log: log)
        switch name {
        case .rx: return regularExpression(argument)
        case .rxGlobal: return operands.regularExpression(argument).map { .rxGlobal($0) }
        case .pm:
            return operands.phrases(argument).map { .pm(phrases: $0, file: nil) }
        case .pmf, .pmFromFile:
            return fromFiles(name, argument, operands.phraseLines).map { .pm(phrases: $0, file: argument.string) }
        case .ipMatch: return operands.addressBlocks(argument).map { .ipMatch($0, file: nil) }
        case .ipMatchF, .ipMatchFromFile:
            return fromFiles(name, argument, operands.addressLines).map { .ipMatch($0, file: argument.string) }
        case .eq, .ge, .gt, .le, .lt: return comparison(name, argument)
        case .beginsWith, .contains, .containsWord, .endsWith, .streq, .strmatch, .within:
            guard let relation = RuleOperator.TextRelation(rawValue: name.rawValue) else { return nil }
            return MacroParser(log: log).parse(argument).map { .text(relation, $0) }
        case .validateByteRange: return operands.byteRanges(argument).map { .validateByteRange($0) }
        case .verifyCC, .verifyCPF, .verifySSN, .verifySVNR:
            guard let number = RuleOperator.CheckedNumber(rawValue: name.rawValue) else { return nil }
            return operands.regularExpression(argument).map { .verify(number, $0) }
        case .rbl: return required(name, argument) ? .rbl(argument.string) : nil
        case .detectSQLi: return plain(.detectSQLi, name, argument)
        case .detectXSS: return plain(.detectXSS, name, argument)
        case .geoLookup: return plain(.geoLookup, name, argument)
        case .validateURLEncoding: return plain(.validateURLEncoding, name, argument)
        case .validateUTF8Encoding: return plain(.validateUTF8Encoding, name, argument)
        case .unconditionalMatch: return plain(.unconditionalMatch, name, argument)
        case .noMatch: return plain(.noMatch, name, argument)
        }
    }

    private func regularExpression(_ argument: PlacedText) -> RuleOperator.Operation? {
        guard argument.string.contains("%{") else {
            return OperandParser(log: log).regularExpression(argument).map { .rx($0) }
        }
        return MacroParser(log: log).parse(argument).map { .rxOfMacros($0) }
    }

    private func comparison(_ name: OperatorName, _ argument: PlacedText) -> RuleOperator.Operation? {
        guard let relation = RuleOperator.NumericRelation(rawValue: name.rawValue), required(name, argument),
            let text = MacroParser(log: log).parse(argument)
        else { return nil }
        if let literal = text.literal {
            let isSigned = literal.first == UInt8(ascii: "-") || literal.first == UInt8(ascii: "+")
            let digits = isSigned ? argument.from(1) : argument
            if digits.trimmed.number == nil {
                log.warning(
                    argument, "'\(argument.string)' is no number and counts as 0", hint: "write digits, or a macro")
            }
        }
        return .compare(relation, text)
    }

    private func plain(
        _ operation: RuleOperator.Operation, _ name: OperatorName, _ argument: PlacedText
    ) -> RuleOperator.Operation? {
        if !argument.isEmpty { log.warning(argument, "@\(name.rawValue) takes no argument, this changes nothing") }
        return operation
    }

    private func required(_ name: OperatorName, _ argument: PlacedText) -> Bool {
        if !argument.isEmpty { return true }
        log.error(argument, "@\(name.rawValue) needs an argument")
        return false
    }

    /// What the lines of the files say that an argument names, separated by white space.
    private func fromFiles<Entry>(
        _ name: OperatorName, _ argument: PlacedText, _ parse: (PlacedText) -> [Entry]?
    ) -> [Entry]? {
        if !required(name, argument) { return nil }
        var entries: [Entry] = []
        for part in argument.split(where: PlacedText.isBlank) where !part.isEmpty {
            guard let text = files.text(of: part), let more = parse(text) else { return nil }
            entries += more
        }
        if entries.count > SecLangBounds.entries {
            log.error(argument, "there are more than \(SecLangBounds.entries) entries")
            return nil
        }
        if entries.isEmpty {
            log.error(argument, "there is nothing in the file to look for")
            return nil
        }
        return entries
    }
}
