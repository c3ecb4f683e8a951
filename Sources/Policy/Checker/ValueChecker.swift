/// Compares values with the forms they should have.
struct ValueChecker {
    /// Why a value has not its form; without a message when a diagnostic was given before.
    struct Problem {
        let span: SourceSpan
        let message: String?
        var hint: String?
    }

    private let source: Source

    init(_ source: Source) { self.source = source }

    /// Everything that is wrong with `value`; nothing when it has its form.
    func problems(with value: Value, as form: ValueForm) -> [Problem] {
        if case .list(let element) = form, case .list(let values) = value.kind {
            if values.isEmpty {
                return [Problem(span: value.span, message: "has an empty list", hint: "write \(element.description)")]
            }
            return values.flatMap { problems(with: $0, as: element) }
        }
        return problem(with: value, as: form).map { [$0] } ?? []
    }

    private func problem(with value: Value, as form: ValueForm) -> Problem? {
        switch (form, value.kind) {
        case (_, .wrong): return Problem(span: value.span, message: nil)
        case (.list(let element), _): return problem(with: value, as: element)
        case (.text, .text), (.reference, .reference), (.block, .address), (.block, .block): return nil
        case (.number(let range), .number(let number)): return outside(range, number, form, value)
        case (.duration(let range), .duration(let time)): return outside(range, time, form, value)
        case (.size(let range), .size(let size)): return outside(range, size, form, value)
        case (.byteRate(let range), .byteRate(let size, let time)):
            return outside(range, Unit.perSecond(size, milliseconds: time), form, value)
        case (.duration(let range), .number(0)) where range.contains(0): return nil
        case (.size(let range), .number(0)) where range.contains(0): return nil
        case (.byteRate(let range), .number(0)) where range.contains(0): return nil
        case (.version(let versions), .decimal(let major, let minor)) where versions.contains("\(major).\(minor)"):
            return nil
        case (.rate(let range), .rate(let count, _)): return outside(range, count, form, value)
        case (.percent, .percent): return nil
        case (.key(let words, _), .reference(let parts)) where words.contains(parts.joined(separator: ".")): return nil
        case (.key(_, let words), .indexed(let parts, let index)) where words.contains(parts.joined(separator: ".")):
            return index.isEmpty ? Problem(span: value.span, message: "has an empty name in brackets") : nil
        case (.key(let words, let indexed), .reference(let parts)):
            return unknownKey(parts, words, indexed, value)
        case (.profile(let kinds), .reference(let parts)) where parts.count == 2 && kinds.contains(parts[0]): return nil
        case (.excess, .reference(["delay"])): return nil
        case (.excess, .list(let values)): return problem(withExcess: values, value)
        case (.replacement, .list(let values)) where values.count == 2: return problem(withPair: values, value)
        case (.word(let words), .reference(let parts)): return unknown(parts, words, value)
        case (.either(let one, let other), _): return problem(with: value, as: one, or: other)
        default: return mismatch(value, form)
        }
    }

    private func problem(with value: Value, as one: ValueForm, or other: ValueForm) -> Problem? {
        guard let first = problem(with: value, as: one), let second = problem(with: value, as: other) else {
            return nil
        }
        // A duration out of range is better told than that it is no word.
        if fits(value, other) { return second }
        if fits(value, one) { return first }
        return mismatch(value, .either(one, other))
    }

    /// Whether a value is of the kind of a form, though perhaps out of its range.
    private func fits(_ value: Value, _ form: ValueForm) -> Bool {
        switch (form, value.kind) {
        case (.word, .reference), (.duration, .duration), (.size, .size), (.number, .number), (.text, .text): true
        default: false
        }
    }

    private func unknown(_ parts: [String], _ words: [String], _ value: Value) -> Problem? {
        let word = parts.joined(separator: ".")
        if words.contains(word) { return nil }
        let nearest = Suggestion.nearest(to: word, among: words).map { "did you mean \($0)?" }
        return Problem(
            span: value.span, message: "takes \(ValueForm.word(words).description), not '\(word)'", hint: nearest)
    }

    private func unknownKey(_ parts: [String], _ words: [String], _ indexed: [String], _ value: Value) -> Problem? {
        let word = parts.joined(separator: ".")
        if indexed.contains(word) {
            return Problem(span: value.span, message: "takes \(word) with a name", hint: "write \(word)[\"name\"]")
        }
        let nearest = Suggestion.nearest(to: word, among: words + indexed).map { "did you mean \($0)?" }
        return Problem(
            span: value.span, message: "takes \(ValueForm.key(words, indexed: indexed).description), not '\(word)'",
            hint: nearest)
    }

    private func problem(withExcess values: [Value], _ value: Value) -> Problem? {
        guard values.count == 2, case .reference(["reject"]) = values[0].kind else { return mismatch(value, .excess) }
        return problem(with: values[1], as: .number(400...599))
    }

    private func problem(withPair values: [Value], _ value: Value) -> Problem? {
        values.lazy.compactMap { problem(with: $0, as: .text(what: "a path")) }.first
    }

    private func outside(_ range: ClosedRange<UInt64>, _ number: UInt64, _ form: ValueForm, _ value: Value) -> Problem?
    {
        if range.contains(number) { return nil }
        let isSmall = number < range.lowerBound
        let bound = form.written(isSmall ? range.lowerBound : range.upperBound)
        return Problem(span: value.span, message: "is \(isSmall ? "at least" : "at most") \(bound)")
    }

    private func mismatch(_ value: Value, _ form: ValueForm) -> Problem {
        var hint: String?
        switch (form, value.kind) {
        case (.text, .reference), (.text, .address): hint = "write \"\(source.string(value.span))\""
        case (.duration, .number(let number)): hint = "did you mean \(number)s?"
        case (.size, .number(let number)): hint = "did you mean \(number)B?"
        case (.byteRate, .size): hint = "did you mean \(source.string(value.span))/s?"
        case (.reference, .text(let text)) where Literal.isWord(text),
            (.word, .text(let text)) where Literal.isWord(text):
            hint = "write \(text) without quotes"
        case (.block, .text(let text)): hint = "write \(text) without quotes"
        case (.profile(let kinds), .reference(let parts)) where parts.count == 1:
            hint = "write \(ValueForm.word(kinds.map { "\($0).\(parts[0])" }).description)"
        case (.profile(let kinds), .reference(let parts)):
            hint = Suggestion.nearest(to: parts[0], among: kinds).map { "did you mean \($0).\(parts[1])?" }
        case (.excess, .reference): hint = "write reject 429"
        case (.percent, .number(let number)): hint = "did you mean \(number)%?"
        case (.rate, .number(let number)): hint = "did you mean \(number)/s?"
        case (.version, .text(let text)): hint = "write \(text) without quotes"
        default: break
        }
        var found = value.description
        if case (.version, .decimal) = (form, value.kind) { found = source.string(value.span) }
        return Problem(span: value.span, message: "takes \(form.description), not \(found)", hint: hint)
    }
}
