/// The rules' tables for who runs them: what several rules share stands there once and has a number.
public struct RuleLayout: Sendable {
    /// What a link needs of the tables.
    public struct Link: Equatable, Sendable {
        /// Its targets, as numbers among ``RuleLayout/targets``, in their order.
        public let targets: [Int]

        /// The node of ``RuleLayout/transformations`` that its test looks at.
        public let transformation: Int
    }

    /// The different targets of all rules.
    public private(set) var targets: [Target] = []

    /// The different pipelines of all rules.
    public private(set) var transformations = TransformationTree()

    /// The names of `TX`, in lower case, that rules write or read by a name without macros.
    public private(set) var transactionNames: [String] = []

    /// Whether rules write or read `TX` by names that are only known when they run: with macros, by patterns, or all.
    public private(set) var hasComputedTransactionNames = false

    /// For each rule, in the order of ``RuleSet/rules``, its links.
    public private(set) var rules: [[Link]] = []

    private var targetNumbers: [Target: Int] = [:]
    private var transactionNumbers: [String: Int] = [:]

    /// The tables of `rules`.
    public init(_ rules: [Rule]) {
        for rule in rules {
            self.rules.append(rule.links.map { link in add(link) })
            for text in [rule.message, rule.logData].compactMap({ $0 }) + rule.tags { addNames(text) }
            if case .redirect(let location) = rule.disruption { addNames(location) }
        }
    }

    /// The number of a name of `TX` among ``transactionNames``, in any case.
    public func transactionNumber(of name: String) -> Int? { transactionNumbers[name.lowercased()] }

    private mutating func add(_ link: RuleLink) -> Link {
        for target in link.targets where target.variable == .transaction {
            if case .name(let name) = target.selector { addName(name) } else { hasComputedTransactionNames = true }
        }
        if let test = link.test { for text in test.operation.macroTexts { addNames(text) } }
        for effect in link.effects { addNames(effect) }
        return Link(
            targets: link.targets.map { target in number(of: target) },
            transformation: transformations.insert(link.transformations))
    }

    private mutating func number(of target: Target) -> Int {
        if let number = targetNumbers[target] { return number }
        targets.append(target)
        targetNumbers[target] = targets.count - 1
        return targets.count - 1
    }

    private mutating func addNames(_ effect: RuleEffect) {
        switch effect {
        case .setVariable(let assignment):
            addVariable(assignment.collection, assignment.name)
            if let value = assignment.operation.value { addNames(value) }
        case .expireVariable(let expiry):
            addVariable(expiry.collection, expiry.name)
            addNames(expiry.seconds)
        case .initializeCollection(_, let key): addNames(key)
        case .control, .sanitise: break
        }
    }

    private mutating func addVariable(_ collection: CollectionName, _ name: MacroText) {
        addNames(name)
        if collection != .tx { return }
        if let literal = name.literal { addName(literal) } else { hasComputedTransactionNames = true }
    }

    private mutating func addNames(_ text: MacroText) {
        for part in text.parts {
            if case .variable(.transaction, let member?) = part { addName(member) }
        }
    }

    private mutating func addName(_ name: [UInt8]) {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        if transactionNumbers[name] != nil { return }
        transactionNames.append(name)
        transactionNumbers[name] = transactionNames.count - 1
    }
}
