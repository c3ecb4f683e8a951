import Bytes

extension Rule {
    func validate(in plan: Plan) throws(PlanError) {
        try Plan.check(name: name, "a rule's name")
        if let condition { try condition.validate(in: plan) }
        if let note { try Plan.check(note: note, "a rule's note") }
        switch action {
        case .deny(let status, let page):
            if !(400...599).contains(status) { throw .outOfRange("a rule's status") }
            if let page { try Plan.check(reference: page, below: plan.pages.count, "a rule's page") }
        case .allow, .log: break
        case .redirect(let redirect): try redirect.validate()
        case .respond(let response): try response.validate()
        }
    }
}

extension Redirect {
    /// Whether the target leads where it says; see ``target`` for how it begins.
    public func validate() throws(PlanError) {
        if !Redirect.statuses.contains(status) { throw .outOfRange("a redirect's status") }
        try Plan.check(count: target.count, in: 1...PlanBounds.redirectParts, "parts of a redirect")
        guard case .text(let first) = target[0] else { throw .badText("a redirect's target") }
        let beginning = ["https://", "http://", "/"].first { first.starts(with: $0.utf8) }
        guard let beginning else { throw .badText("a redirect's target") }
        if beginning == "/" {
            // What begins with two slashes leads to another host, and a path begins with one.
            if first.count > 1 && first[1] == UInt8(ascii: "/") { throw .badText("a redirect's target") }
            if first.count == 1 && target.count > 1 { throw .badText("a redirect's target") }
        } else if first.count == beginning.utf8.count && (target.count == 1 || target[1] != .host) {
            throw .badText("a redirect's target")
        }
        var count = 0
        for case .text(let text) in target {
            if text.isEmpty || !text.allSatisfy({ PlanText.isURIByte($0) }) { throw .badText("a redirect's target") }
            count += text.count
        }
        if count > PlanBounds.redirect { throw .badText("a redirect's target") }
    }
}

extension FixedResponse {
    func validate() throws(PlanError) {
        if !(200...599).contains(status) { throw .outOfRange("a response's status") }
        if !PlanText.isMediaType(type) { throw .badText("a response's type") }
        if body.count > PlanBounds.page { throw .badText("a response's body") }
        if (status == 204 || status == 304) && !body.isEmpty { throw .badText("a response's body") }
    }
}

extension Split {
    func validate(in plan: Plan) throws(PlanError) {
        try Plan.check(count: shares.count, in: 2...PlanBounds.shares, "shares of a split")
        for share in shares {
            try Plan.check(reference: share.pool, below: plan.pools.count, "a share's pool")
            if share.portion == 0 || share.portion > Split.whole { throw .outOfRange("a share") }
        }
        if shares.reduce(0, { $0 + $1.portion }) != Split.whole { throw .outOfRange("the shares of a split") }
        try Plan.checkDistinct(shares.map(\.pool), "a share's pool")
        switch key {
        case .cookie(let name): try Plan.check(token: name, "a split's cookie")
        case .header(let name): if !PlanText.isLowercasedToken(name) { throw .badText("a split's header") }
        case .client, .random: if !forced.isEmpty { throw .badCount("forced values of a split") }
        }
        try Plan.check(count: forced.count, in: 0...PlanBounds.shares, "forced values of a split")
        for forced in forced {
            try Plan.check(operands: [forced.value], "a split's forced value")
            try Plan.check(reference: forced.pool, below: plan.pools.count, "a forced value's pool")
        }
        try Plan.checkDistinct(forced.map(\.value), "a split's forced value")
    }
}

extension Maintenance {
    func validate(in plan: Plan) throws(PlanError) {
        try Plan.check(count: except.count, in: 0...PlanBounds.networks, "networks of a maintenance")
        for number in except {
            try Plan.check(reference: number, below: plan.networks.count, "a maintenance's network")
        }
        if let pool { try Plan.check(reference: pool, below: plan.pools.count, "a maintenance's pool") }
        if let page { try Plan.check(reference: page, below: plan.pages.count, "a maintenance's page") }
        if pool == nil && !except.isEmpty { throw .badReference("a maintenance's pool") }
        if retryAfter != 0 && (!PlanBounds.retryAfter.contains(retryAfter) || retryAfter % 1000 != 0) {
            throw .outOfRange("a maintenance's retry_after")
        }
    }
}

extension PathRewrite {
    func validate() throws(PlanError) {
        if strip == nil && replace == nil && prepend == nil { throw .badCount("changes of a path") }
        if let strip, !PlanText.isPathBeginning(strip) { throw .badText("a path's strip") }
        if let prepend, !PlanText.isPathBeginning(prepend) { throw .badText("a path's prepend") }
        guard let replace else { return }
        let isSound = replace.substitute.isEmpty || PlanText.isPathBeginning(replace.substitute)
        if !isSound || !PlanText.isPathBeginning(replace.beginning) { throw .badText("a path's replace") }
    }
}

extension ResponseRewrite {
    func validate() throws(PlanError) {
        try Plan.check(count: hosts.count, in: 0...PlanBounds.names, "hosts of a rewrite")
        for host in hosts where !PlanText.isExactHost(host) { throw .badText("a rewrite's host") }
        try Plan.checkDistinct(hosts, "a rewrite's host")
        if !hosts.isEmpty && !location { throw .badCount("hosts of a rewrite") }
    }
}

extension Plan {
    static func check(note: String, _ part: String) throws(PlanError) {
        if note.utf8.count > PlanBounds.note || !PlanText.isPrintable(note.utf8) { throw .badText(part) }
    }

    static func check(token: [UInt8], _ part: String) throws(PlanError) {
        if !PlanText.isToken(String(decoding: token, as: UTF8.self)) { throw .badText(part) }
    }
}
