import Plan

extension PlanBuilder {
    /// The program of what stands after `when`; nil when something in it is wrong, or there is none.
    mutating func condition(of block: CheckedBlock) -> Condition? {
        guard let expression = block.condition else { return nil }
        var program = Condition(steps: [], comparisons: [])
        if !compile(expression, into: &program) { return nil }
        if program.comparisons.count > PolicyBounds.comparisons {
            log.error(
                block.span,
                "the condition has \(program.comparisons.count) comparisons, more than \(PolicyBounds.comparisons)",
                hint: "put texts into a list block, and addresses into a network block")
            return nil
        }
        return program
    }

    /// Appends the steps of `expression`; false when something in it is wrong.
    private mutating func compile(_ expression: Expression, into program: inout Condition) -> Bool {
        switch expression {
        case .wrong: return false
        case .conjunction(let parts): return compile(parts, into: &program) { .jumpIfFalse($0) }
        case .disjunction(let parts): return compile(parts, into: &program) { .jumpIfTrue($0) }
        case .negation(let inner):
            let isSound = compile(inner, into: &program)
            program.steps.append(.not)
            return isSound
        case .quantified(let name, let inner): return compile(quantified: inner, name, into: &program)
        case .comparison(let tree): return compile(tree, quantifier: nil, into: &program)
        }
    }

    /// All parts, with a jump to the end behind each but the last.
    private mutating func compile(
        _ parts: [Expression], into program: inout Condition, jump: (Int) -> Condition.Step
    ) -> Bool {
        var isSound = true
        var jumps: [Int] = []
        for (index, part) in parts.enumerated() {
            if !compile(part, into: &program) { isSound = false }
            if index < parts.count - 1 {
                jumps.append(program.steps.count)
                program.steps.append(.not)
            }
        }
        for index in jumps { program.steps[index] = jump(program.steps.count) }
        return isSound
    }

    private mutating func compile(quantified inner: Expression, _ name: Name, into program: inout Condition) -> Bool {
        guard case .comparison(let tree) = inner else {
            if case .wrong = inner { return false }
            log.error(
                name.span, "\(name.text)(...) takes one comparison",
                hint: "write \(name.text)(...) around each comparison, and put 'and', 'or' and 'not' outside")
            return false
        }
        return compile(tree, quantifier: name, into: &program)
    }

    private mutating func compile(
        _ tree: ComparisonTree, quantifier: Name?, into program: inout Condition
    ) -> Bool {
        guard let looked = subject(of: tree.term) else { return false }
        if looked.isExistence { return compile(existence: looked, tree, quantifier, into: &program) }
        let subject = looked.subject
        guard let name = tree.comparator, let value = tree.value else {
            log.error(
                tree.span, "a comparison is missing behind '\(log.source.string(tree.term.span))'",
                hint: hint(forBare: subject, tree))
            return false
        }
        guard let comparator = comparator(name, subject.type) else { return false }
        let isMultiple = subject.field.isMultiple && subject.measure != .count
        if let quantifier, !isMultiple {
            log.error(
                quantifier.span, "'\(quantifier.text)' is for what may occur several times",
                hint: "write \(log.source.string(tree.span)) without it")
            return false
        }
        if quantifier == nil && isMultiple && comparator == .notEqual {
            let term = log.source.string(tree.term.span)
            let text = log.source.string(value.span)
            log.error(
                name.span, "'!=' is ambiguous: there may be several values of \(term), or none",
                hint: "write not \(term) == \(text), or any(\(term) != \(text))")
            return false
        }
        guard let operand = operand(value, for: subject, comparator, name) else { return false }
        return append(subject, comparator, operand, isMultiple ? quantifier : nil, into: &program)
    }

