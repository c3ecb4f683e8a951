import Bytes
import Plan

extension PlanBuilder {
    /// What a value is compared with; nil when it is wrong.
    mutating func operand(
        _ value: Value, for subject: Subject, _ comparator: Comparison.Operator, _ name: Name
    ) -> Comparison.Operand? {
        if case .wrong = value.kind { return nil }
        switch subject.type {
        case .bytes: return bytes(value, for: subject, comparator, name)
        case .address: return addresses(value, comparator)
        case .number, .time, .weekday, .tlsVersion: return numbers(value, for: subject, comparator, name)
        }
    }

    // MARK: Bytes

    private mutating func bytes(
        _ value: Value, for subject: Subject, _ comparator: Comparison.Operator, _ name: Name
    ) -> Comparison.Operand? {
        if comparator == .matches { return pattern(value) }
        let takesMany = comparator != .equal && comparator != .notEqual
        if takesMany, case .reference(let parts) = value.kind, parts.first == "list" || !isBareWord(subject) {
            return resolve(value, "list").map { .list($0) }
        }
        if case .list(let values) = value.kind {
            if !takesMany {
                log.error(
                    value.span, "'\(name.text)' compares with one text",
                    hint: "write in \(log.source.string(value.span))")
                return nil
            }
            return texts(values, value.span, for: subject, comparator)
        }
        guard let text = text(value, for: subject, comparator) else { return nil }
        if comparator == .isIn {
            log.error(value.span, "'in' takes a list", hint: "write in [\(log.source.string(value.span))], or ==")
            return nil
        }
        return .text(text)
    }

    private func texts(
        _ values: [Value], _ span: SourceSpan, for subject: Subject, _ comparator: Comparison.Operator
    ) -> Comparison.Operand? {
        if values.isEmpty {
            log.error(span, "the list is empty", hint: "write [\"a\", \"b\"]")
            return nil
        }
        var seen: Set<[UInt8]> = []
        var texts: [[UInt8]] = []
        var isSound = true
        for value in values {
            guard let text = text(value, for: subject, comparator) else {
                isSound = false
                continue
            }
            if text.isEmpty {
                log.error(value.span, "a list holds no empty text", hint: "compare with == \"\" besides")
                isSound = false
            } else if seen.insert(text).inserted {
                texts.append(text)
            } else {
                log.warning(value.span, "\(log.source.string(value.span)) stands twice in the list")
            }
        }
        return isSound ? .texts(texts) : nil
    }

    /// Whether values of a field are words of the protocol, which may stand without quotes.
    private func isBareWord(_ subject: Subject) -> Bool {
        (subject.field == .method || subject.field == .scheme) && !subject.isLowercased
    }

    private func text(_ value: Value, for subject: Subject, _ comparator: Comparison.Operator) -> [UInt8]? {
        var text: String?
        switch value.kind {
        case .wrong: return nil
        case .text(let content): text = content
        case .reference(let parts) where isBareWord(subject): text = parts.joined(separator: ".")
        default: break
        }
        guard let text else {
            let isList = if case .reference(let parts) = value.kind { parts.first == "list" } else { false }
            let written = log.source.string(value.span)
            log.error(
                value.span,
                "bytes are compared with a text in quotes, not with \(isList ? "a list" : value.description)",
                hint: isList ? "write in \(written)" : "write \"\(written)\"")
            return nil
        }
        if text.utf8.count > PlanBounds.operand {
            log.error(value.span, "the text has more than \(PlanBounds.operand) bytes")
        } else if text.isEmpty && comparator != .equal && comparator != .notEqual {
            log.error(value.span, "every value holds the empty text, so it decides nothing", hint: "write a text")
        } else if let problem = ConstantCheck.problem(text, subject, comparator) {
            log.error(value.span, problem.message, hint: problem.hint)
        } else {
            return Array(text.utf8)
        }
        return nil
    }

    private func pattern(_ value: Value) -> Comparison.Operand? {
        guard let text = value.text else {
            log.error(value.span, "'matches' takes a regular expression in quotes, not \(value.description)")
            return nil
        }
        if text.isEmpty {
            log.error(value.span, "the empty regular expression finds something everywhere", hint: "write exists(...)")
        } else if text.utf8.count > PlanBounds.operand {
            log.error(value.span, "the regular expression has more than \(PlanBounds.operand) bytes")
        } else if let problem = PatternCheck.problem(with: text) {
            log.error(value.span, "in this regular expression, \(problem.message)", hint: problem.hint)
        } else {
            return .pattern(Array(text.utf8))
        }
        return nil
    }

    // MARK: Addresses

