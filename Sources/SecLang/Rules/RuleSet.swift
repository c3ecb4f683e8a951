public import Policy

/// Rules that were read and checked, with removals and updates applied.
public struct RuleSet: Sendable {
    /// One entry in the order in which rules run within their phase.
    public enum Item: Sendable {
        /// A rule.
        case rule(Rule)

        /// A place that `skipAfter` can name.
        case marker(String)
    }

    /// Rules and markers in their order.
    public internal(set) var items: [Item]

    /// What the base configuration says.
    public let settings: EngineSettings

    /// The files that were read, in their order; one that was read twice stands there twice.
    public var files: [String] { texts.names }

    /// The texts, for ``diagnostic(_:_:hint:at:)``.
    let texts: RuleTexts

    /// The rules in their order.
    public var rules: [Rule] {
        items.compactMap { item in
            if case .rule(let rule) = item { rule } else { nil }
        }
    }

    /// A diagnostic at a place of the texts: for those who make something of the rules and find that they cannot.
    public func diagnostic(
        _ severity: Diagnostic.Severity, _ message: String, hint: String? = nil, at origin: RuleOrigin
    ) -> Diagnostic {
        texts.diagnostic(
            severity, message, hint: hint, from: origin.places.lowerBound, to: origin.places.upperBound)
    }

    /// The index among ``items`` at which the rules go on after `skipAfter` of the rule at `index`: behind the marker,
    /// or behind the rule whose id is the name. Nil when the rule has none.
    public func destination(ofSkipAt index: Int) -> Int? {
        guard case .rule(let rule) = items[index], let name = rule.skipAfter else { return nil }
        return items[(index + 1)...].firstIndex { item in
            switch item {
            case .marker(let marker): marker == name
            case .rule(let rule): String(rule.id) == name
            }
        }.map { $0 + 1 }
    }
}
