import Bytes

/// A chain that is to go on.
struct OpenChain {
    /// The rule with the links that were read; nil when one of them is wrong, and the rest is only read.
    var rule: Rule?

    /// The id of its first link, if it has one that could be read.
    let id: Int?

    /// Where the last link stands.
    var place: PlacedText
}

extension Loader {
    /// Reads `SecRule`, or `SecAction` without targets and test.
    mutating func rule(_ name: PlacedText, targets: PlacedText?, test: PlacedText?, actions: PlacedText?) {
        let isLink = chain != nil
        let id = isLink ? chain?.id : actions.flatMap(Loader.writtenID)
        log.prefix = id.map { "rule \($0): " } ?? ""
        let placed = actions.map { ActionParser(log: log).actions($0) } ?? []
        let link = link(name, targets: targets, test: test)
        if let placed { summary.count(actions: placed.map(\.action), link: link) }
        let isSound = placed != nil && link != nil
        let isChained = placed.map { list in list.contains { $0.action == .chain } }
        let goesOn = isChained ?? actions.map(Loader.hasChain) ?? false
        if isLink {
            append(link, placed, isSound: isSound, at: name, goesOn: goesOn)
        } else {
            begin(link, placed, isSound: isSound, id: id, at: name, goesOn: goesOn)
        }
    }

    /// The id that a list of actions gives, found without reading the list: for messages about what is wrong in it.
    private static func writtenID(_ text: PlacedText) -> Int? {
        let separators = Array(",| \t".utf8)
        for index in 0..<max(text.count - 3, 0) {
            guard text.bytes[index...].starts(with: Array("id:".utf8)),
                index == 0 || separators.contains(text.bytes[index - 1])
            else { continue }
            let digits = text.bytes[(index + 3)...].drop { $0 == UInt8(ascii: "'") }.prefix(while: ASCII.isDigit)
            return Int(String(decoding: digits, as: UTF8.self))
        }
        return nil
    }

    private static func hasChain(_ text: PlacedText) -> Bool {
        text.split { Array(",| \t".utf8).contains($0) }.contains { $0.word == "chain" }
    }

    /// The link without its actions; nil when something in it is wrong, which has been reported.
    private func link(_ place: PlacedText, targets: PlacedText?, test: PlacedText?) -> RuleLink? {
        guard let targets, let test else {
            return RuleLink(targets: [], test: nil, origin: origin(place), testOrigin: origin(place))
        }
        let parsedTargets = TargetParser(log: log).targets(targets)
        let parsedTest = OperatorParser(log: log, files: access).parse(test)
        guard let parsedTargets, let parsedTest else { return nil }
        if parsedTargets.allSatisfy({ $0.role == .exclusion }) {
            log.error(targets, "there is nothing to look at, only what is not", hint: "name a variable without '!'")
            return nil
        }
        return RuleLink(targets: parsedTargets, test: parsedTest, origin: origin(place), testOrigin: origin(test))
    }

    // MARK: The first link

    private mutating func begin(
        _ link: RuleLink?, _ actions: [ActionParser.Placed]?, isSound: Bool, id: Int?, at place: PlacedText,
        goesOn: Bool
    ) {
        var rule: Rule?
        if let link, let actions, isSound, checkOnce(actions) { rule = self.rule(link, actions, at: place) }
        if goesOn {
            chain = OpenChain(rule: rule, id: id, place: place)
        } else if let rule {
            add(rule)
        }
    }

    private mutating func rule(_ link: RuleLink, _ actions: [ActionParser.Placed], at place: PlacedText) -> Rule? {
        guard let id = Loader.find(actions, { if case .id(let id) = $0 { id } else { nil } }) else {
            log.error(place, "the rule has no id", hint: "add id: with a number that no other rule has")
            return nil
        }
        if let other = ids[id] {
            let file = log.texts.names[other.file]
            log.error(place, "the id \(id) belongs to a rule in line \(other.line) of \(file)")
            return nil
        }
        ids[id] = origin(place)
        let phase = Loader.find(actions) { if case .phase(let phase) = $0 { phase } else { nil } } ?? .requestBody
        var rule = Rule(id: id, phase: phase, link: link)
        rule.applyDefaults(defaults[phase] ?? [])
        for action in actions { rule.apply(action.action, toLink: 0) }
        return checkEnd(rule, at: place) ? rule : nil
    }

    /// The first value that `select` finds.
    private static func find<Value>(_ actions: [ActionParser.Placed], _ select: (RuleAction) -> Value?) -> Value? {
        for action in actions { if let value = select(action.action) { return value } }
        return nil
    }