    private mutating func addresses(_ value: Value, _ comparator: Comparison.Operator) -> Comparison.Operand? {
        if comparator != .isIn {
            if case .address(let address) = value.kind,
                let block = AddressBlock(address, prefixLength: address.family.bits)
            {
                return .addresses(networks: [], blocks: [block])
            }
            log.error(
                value.span, "an address is compared with an address, not with \(value.description)",
                hint: value.text.map { "write \($0) without quotes" } ?? "write in \(log.source.string(value.span))")
            return nil
        }
        var networks: [Int] = []
        var blocks: [AddressBlock] = []
        for element in value.elements {
            switch element.kind {
            case .wrong: return nil
            case .address(let address):
                blocks += [AddressBlock(address, prefixLength: address.family.bits)].compactMap { $0 }
            case .block(let block): blocks.append(block)
            case .reference:
                guard let number = resolve(element, "network") else { return nil }
                if !networks.contains(number) { networks.append(number) }
            default:
                log.error(
                    element.span, "the client is in a network or an address block, not in \(element.description)",
                    hint: element.text.map { "write \($0) without quotes" })
                return nil
            }
        }
        if networks.isEmpty && blocks.isEmpty {
            log.error(value.span, "the list is empty", hint: "write a network, or [10.0.0.0/8]")
            return nil
        }
        return .addresses(networks: networks, blocks: blocks)
    }

    // MARK: Numbers

    private func numbers(
        _ value: Value, for subject: Subject, _ comparator: Comparison.Operator, _ name: Name
    ) -> Comparison.Operand? {
        if comparator == .isIn {
            var ranges: [ClosedRange<UInt64>] = []
            for element in value.elements {
                guard let found = self.ranges(element, subject) else { return nil }
                ranges += found
            }
            if ranges.isEmpty {
                log.error(value.span, "the list is empty", hint: "write what it may be")
                return nil
            }
            return .ranges(ranges)
        }
        guard let number = number(value, subject) else { return nil }
        let isNever = number == 0 && comparator == .less
        if subject.type == .number || subject.type == .time, isNever || number == 0 && comparator == .greaterOrEqual {
            log.error(
                name.span, "this is \(isNever ? "never" : "always") so, so it decides nothing", hint: "remove it")
            return nil
        }
        return .number(number)
    }

    private func number(_ value: Value, _ subject: Subject) -> UInt64? {
        switch (subject.type, value.kind) {
        case (_, .wrong): return nil
        case (.number, .number(let number)): return number
        case (.number, .size(let size)) where subject.field == .length || subject.measure == .length: return size
        case (.time, .time(let seconds)): return seconds
        case (.tlsVersion, .decimal(1, 2)): return UInt64(TLSVersion.v1_2.rawValue)
        case (.tlsVersion, .decimal(1, 3)): return UInt64(TLSVersion.v1_3.rawValue)
        case (.weekday, .reference(let parts)):
            if let day = ConditionWords.weekdays.firstIndex(of: parts.joined(separator: ".")) { return UInt64(day + 1) }
        default: break
        }
        let description = PlanBuilder.description(of: subject.type)
        log.error(
            value.span, "\(description) is compared with \(PlanBuilder.wanted(subject)), not with \(found(value))",
            hint: hint(forNumber: value, subject))
        return nil
    }

    /// What stands there, for a reader.
    private func found(_ value: Value) -> String {
        if case .decimal = value.kind { return log.source.string(value.span) }
        return value.description
    }

    private static func wanted(_ subject: Subject) -> String {
        switch subject.type {
        case .time: "a time such as 08:00"
        case .tlsVersion: "1.2 or 1.3"
        case .weekday: "one of \(ConditionWords.weekdays.joined(separator: ", "))"
        default: subject.field == .length ? "a number or a size such as 64KiB" : "a number"
        }
    }

    private func hint(forNumber value: Value, _ subject: Subject) -> String? {
        switch (subject.type, value.kind) {
        case (.weekday, .reference(let parts)):
            let days = parts.joined(separator: ".").lowercased().split(separator: "-")
                .map { day in ConditionWords.weekdays.first { day.hasPrefix($0) } }
            if !days.contains(nil) { return "write \(days.compactMap { $0 }.joined(separator: "-"))" }
            return Suggestion.nearest(to: parts.joined(), among: ConditionWords.weekdays).map { "did you mean \($0)?" }
        case (_, .text(let text)):
            return (try? Literal.value(of: text)) == nil ? nil : "write \(text) without quotes"
        case (.time, .timeRange): return "write in \(log.source.string(value.span))"
        default: return nil
        }
    }

    /// The ranges that an element of a list stands for.
    private func ranges(_ value: Value, _ subject: Subject) -> [ClosedRange<UInt64>]? {
        switch (subject.type, value.kind) {
        case (.time, .timeRange(let from, let to)):
            if from == to || from == 86_400 {
                log.error(
                    value.span, "this is no time at all", hint: "write the first and the last time, such as 22:00-06:00"
                )
                return nil
            }
            // The end itself is not in it; behind midnight it goes on in the morning.
            return from < to ? [from...(to - 1)] : [from...86_399] + (to > 0 ? [0...(to - 1)] : [])
        case (.time, .time):
            log.error(value.span, "'in' takes a range of times", hint: "write 08:00-18:00")
            return nil
        case (.weekday, .reference(let parts)):
            let days = parts.joined(separator: ".").split(separator: "-", omittingEmptySubsequences: false)
                .map { day in ConditionWords.weekdays.firstIndex(of: String(day)).map { UInt64($0 + 1) } }
            guard days.count == 2, let first = days[0], let last = days[1] else { break }
            return first <= last ? [first...last] : [first...7, 1...last]
        default: break
        }
        return number(value, subject).map { [$0...$0] }
    }
}
