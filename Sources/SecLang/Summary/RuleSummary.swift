/// What was written in the texts of rules, counted: as a check that nothing was left out, and for those who compare.
public struct RuleSummary: Sendable, Equatable {
    /// Directives by name, with those that set something.
    public private(set) var directives: [String: Int] = [:]

    /// Variables in the targets of rules, by name.
    public private(set) var variables: [String: Int] = [:]

    /// `selector name`, `selector regex`, `selector XPath`, `! exclusion` and `& count` in the targets of rules.
    public private(set) var modifiers: [String: Int] = [:]

    /// Operators by name, those that are negated with `!` before it.
    public private(set) var operators: [String: Int] = [:]

    /// Transformations by name, `none` among them.
    public private(set) var transformations: [String: Int] = [:]

    /// Actions by name.
    public private(set) var actions: [String: Int] = [:]

    /// Options of `ctl` by name.
    public private(set) var controls: [String: Int] = [:]

    /// Forms of `setvar`: the collection with `=`, `+=`, `-=` or `unset`.
    public private(set) var assignments: [String: Int] = [:]

    /// Variables in macros of actions, by name.
    public private(set) var macros: [String: Int] = [:]

    /// Variables in macros of operators, by name.
    public private(set) var operatorMacros: [String: Int] = [:]

    /// Rules with an id, by the number of their phase.
    public private(set) var phases: [Int: Int] = [:]

    /// Lists of transformations as links write them, without `none` and what stands before it.
    public private(set) var pipelines: Set<[Transformation]> = []

    /// `SecRule` and `SecAction`.
    public private(set) var links = 0

    /// Those with an id.
    public private(set) var rules = 0

    /// Rules with a regular expression that an automaton does not do, by what it needs.
    public private(set) var needs: [RegularExpression.Need: Int] = [:]

    /// Directives.
    public var statements: Int { directives.values.reduce(0, +) }
}

extension RuleSummary {
    mutating func count(directive: String) { directives[directive, default: 0] += 1 }

    /// Counts a `SecRule` or `SecAction` of a list of actions; nil is a link that is wrong.
    mutating func count(actions: [RuleAction], link: RuleLink?) {
        links += 1
        count(actions)
        guard let link else { return }
        for target in link.targets { count(target) }
        if let test = link.test { count(test) }
    }

    private mutating func count(_ list: [RuleAction]) {
        var pipeline: [Transformation] = []
        var hasTransformations = false
        for action in list {
            actions[action.word, default: 0] += 1
            switch action {
            case .id: rules += 1
            case .phase(let phase): phases[phase.rawValue, default: 0] += 1
            case .transformation(let transformation):
                transformations[transformation?.rawValue ?? "none", default: 0] += 1
                hasTransformations = true
                if let transformation { pipeline.append(transformation) } else { pipeline = [] }
            case .control(let control): controls[control.word, default: 0] += 1
            case .setVariable(let assignment): assignments[assignment.form, default: 0] += 1
            default: break
            }
            for text in action.macroTexts {
                for variable in text.variables { macros[variable.rawValue, default: 0] += 1 }
            }
        }
        if hasTransformations { pipelines.insert(pipeline) }
    }

    private mutating func count(_ target: Target) {
        variables[target.variable.rawValue, default: 0] += 1
        switch target.selector {
        case .all: break
        case .name: modifiers["selector name", default: 0] += 1
        case .pattern: modifiers["selector regex", default: 0] += 1
        case .xmlText, .xmlAttributes: modifiers["selector XPath", default: 0] += 1
        }
        switch target.role {
        case .value: break
        case .count: modifiers["& count", default: 0] += 1
        case .exclusion: modifiers["! exclusion", default: 0] += 1
        }
    }

    private mutating func count(_ test: RuleOperator) {
        operators[(test.isNegated ? "!@" : "@") + test.operation.word, default: 0] += 1
        for text in test.operation.macroTexts {
            for variable in text.variables { operatorMacros[variable.rawValue, default: 0] += 1 }
        }
        if case .rx(let expression) = test.operation, let need = expression.need { needs[need, default: 0] += 1 }
    }
}
