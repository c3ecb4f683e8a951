import Plan

extension PlanBuilder {
    /// Takes the values of the `limits` block.
    mutating func setLimits(_ block: CheckedBlock) {
        for name in LimitName.allCases { plan.limits[name] = block.number(name.setting.word) ?? plan.limits[name] }
        for part in [LimitName.target, .field] where plan.limits[part] > plan.limits[.headSize] {
            let attribute = block.attributes[part.setting.word] ?? block.attributes[LimitName.headSize.setting.word]
            log.error(
                attribute?.value.span ?? block.span,
                "'\(part.setting.word)' is \(Unit.size(plan.limits[part])), more than the whole head may have",
                hint: "head_size is \(Unit.size(plan.limits[.headSize])); set \(part.setting.word) to at most that")
        }
    }

    /// Takes the values of the `forwarding` block.
    mutating func setForwarding(_ block: CheckedBlock) {
        if block.word("received") == "append" { plan.forwarding.received = .append }
        guard let via = block.text("via") else { return }
        if !PlanText.isToken(via) {
            log.error(
                block.value("via")?.span ?? block.span, "'\(via)' is not a token",
                hint: "a name in Via has letters, digits and - . _ ~ alone")
        }
        plan.forwarding.via = via
    }

    /// Takes the values of the `audit` block.
    mutating func setAudit(_ block: CheckedBlock) {
        for word in ["directory", "access_log"] {
            if let value = block.value(word), let text = value.text { checkFileName(text, value.span) }
        }
        plan.audit.directory = block.text("directory")
        if block.word("access_log") == "off" { plan.audit.accessLog = .off }
        if let file = block.text("access_log") { plan.audit.accessLog = .file(file) }
        if let must = block.value("must") {
            plan.audit.must = RecordKinds(
                RecordKinds.words.filter { known in
                    must.elements.contains { if case .reference([known.word]) = $0.kind { true } else { false } }
                }.map(\.kind))
        }
        if let onFull = block.word("on_full") { plan.audit.onFull = onFull == "deny" ? .deny : .drop }
        plan.audit.segmentSize = block.number("segment_size") ?? plan.audit.segmentSize
        plan.audit.segmentAge = block.number("segment_age") ?? plan.audit.segmentAge
        plan.audit.keep = block.number("keep")
    }

    /// Takes the values of the `target` block.
    mutating func setTarget(_ block: CheckedBlock) {
        switch block.word("characters") {
        case "standard": plan.target.characters = .standard
        case "visible": plan.target.characters = .visible
        default: break
        }
        switch block.word("duplicate_slashes") {
        case "refuse": plan.target.duplicateSlashes = .refuse
        case "keep": plan.target.duplicateSlashes = .keep
        default: break
        }
        func take(_ word: String, _ treatment: inout TargetSettings.Treatment) {
            switch block.word(word) {
            case "refuse": treatment = .refuse
            case "keep": treatment = .keep
            default: break
            }
        }
        take("encoded_slash", &plan.target.encodedSlash)
        take("backslash", &plan.target.backslash)
        take("encoded_backslash", &plan.target.encodedBackslash)
        take("controls", &plan.target.controls)
        take("invalid_percent", &plan.target.invalidPercent)
        take("invalid_percent_in_query", &plan.target.invalidPercentInQuery)
        take("parameters", &plan.target.parameters)
        take("overlong", &plan.target.overlong)
        take("beyond_root", &plan.target.beyondRoot)
    }

    /// Takes the time zone.
    mutating func setZone(_ policy: CheckedBlock) {
        guard let value = policy.value("zone"), let name = value.text, name != "UTC" else { return }
        if !ZoneFile.isName(name) {
            log.error(
                value.span, "'\(name)' is not the name of a time zone",
                hint: "names are such as \"Europe/Berlin\" or \"UTC\"")
            return
        }
        guard let contents = contents(of: ZoneFile.folder + name, limit: PolicyBounds.zone, value.span) else { return }
        guard let zone = ZoneFile.zone(name, contents, from: now ?? PolicyBounds.earliestZoneTime) else {
            log.error(value.span, "the file '\(ZoneFile.folder + name)' does not describe a time zone")
            return
        }
        plan.zone = zone
    }
}