    /// Whether what a rule can have once is not there twice.
    private func checkOnce(_ actions: [ActionParser.Placed]) -> Bool {
        var seen: Set<String> = []
        var isSound = true
        for placed in actions {
            guard let group = placed.action.onceGroup else { continue }
            if seen.insert(group).inserted { continue }
            log.error(placed.name, "a rule has one \(group)", hint: "remove one of the two")
            isSound = false
        }
        return isSound
    }

    private func checkEnd(_ rule: Rule, at place: PlacedText) -> Bool {
        if rule.phase == .logging {
            switch rule.disruption {
            case .pass, .allow: break
            case .block, .deny, .drop, .redirect:
                log.error(place, "in phase 5 the response is gone, nothing can be refused", hint: "write pass")
                return false
            }
        }
        for link in rule.links where link.transformations.count > SecLangBounds.transformations {
            log.error(place, "a value is transformed more than \(SecLangBounds.transformations) times")
            return false
        }
        return true
    }

    private mutating func add(_ rule: Rule) {
        if items.count >= SecLangBounds.rules {
            return log.error(
                from: rule.origin.places.lowerBound, to: rule.origin.places.upperBound,
                "there are more than \(SecLangBounds.rules) rules and markers")
        }
        positions[rule.id] = items.count
        items.append(.rule(rule))
    }

    // MARK: Further links

    private mutating func append(
        _ link: RuleLink?, _ actions: [ActionParser.Placed]?, isSound: Bool, at place: PlacedText, goesOn: Bool
    ) {
        var isSound = isSound
        for placed in actions ?? [] where placed.action.belongsToFirstLink {
            log.error(
                placed.name, "\(placed.name.string) belongs to the first rule of a chain", hint: "move it there")
            isSound = false
        }
        guard var open = chain else { return }
        chain = nil
        open.place = place
        if isSound, var link, let actions, var rule = open.rule {
            for action in defaults[rule.phase] ?? [] { link.apply(action) }
            for placed in actions { link.apply(placed.action) }
            rule.links.append(link)
            open.rule = rule
            if rule.links.count > SecLangBounds.links {
                log.error(place, "a chain has more than \(SecLangBounds.links) links")
                open.rule = nil
            } else if !checkEnd(rule, at: place) {
                open.rule = nil
            }
        } else {
            open.rule = nil
        }
        if goesOn {
            chain = open
        } else if let rule = open.rule {
            add(rule)
        }
    }

    /// Reports a chain that does not go on.
    mutating func breakOffChain(at place: PlacedText) {
        guard let open = chain else { return }
        log.prefix = open.id.map { "rule \($0): " } ?? ""
        log.error(
            open.place, "the chain is not ended: no SecRule follows this one",
            hint: "remove 'chain', or add the rule")
        log.prefix = ""
        chain = nil
    }

    // MARK: SecDefaultAction

    /// Reads what rules of a phase begin with.
    mutating func defaultAction(_ text: PlacedText) {
        guard let actions = ActionParser(log: log).actions(text), checkOnce(actions) else { return }
        for placed in actions where placed.action.isUnfitForDefaults {
            log.error(placed.name, "\(placed.name.string) belongs to one rule and is no default", hint: "move it there")
            return
        }
        guard let phase = Loader.find(actions, { if case .phase(let phase) = $0 { phase } else { nil } }) else {
            return log.error(text, "SecDefaultAction does not say for which phase", hint: "add phase:2")
        }
        let found = Loader.find(actions) { if case .disruption(let disruption) = $0 { disruption } else { nil } }
        guard let disruption = found else {
            return log.error(text, "SecDefaultAction does not say what happens", hint: "add pass or deny")
        }
        if disruption == .block {
            return log.error(text, "block stands for what SecDefaultAction says", hint: "write pass or deny")
        }
        if phase == .logging && disruption != .pass {
            return log.error(text, "in phase 5 the response is gone, nothing can be refused", hint: "write pass")
        }
        defaults[phase] = actions.map(\.action)
    }

    // MARK: At the end

    /// Every `skipAfter` has to find its marker behind its rule.
    func checkSkips() {
        var following: Set<String> = []
        var names: [String] = []
        for item in items.reversed() {
            switch item {
            case .marker(let name):
                if following.insert(name).inserted { names.append(name) }
            case .rule(let rule):
                if let name = rule.skipAfter, !following.contains(name) {
                    log.error(
                        from: rule.origin.places.lowerBound, to: rule.origin.places.upperBound,
                        "rule \(rule.id): no marker '\(name)' follows, to skip to",
                        hint: NearestWord.hint(name, among: names) ?? "add SecMarker \(name) behind the rule")
                }
                // mod_security2: a rule's id is a marker too.
                if following.insert(String(rule.id)).inserted { names.append(String(rule.id)) }
            }
        }
    }
}
