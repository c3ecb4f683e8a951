import Bytes

/// What is known of the texts that an expression matches, put together from what is known of its parts.
///
/// Calls itself for the parts of an expression, so no deeper than groups are nested. All literals are in lower case.
struct FactorAnalysis {
    /// Everything that can match, when that is little enough to be listed.
    private(set) var exact: [[UInt8]]?

    /// Sets of literals of each of which one is contained.
    private(set) var required: [[[UInt8]]] = []

    /// Literals with one of which every match begins; one of them is empty when nothing is known.
    private(set) var beginnings: [[UInt8]] = [[]]

    /// All sets of which a literal is contained, that of everything that can match among them.
    var candidates: [[[UInt8]]] { exact.map { required + [$0] } ?? required }

    /// Nothing is known.
    private init() {}

    /// Everything is known.
    private init(exact: [[UInt8]]) {
        self.exact = exact
        beginnings = exact
    }

    /// What is known of `expression`.
    init(_ expression: Expression) {
        switch expression {
        case .empty, .assertion: self.init(exact: [[]])
        case .bytes(let set): self.init(set)
        case .group(let body), .atomic(let body, _): self.init(body)
        case .sequence(let parts): self.init(sequence: parts.map { FactorAnalysis($0) })
        case .choice(let parts): self.init(choice: parts.map { FactorAnalysis($0) })
        case .repetition(let body, let repetition): self.init(FactorAnalysis(body), repetition)
        }
    }

    private init(_ set: ByteSet) {
        self.init()
        let bytes = Set(set.bytes.map { ASCII.lowercased($0) })
        if bytes.count > PatternBounds.factorBytes { return }
        self.init(exact: bytes.sorted().map { [$0] })
    }

    /// Literals of neighbours are joined as long as they are few and short.
    private init(sequence parts: [FactorAnalysis]) {
        self.init()
        var joined: [[UInt8]] = [[]]
        var isExact = true
        var isAtStart = true
        for part in parts {
            if let exact = part.exact, let longer = FactorAnalysis.join(joined, exact) {
                joined = longer
                continue
            }
            if isAtStart {
                beginnings = joined == [[]] ? part.beginnings : joined
                isAtStart = false
            }
            isExact = false
            required.append(joined)
            required += part.required
            joined = part.exact ?? [[]]
        }
        if isExact {
            self.init(exact: joined)
        } else {
            required.append(joined)
            keepMostTelling()
        }
    }

    /// One of each alternative's sets, taken together, is a set of the whole.
    private init(choice parts: [FactorAnalysis]) {
        self.init()
        let exact = parts.compactMap(\.exact)
        if exact.count == parts.count, let all = FactorAnalysis.merge(exact) {
            self.init(exact: all)
            return
        }
        beginnings = FactorAnalysis.merge(parts.map(\.beginnings)) ?? [[]]
        let best = parts.compactMap { part in
            part.candidates.filter { !$0.contains([]) }.min { FactorAnalysis.isMoreTelling($0, than: $1) }
        }
        if best.count == parts.count, let all = FactorAnalysis.merge(best) { required = [all] }
    }

    private init(_ body: FactorAnalysis, _ repetition: Repetition) {
        if repetition.minimum == 0 {
            self.init()
            guard repetition.maximum == 1, let exact = body.exact else { return }
            if let all = FactorAnalysis.merge([exact, [[]]]) { self.init(exact: all) }
            return
        }
        // More rounds than a literal has bytes say nothing more.
        let rounds = min(repetition.minimum, PatternBounds.factorLength + 1)
        var parts = [FactorAnalysis](repeating: body, count: rounds)
        if repetition.maximum != rounds { parts.append(FactorAnalysis()) }
        self.init(sequence: parts)
    }

    private mutating func keepMostTelling() {
        let known = required.filter { !$0.contains([]) }
        required = Array(
            known.sorted { FactorAnalysis.isMoreTelling($0, than: $1) }.prefix(PatternBounds.factorSets))
    }

    /// Each of `one` before each of `other`; nil when they become too many or too long.
    private static func join(_ one: [[UInt8]], _ other: [[UInt8]]) -> [[UInt8]]? {
        if one == [[]] { return other }
        if other == [[]] { return one }
        let isGrowing = one.count > 1 && other.count > 1
        if isGrowing && one.count * other.count > PatternBounds.joinedFactors { return nil }
        var joined: Set<[UInt8]> = []
        for start in one {
            for end in other {
                if start.count + end.count > PatternBounds.factorLength { return nil }
                joined.insert(start + end)
            }
        }
        return sorted(joined)
    }

    /// All of `sets` in one; nil when they are too many.
    private static func merge(_ sets: [[[UInt8]]]) -> [[UInt8]]? {
        let merged = Set(sets.joined())
        return merged.count > PatternBounds.factors ? nil : sorted(merged)
    }

    private static func sorted(_ literals: Set<[UInt8]>) -> [[UInt8]] {
        literals.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether fewer texts contain a literal of `one` than of `other`, as far as lengths and numbers tell.
    static func isMoreTelling(_ one: [[UInt8]], than other: [[UInt8]]) -> Bool {
        let shortest = one.map(\.count).min() ?? 0
        let otherShortest = other.map(\.count).min() ?? 0
        return shortest == otherShortest ? one.count < other.count : shortest > otherShortest
    }
}
