extension HeaderProfile {
    func validate() throws(PlanError) {
        if let name { try Plan.check(name: name, "a headers' name") }
        try Plan.check(count: request.count, in: 0...PlanBounds.edits, "changes of a request")
        try Plan.check(count: response.count, in: 0...PlanBounds.edits, "changes of a response")
        try Plan.check(count: hide.count, in: 0...PlanBounds.edits, "hidden fields")
        for edit in request { try edit.validate(isRequest: true) }
        for edit in response { try edit.validate(isRequest: false) }
        for name in hide where !PlanText.isChangeableField(name, isRequest: false) {
            throw .badText("a hidden field's name")
        }
        guard let secure else { return }
        try Plan.check(count: secure.fields.count, in: 1...PlanBounds.edits, "secure headers")
        for field in secure.fields {
            let isSound = PlanText.isChangeableField(field.name, isRequest: false)
            if !isSound || !PlanText.isFieldValue(field.value) { throw .badText("a secure header") }
        }
        try Plan.checkDistinct(secure.fields.map { $0.name.lowercased() }, "a secure header")
    }
}

extension HeaderEdit {
    func validate(isRequest: Bool) throws(PlanError) {
        if !PlanText.isChangeableField(name, isRequest: isRequest) { throw .badText("a changed field's name") }
        let isSound = operation == .remove ? value.isEmpty : PlanText.isFieldValue(value)
        if !isSound { throw .badText("a changed field's value") }
        // A request has one, and it is one host.
        if name.lowercased() == "host" && operation != .set { throw .badText("a changed field's name") }
        if name.lowercased() == "host" && !PlanText.isAuthority(String(decoding: value, as: UTF8.self)) {
            throw .badText("a changed field's value")
        }
    }
}

extension ErrorPages {
    func validate(in plan: Plan) throws(PlanError) {
        if let name { try Plan.check(name: name, "an errors' name") }
        try Plan.check(count: entries.count, in: 1...PlanBounds.edits, "pages of an errors")
        for entry in entries {
            if !(400...599).contains(entry.status) { throw .outOfRange("an error's status") }
            try Plan.check(reference: entry.page, below: plan.pages.count, "an error's page")
        }
        try Plan.checkDistinct(entries.map(\.status), "an error's status")
    }
}

extension Page {
    func validate() throws(PlanError) {
        if !PlanText.isFileName(file) { throw .badText("a page's file") }
        if !PlanText.isMediaType(type) { throw .badText("a page's type") }
        if body.count > PlanBounds.page { throw .badText("a page") }
    }
}

extension RateLimit {
    func validate() throws(PlanError) {
        try Plan.check(name: name, "a limit's name")
        switch key {
        case .client, .clientPrefix: break
        case .header(let name): if !PlanText.isLowercasedToken(name) { throw .badText("a limit's header") }
        case .cookie(let name): try Plan.check(token: name, "a limit's cookie")
        }
        if !PlanBounds.rate.contains(count) || !PlanBounds.ratePeriod.contains(period) {
            throw .outOfRange("a limit's rate")
        }
        if !PlanBounds.rate.contains(burst) { throw .outOfRange("a limit's burst") }
        if case .reject(let status) = excess, !(400...599).contains(status) { throw .outOfRange("a limit's status") }
    }
}

extension Firewall {
    func validate() throws(PlanError) {
        try Plan.check(name: name, "a waf's name")
        try Plan.check(count: rules.count, in: 1...PlanBounds.firewallRules, "rules of a waf")
        for name in rules where !PlanText.isFileName(name) { throw .badText("a waf's rules") }
        if !(1...4).contains(paranoia) { throw .outOfRange("a waf's paranoia") }
        if !PlanBounds.blockAt.contains(blockAt) { throw .outOfRange("a waf's block_at") }
        if !PlanBounds.inspectedBody.contains(body) { throw .outOfRange("a waf's body") }
    }
}

extension FirewallException {
    func validate() throws(PlanError) {
        switch target {
        case .request: break
        case .form(let name), .query(let name): try Plan.check(operands: [name], "an exception's target")
        case .header(let name): if !PlanText.isLowercasedToken(name) { throw .badText("an exception's target") }
        case .cookie(let name): try Plan.check(token: name, "an exception's target")
        }
        if let pattern { try pattern.validate("an exception's path") }
        try Plan.check(note: because, "an exception's because")
    }
}

extension RouteProfiles {
    func validate(in plan: Plan) throws(PlanError) {
        if let headers { try Plan.check(reference: headers, below: plan.headers.count, "a use of headers") }
        if let errors { try Plan.check(reference: errors, below: plan.errors.count, "a use of errors") }
        if let rewrite { try rewrite.validate() }
        try Plan.check(count: limits.count, in: 0...PlanBounds.rateLimits, "uses of a limit")
        for limit in limits { try Plan.check(reference: limit, below: plan.rateLimits.count, "a use of a limit") }
        try Plan.checkDistinct(limits, "a use of a limit")
        if let firewall { try Plan.check(reference: firewall, below: plan.firewalls.count, "a use of a waf") }
    }
}
