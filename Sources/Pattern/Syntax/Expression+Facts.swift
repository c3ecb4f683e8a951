// What can be said of an expression without running it. Each calls itself for the parts of an expression, so no deeper
// than groups are nested.
extension Expression {
    /// One of `alternatives`; neighbours of one byte each become one set, which changes no match.
    static func choosing(_ alternatives: [Expression]) -> Expression {
        var joined: [Expression] = []
        for alternative in alternatives {
            if case .bytes(let set) = alternative, case .bytes(let last)? = joined.last {
                joined[joined.count - 1] = .bytes(last.union(set))
            } else {
                joined.append(alternative)
            }
        }
        return joined.count == 1 ? joined[0] : .choice(joined)
    }

    /// Whether it may match without a byte. An assertion may.
    var isNullable: Bool {
        switch self {
        case .empty, .assertion: true
        case .bytes: false
        case .sequence(let parts): parts.allSatisfy(\.isNullable)
        case .choice(let parts): parts.contains(where: \.isNullable)
        case .repetition(let body, let repetition): repetition.minimum == 0 || body.isNullable
        case .group(let body), .atomic(let body, _): body.isNullable
        }
    }

    /// The fewest bytes of a match; no more than ``Int/max`` / 2.
    var minimumLength: Int {
        switch self {
        case .empty, .assertion: 0
        case .bytes: 1
        case .sequence(let parts): parts.reduce(0) { $0.saturatingSum($1.minimumLength) }
        case .choice(let parts): parts.map(\.minimumLength).min() ?? 0
        case .repetition(let body, let repetition): body.minimumLength.saturatingProduct(repetition.minimum)
        case .group(let body), .atomic(let body, _): body.minimumLength
        }
    }

    /// Whether every match begins at the start of the text.
    var isAnchored: Bool {
        switch self {
        case .assertion(let assertion): assertion == .textStart
        case .empty, .bytes: false
        case .sequence(let parts):
            // Behind other assertions it is still the first byte that has not been consumed.
            parts.first { if case .assertion(let assertion) = $0 { assertion == .textStart } else { true } }?
                .isAnchored ?? false
        case .choice(let parts): parts.allSatisfy(\.isAnchored)
        case .repetition(let body, let repetition): repetition.minimum > 0 && body.isAnchored
        case .group(let body), .atomic(let body, _): body.isAnchored
        }
    }

    /// Instructions that it is compiled to; no more than ``Int/max`` / 2.
    var instructionCount: Int {
        switch self {
        case .empty: return 0
        case .bytes, .assertion: return 1
        case .sequence(let parts): return parts.reduce(0) { $0.saturatingSum($1.instructionCount) }
        case .choice(let parts): return parts.reduce(parts.count - 1) { $0.saturatingSum($1.instructionCount) }
        case .group(let body), .atomic(let body, _): return body.instructionCount
        case .repetition(let body, let repetition):
            let once = body.instructionCount
            guard let maximum = repetition.maximum else {
                return once.saturatingProduct(max(repetition.minimum, 1)).saturatingSum(2)
            }
            return once.saturatingProduct(maximum).saturatingSum(maximum - repetition.minimum)
        }
    }
}

extension Int {
    /// A bound above every bound of patterns, the sum of two of which is still a number.
    private static let saturated = Int.max / 2

    fileprivate func saturatingSum(_ other: Int) -> Int { Swift.min(self + other, Int.saturated) }

    fileprivate func saturatingProduct(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? Int.saturated : Swift.min(product, Int.saturated)
    }
}
