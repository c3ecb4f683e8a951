/// Decides which atomic groups and possessive repetitions can be answered: those that make no difference.
///
/// An atomic group keeps the first way in which it matched. An automaton follows all ways at once. The two agree when
///
/// - there is only one way: `(?>GET|POST)`, `(?:ab){3}+`; or
/// - what follows always matches, because nothing does follow: `a.*+`; or
/// - it ends in the greedy repetition of one set of bytes, of which what follows can use none: `\d++[a-z]`, `[^/]*+$`.
///   Giving back a byte would never help.
///
/// Calls itself for the parts of an expression, so no deeper than groups are nested.
enum AtomicGroups {
    /// What can come after an expression.
    struct Follow {
        /// The bytes that it can begin with.
        var bytes = ByteSet()

        /// Whether it can begin with an assertion that the end of the text alone does not decide.
        var assertion = false

        /// Whether it can begin with the end of the text being asserted.
        var textEnd = false

        /// Whether nothing follows that could fail.
        var isNothing: Bool { bytes.isEmpty && !assertion && !textEnd }

        mutating func formUnion(_ other: Follow) {
            bytes.formUnion(other.bytes)
            assertion = assertion || other.assertion
            textEnd = textEnd || other.textEnd
        }
    }

    /// `expression` without atomic groups; throws for the first that makes a difference, or may.
    static func resolve(
        _ expression: Expression, followedBy follow: Follow = Follow()
    ) throws(PatternError) -> Expression {
        switch expression {
        case .empty, .bytes, .assertion: return expression
        case .group(let body): return .group(try resolve(body, followedBy: follow))
        case .choice(let parts):
            var resolved: [Expression] = []
            for part in parts { resolved.append(try resolve(part, followedBy: follow)) }
            return .choice(resolved)
        case .sequence(let parts):
            var resolved: [Expression] = []
            var behind = follow
            for part in parts.reversed() {
                resolved.append(try resolve(part, followedBy: behind))
                let first = Self.first(of: part)
                if part.isNullable { behind.formUnion(first) } else { behind = first }
            }
            return .sequence(resolved.reversed())
        case .repetition(let body, let repetition):
            var behind = follow
            if repetition.maximum != 1 { behind.formUnion(first(of: body)) }
            return .repetition(try resolve(body, followedBy: behind), repetition)
        case .atomic(let body, let place):
            guard isSure(body) || follow.isNothing || givesBackNothing(body, to: follow) else {
                throw PatternError(
                    .atomicGroup, place, "what this keeps for itself may change the answer, which needs back-tracking",
                    remedy: "leave the '+' or '?>' out, or let a byte follow that the repetition cannot match")
            }
            return try resolve(body, followedBy: follow)
        }
    }

    /// Whether it matches in at most one way, wherever it begins.
    private static func isSure(_ expression: Expression) -> Bool {
        switch expression {
        case .empty, .bytes, .assertion: return true
        case .group(let body), .atomic(let body, _): return isSure(body)
        case .sequence(let parts): return parts.allSatisfy(isSure)
        case .repetition(let body, let repetition):
            return repetition.minimum == repetition.maximum && isSure(body)
        case .choice(let parts):
            var seen = ByteSet()
            for part in parts {
                let bytes = first(of: part).bytes
                if part.isNullable || !bytes.isDisjoint(with: seen) || !isSure(part) { return false }
                seen.formUnion(bytes)
            }
            return true
        }
    }

    /// Whether it ends in a greedy repetition of bytes that `follow` cannot begin with, and is sure before that.
    private static func givesBackNothing(_ expression: Expression, to follow: Follow) -> Bool {
        switch expression {
        case .group(let body), .atomic(let body, _): return givesBackNothing(body, to: follow)
        case .sequence(let parts):
            guard let last = parts.last else { return true }
            return parts.dropLast().allSatisfy(isSure) && givesBackNothing(last, to: follow)
        case .repetition(.bytes(let set), let repetition):
            return repetition.isGreedy && !follow.assertion && set.isDisjoint(with: follow.bytes)
        default: return false
        }
    }

    /// What an expression can begin with.
    private static func first(of expression: Expression) -> Follow {
        switch expression {
        case .empty: return Follow()
        case .bytes(let set): return Follow(bytes: set)
        case .assertion(.textEnd): return Follow(textEnd: true)
        case .assertion: return Follow(assertion: true)
        case .group(let body), .atomic(let body, _), .repetition(let body, _): return first(of: body)
        case .choice(let parts):
            var result = Follow()
            for part in parts { result.formUnion(first(of: part)) }
            return result
        case .sequence(let parts):
            var result = Follow()
            for part in parts {
                result.formUnion(first(of: part))
                if !part.isNullable { break }
            }
            return result
        }
    }
}