    private func append(
        _ subject: Subject, _ comparator: Comparison.Operator, _ operand: Comparison.Operand, _ quantifier: Name?,
        into program: inout Condition
    ) -> Bool {
        // What occurs once is not equal exactly when it is not equal: also when it is not there.
        let isNegated = comparator == .notEqual && quantifier == nil
        program.steps.append(.test(program.comparisons.count))
        // An address is compared as a network is.
        let isAddress = subject.type == .address
        let equality: Comparison.Operator = isAddress ? .isIn : isNegated ? .equal : comparator
        program.comparisons.append(
            Comparison(subject, equality, operand, quantifier: quantifier?.text == "all" ? .all : .any))
        if isNegated { program.steps.append(.not) }
        return true
    }

    /// `exists(...)`
    private func compile(
        existence looked: Looked, _ tree: ComparisonTree, _ quantifier: Name?, into program: inout Condition
    ) -> Bool {
        if let quantifier {
            log.error(
                quantifier.span, "\(quantifier.text)(...) takes one comparison",
                hint: "write \(log.source.string(tree.span)) alone")
            return false
        }
        if let comparator = tree.comparator {
            log.error(
                comparator.span, "exists(...) is compared with nothing",
                hint: "write \(log.source.string(tree.term.span)) alone, or not \(log.source.string(tree.term.span))")
            return false
        }
        if looked.subject.field.isAlwaysThere {
            log.error(tree.span, "every request has this, so it decides nothing", hint: "remove it")
            return false
        }
        program.steps.append(.test(program.comparisons.count))
        program.comparisons.append(Comparison(looked.subject, .exists, .nothing))
        return true
    }

    private func hint(forBare subject: Subject, _ tree: ComparisonTree) -> String {
        let term = log.source.string(tree.term.span)
        switch subject.type {
        case _ where subject.field.isMultiple && subject.measure == .value:
            return "write exists(\(term)), or \(term) == \"a\""
        case .bytes: return "write \(term) == \"a\", or another operator"
        case .number: return "write \(term) > 0, or another operator"
        case .address: return "write \(term) in NAME of a network"
        case .time: return "write \(term) in 08:00-18:00"
        case .weekday: return "write \(term) in mon-fri"
        case .tlsVersion: return "write \(term) >= 1.3"
        }
    }

    /// The operator `name`, if there is such a one for values of this type.
    private func comparator(_ name: Name, _ type: ValueType) -> Comparison.Operator? {
        guard let comparator = ConditionWords.comparator(name.text) else {
            let nearest = Suggestion.nearest(to: name.text, among: ConditionWords.operators.map(\.word))
            log.error(
                name.span, "unknown operator '\(name.text)'",
                hint: (PlanBuilder.usualName(of: name.text) ?? nearest).map { "did you mean '\($0)'?" }
                    ?? "operators are \(ConditionWords.operators.map(\.word).joined(separator: ", "))")
            return nil
        }
        let known = PlanBuilder.comparators(of: type)
        if known.contains(name.text) { return comparator }
        log.error(
            name.span, "'\(name.text)' does not compare \(PlanBuilder.description(of: type))",
            hint: "write one of \(known.joined(separator: ", "))")
        return nil
    }

    /// The operator that other languages call `word`.
    private static func usualName(of word: String) -> String? {
        switch word {
        case "begins", "startswith", "starts_with", "prefix", "beg": "starts"
        case "endswith", "ends_with", "suffix": "ends"
        case "is", "eq", "equals": "=="
        case "ne": "!="
        case "like", "regex", "match", "rx", "reg": "matches"
        case "has", "includes", "sub": "contains"
        default: nil
        }
    }

    private static func comparators(of type: ValueType) -> [String] {
        switch type {
        case .bytes: ["==", "!=", "in", "contains", "starts", "ends", "matches"]
        case .number, .tlsVersion: ["==", "!=", "<", "<=", ">", ">=", "in"]
        case .address, .weekday: ["==", "!=", "in"]
        case .time: ["<", "<=", ">", ">=", "in"]
        }
    }

    static func description(of type: ValueType) -> String {
        switch type {
        case .bytes: "bytes"
        case .number: "a number"
        case .address: "an address"
        case .time: "a time of day"
        case .weekday: "a day of the week"
        case .tlsVersion: "a version of TLS"
        }
    }
}
