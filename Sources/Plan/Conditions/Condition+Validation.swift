extension Condition {
    func validate(in plan: Plan) throws(PlanError) {
        try Plan.check(count: comparisons.count, in: 1...PlanBounds.steps, "comparisons of a condition")
        try Plan.check(count: steps.count, in: 1...PlanBounds.steps, "steps of a condition")
        for comparison in comparisons { try comparison.validate(in: plan) }
        guard case .test = steps[0] else { throw .outOfRange("a condition's first step") }
        for (index, step) in steps.enumerated() {
            switch step {
            case .test(let number):
                try Plan.check(reference: number, below: comparisons.count, "a condition's test")
            case .not: break
            case .jumpIfFalse(let target), .jumpIfTrue(let target):
                if target <= index || target > steps.count { throw .badReference("a condition's jump") }
            }
        }
    }
}

extension Comparison {
    func validate(in plan: Plan) throws(PlanError) {
        try subject.validate()
        let hasEach = subject.field.isMultiple && subject.measure != .count
        if quantifier == .all && !hasEach { throw .outOfRange("a comparison's quantifier") }
        if !isFitting(operand, for: comparator, type: subject.type) { throw .outOfRange("a comparison's operand") }
        try operand.validate(in: plan, allowsEmpty: comparator == .equal || comparator == .notEqual)
    }

    /// Whether an operator compares values of a type with operands of a kind.
    private func isFitting(_ operand: Operand, for comparator: Operator, type: ValueType) -> Bool {
        switch (comparator, operand) {
        case (.exists, .nothing): subject.measure == .value && !subject.isLowercased
        case (.matches, .pattern): type == .bytes
        case (.equal, .text), (.notEqual, .text): type == .bytes
        case (.contains, .text), (.starts, .text), (.ends, .text): type == .bytes
        case (.isIn, .texts), (.contains, .texts), (.starts, .texts), (.ends, .texts): type == .bytes
        case (.isIn, .list), (.contains, .list), (.starts, .list), (.ends, .list): type == .bytes
        case (.isIn, .addresses): type == .address
        case (.isIn, .ranges): type != .bytes && type != .address
        case (.equal, .number), (.notEqual, .number), (.less, .number), (.lessOrEqual, .number), (.greater, .number),
            (.greaterOrEqual, .number):
            type != .bytes && type != .address
        default: false
        }
    }
}

extension Subject {
    func validate() throws(PlanError) {
        if isLowercased && (measure != .value || field.type != .bytes) { throw .outOfRange("a comparison's subject") }
        if measure == .length && field.type != .bytes { throw .outOfRange("a comparison's subject") }
        if measure == .count && !field.isMultiple { throw .outOfRange("a comparison's subject") }
        switch field {
        case .queryParameter(let name):
            if name.isEmpty || name.count > PlanBounds.name { throw .badText("a parameter's name") }
        case .header(let name):
            if !PlanText.isLowercasedToken(name) { throw .badText("a header's name") }
        case .cookie(let name):
            if !PlanText.isToken(String(decoding: name, as: UTF8.self)) { throw .badText("a cookie's name") }
        default: break
        }
    }
}

extension Comparison.Operand {
    func validate(in plan: Plan, allowsEmpty: Bool) throws(PlanError) {
        switch self {
        case .nothing, .number: break
        case .text(let text):
            if text.count > PlanBounds.operand || text.isEmpty && !allowsEmpty {
                throw .badText("a comparison's text")
            }
        case .texts(let texts):
            try Plan.check(count: texts.count, in: 1...PlanBounds.texts, "texts of a comparison")
            try Plan.check(operands: texts, "a comparison's text")
        case .list(let number): try Plan.check(reference: number, below: plan.lists.count, "a comparison's list")
        case .pattern(let pattern):
            if pattern.isEmpty || pattern.count > PlanBounds.operand { throw .badText("a regular expression") }
        case .ranges(let ranges):
            try Plan.check(count: ranges.count, in: 1...PlanBounds.texts, "ranges of a comparison")
        case .addresses(let networks, let blocks):
            try Plan.check(count: networks.count, in: 0...PlanBounds.networks, "networks of a comparison")
            try Plan.check(count: blocks.count, in: 0...PlanBounds.blocks, "blocks of a comparison")
            if networks.isEmpty && blocks.isEmpty { throw .badCount("networks of a comparison") }
            for number in networks {
                try Plan.check(reference: number, below: plan.networks.count, "a comparison's network")
            }
        }
    }
}

extension TextList {
    func validate() throws(PlanError) {
        try Plan.check(name: name, "a list's name")
        try Plan.check(count: texts.count, in: 1...PlanBounds.texts, "texts of a list")
        try Plan.check(operands: texts, "a list's text")
        try Plan.checkDistinct(texts, "a list's text")
    }
}

extension Zone {
    func validate() throws(PlanError) {
        if !PlanText.isFileName(name) || name.utf8.count > PlanBounds.name { throw .badText("the zone's name") }
        try Plan.check(count: transitions.count, in: 1...PlanBounds.transitions, "the zone's transitions")
        for transition in transitions where !PlanBounds.zoneOffset.contains(transition.offset) {
            throw .outOfRange("the zone's offset")
        }
        for (one, next) in zip(transitions, transitions.dropFirst()) where one.start >= next.start {
            throw .outOfRange("the zone's transition")
        }
    }
}

extension Plan {
    static func check(operands: [[UInt8]], _ part: String) throws(PlanError) {
        for text in operands where text.isEmpty || text.count > PlanBounds.operand { throw .badText(part) }
    }
}
