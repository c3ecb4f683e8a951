/// A rule: a `SecRule` or `SecAction` with an id, and those that are chained to it.
public struct Rule: Sendable {
    /// Its id, which no other rule has.
    public let id: Int

    /// When it runs.
    public internal(set) var phase: Phase

    /// What it does with the exchange when all links match. `block` is already replaced by what it stands for.
    public internal(set) var disruption: Disruption

    /// Whether ``disruption`` was written as `block`.
    public internal(set) var saysBlock = false

    /// The status with which it refuses; nil when none is written.
    public internal(set) var status: Int?

    /// How bad it is.
    public internal(set) var severity: Severity?

    /// What is logged.
    public internal(set) var message: MacroText?

    /// What else is logged.
    public internal(set) var logData: MacroText?

    /// Its tags, in the order in which they are written.
    public internal(set) var tags: [MacroText] = []

    /// `ver`.
    public internal(set) var version: String?

    /// `rev`.
    public internal(set) var revision: String?

    /// How well it is tried, from 1 to 9.
    public internal(set) var maturity: Int?

    /// How rarely it is wrong, from 1 to 9.
    public internal(set) var accuracy: Int?

    /// Whether a match is logged.
    public internal(set) var isLogged = true

    /// Whether a match makes the exchange one for the audit log.
    public internal(set) var isAudited = true

    /// How many of the phase's following rules are left out after a match.
    public internal(set) var skip = 0

    /// The marker up to which rules are left out after a match.
    public internal(set) var skipAfter: String?

    /// The links; the first has the id, and all have to match. Never empty.
    public internal(set) var links: [RuleLink]

    /// Where it stands.
    public var origin: RuleOrigin { links[0].origin }

    /// What `block` stands for.
    var blockDisruption: Disruption
}

extension Rule {
    /// A rule of one link, before its actions are applied.
    init(id: Int, phase: Phase, link: RuleLink) {
        self.id = id
        self.phase = phase
        disruption = .pass
        blockDisruption = .pass
        links = [link]
    }

    /// Applies what `SecDefaultAction` says, before the rule's own actions.
    mutating func applyDefaults(_ actions: [RuleAction]) {
        for action in actions { apply(action, toLink: 0) }
        blockDisruption = disruption
    }

    /// Applies an action to the rule, or to one of its links.
    mutating func apply(_ action: RuleAction, toLink link: Int) {
        switch action {
        case .id, .chain, .xmlNamespace: break
        case .phase(let phase): self.phase = phase
        case .severity(let severity): self.severity = severity
        case .message(let message): self.message = message
        case .logData(let logData): self.logData = logData
        case .tag(let tag): tags.append(tag)
        case .version(let version): self.version = version
        case .revision(let revision): self.revision = revision
        case .maturity(let maturity): self.maturity = maturity
        case .accuracy(let accuracy): self.accuracy = accuracy
        case .disruption(let disruption):
            saysBlock = disruption == .block
            self.disruption = saysBlock ? blockDisruption : disruption
        case .status(let status): self.status = status
        case .skip(let skip): self.skip = skip
        case .skipAfter(let marker): skipAfter = marker
        case .log: isLogged = true
        case .noLog: (isLogged, isAudited) = (false, false)
        case .auditLog: isAudited = true
        case .noAuditLog: isAudited = false
        case .transformation, .capture, .multiMatch, .sanitise, .setVariable, .expireVariable, .initializeCollection,
            .control:
            links[link].apply(action)
        }
    }
}

extension RuleLink {
    /// Applies an action that concerns the link alone; others are left out.
    mutating func apply(_ action: RuleAction) {
        switch action {
        case .transformation(nil): transformations = []
        case .transformation(let transformation?): transformations.append(transformation)
        case .capture: captures = true
        case .multiMatch: isMultiMatch = true
        case .sanitise(let sanitisation): effects.append(.sanitise(sanitisation))
        case .setVariable(let assignment): effects.append(.setVariable(assignment))
        case .expireVariable(let expiry): effects.append(.expireVariable(expiry))
        case .initializeCollection(let name, let key): effects.append(.initializeCollection(name, key: key))
        case .control(let control): effects.append(.control(control))
        default: break
        }
    }
}
