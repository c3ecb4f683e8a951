import Plan

extension PolicyText {
    /// A condition as a policy writes it, with no more parentheses than it takes.
    func condition(_ condition: Condition) -> String {
        var reader = ConditionReader(text: self, condition: condition)
        return reader.read(upTo: condition.steps.count).text
    }
}

/// Reads the flat program of a condition back into what it was compiled from.
///
/// Jumps lead forward only. What stands between a jump and its target is the second part of an `and` or `or`, of which
/// what stands before the jump is the first.
private struct ConditionReader {
    /// How strongly the parts of a text hold together.
    enum Strength: Int {
        case or, and, not, comparison
    }

    struct Part {
        let text: String
        let strength: Strength

        /// The text, in parentheses if its parts hold together less strongly than `strength`.
        func within(_ strength: Strength) -> String {
            self.strength.rawValue < strength.rawValue ? "(\(text))" : text
        }
    }

    let text: PolicyText
    let condition: Condition
    private var index = 0

    init(text: PolicyText, condition: Condition) {
        self.text = text
        self.condition = condition
    }

    mutating func read(upTo end: Int) -> Part {
        var part = Part(text: "true", strength: .comparison)
        while index < end {
            let step = condition.steps[index]
            index += 1
            switch step {
            case .test(let number): part = comparison(condition.comparisons[number])
            case .not: part = negation(of: part)
            case .jumpIfFalse(let target): part = join(part, .and, upTo: min(target, end))
            case .jumpIfTrue(let target): part = join(part, .or, upTo: min(target, end))
            }
        }
        return part
    }

    private mutating func join(_ part: Part, _ strength: Strength, upTo end: Int) -> Part {
        let other = read(upTo: end)
        let word = strength == .and ? "and" : "or"
        return Part(text: "\(part.within(strength)) \(word) \(other.within(strength))", strength: strength)
    }

    private func negation(of part: Part) -> Part {
        Part(text: "not \(part.within(.comparison))", strength: .not)
    }

    private func comparison(_ comparison: Comparison) -> Part {
        let subject = text.subject(comparison.subject)
        if comparison.comparator == .exists { return Part(text: "exists(\(subject))", strength: .comparison) }
        let whole = "\(subject) \(PolicyText.word(comparison.comparator)) \(text.operand(comparison))"
        if comparison.quantifier == .all { return Part(text: "all(\(whole))", strength: .comparison) }
        // Without any(...), an inequality of what may occur several times would be refused as ambiguous.
        let isAmbiguous =
            comparison.comparator == .notEqual && comparison.subject.field.isMultiple
            && comparison.subject.measure != .count
        return Part(text: isAmbiguous ? "any(\(whole))" : whole, strength: .comparison)
    }
}

extension PolicyText {
    fileprivate func subject(_ subject: Subject) -> String {
        let field = PolicyText.field(subject.field)
        switch subject.measure {
        case .value: return subject.isLowercased ? "lower(\(field))" : field
        case .length: return "len(\(field))"
        case .count: return "count(\(field))"
        }
    }

    private static func field(_ field: RequestField) -> String {
        switch field {
        case .path: "path"
        case .query: "query"
        case .queryParameter(let name): "query[\(quoted(name))]"
        case .header(let name): "header[\(quoted(name))]"
        case .cookie(let name): "cookie[\(quoted(name))]"
        case .method: "method"
        case .host: "host"
        case .scheme: "scheme"
        case .port: "port"
        case .client: "client"
        case .tlsVersion: "tls.version"
        case .length: "length"
        case .time: "time"
        case .weekday: "weekday"
        }
    }

    fileprivate static func word(_ comparator: Comparison.Operator) -> String {
        switch comparator {
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .isIn: "in"
        case .contains: "contains"
        case .starts: "starts"
        case .ends: "ends"
        case .matches: "matches"
        case .exists: "exists"
        }
    }

    fileprivate func operand(_ comparison: Comparison) -> String {
        let type = comparison.subject.type
        switch comparison.operand {
        case .nothing: return ""
        case .text(let text), .pattern(let text): return word(text, comparison)
        case .texts(let texts): return "[\(texts.map { word($0, comparison) }.joined(separator: ", "))]"
        case .list(let number): return "list.\(plan.lists[number].name)"
        case .number(let number): return PolicyText.number(number, type)
        case .ranges(let ranges): return PolicyText.list(ranges.map { PolicyText.range($0, type) })
        case .addresses(let networks, let blocks):
            return PolicyText.list(networks.map { plan.networks[$0].name } + blocks.map(\.description))
        }
    }

    /// A text in quotes; a method stands without them.
    private func word(_ text: [UInt8], _ comparison: Comparison) -> String {
        let isMethod = comparison.subject.field == .method && [.equal, .isIn].contains(comparison.comparator)
        return isMethod && !comparison.subject.isLowercased
            ? String(decoding: text, as: UTF8.self) : PolicyText.quoted(text)
    }

    private static func number(_ number: UInt64, _ type: ValueType) -> String {
        switch type {
        case .time: time(number)
        case .weekday: (1...7).contains(number) ? weekdays[Int(number) - 1] : "\(number)"
        case .tlsVersion: TLSVersion(rawValue: UInt16(truncatingIfNeeded: number))?.description ?? "\(number)"
        case .bytes, .number, .address: "\(number)"
        }
    }

    private static func range(_ range: ClosedRange<UInt64>, _ type: ValueType) -> String {
        // A range of times ends in the second before the time that is written.
        if type == .time { return "\(time(range.lowerBound))-\(time(range.upperBound + 1))" }
        let first = number(range.lowerBound, type)
        return range.count == 1 ? first : "\(first)-\(number(range.upperBound, type))"
    }

    private static func time(_ seconds: UInt64) -> String {
        let parts = [seconds / 3600, seconds / 60 % 60] + (seconds % 60 == 0 ? [] : [seconds % 60])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
}
