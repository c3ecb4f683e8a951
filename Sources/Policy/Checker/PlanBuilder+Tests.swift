import Bytes
import Plan

extension PlanBuilder {
    /// Adds a `test` block, which stands in the site with this number or outside of all.
    mutating func addTest(_ block: CheckedBlock, site: Int?) {
        guard let name = block.labels.first?.text else { return }
        if name.isEmpty || name.utf8.count > PlanBounds.note || !PlanText.isPrintable(name.utf8) {
            log.error(
                block.span, "this is not a name for a test",
                hint: "it has 1 to \(PlanBounds.note) bytes and no control characters")
        }
        var steps: [PolicyTest.Step] = []
        if let other = testNames.updateValue(block.span, forKey: "\(site ?? -1) \(name)") {
            log.error(
                block.span, "two tests are called '\(name)'",
                hint: "the other is in line \(log.source.line(of: other.start))")
        }
        var request: CheckedBlock?
        var hasRequest = false
        for inner in block.blocks {
            if inner.form.word == "request" {
                if let request { reportMissingExpectation(request) }
                request = inner
                hasRequest = true
                if let made = testRequest(inner, site: site) {
                    steps.append(PolicyTest.Step(request: made, expectations: []))
                }
                continue
            }
            let expectations = expectations(inner, site: site)
            request = nil
            if !hasRequest {
                log.error(inner.span, "there is no request before this", hint: "write \(PolicyWords.request.example)")
            } else if !steps.isEmpty {
                steps[steps.count - 1].expectations += expectations
            }
        }
        if let request { reportMissingExpectation(request) }
        if block.blocks.isEmpty && !block.isDamaged {
            log.error(block.span, "a test block has no 'request'", hint: "write \(PolicyWords.request.example)")
        }
        tests.append(PolicyTest(name: name, site: site, steps: steps, position: position(block.span)))
    }

    private func reportMissingExpectation(_ request: CheckedBlock) {
        log.error(request.span, "nothing is expected of this request", hint: "write \(request.form.example)")
    }

    // MARK: Requests

    private func testRequest(_ block: CheckedBlock, site: Int?) -> TestRequest? {
        var reader = ClauseReader(block.clauses)
        guard let method = reader.take(), let methodName = methodName(method.value), method.assigned == nil,
            let (target, targetClause) = reader.takeText(), targetClause.assigned == nil
        else {
            if block.clauses.contains(where: { if case .wrong = $0.value.kind { true } else { false } }) { return nil }
            log.error(
                block.clauses.first?.value.span ?? block.span, "a request begins with its method and path",
                hint: "write \(block.form.example)")
            return nil
        }
        if !target.hasPrefix("/") {
            log.error(
                targetClause.value.span, "the path '\(target)' does not begin with '/'", hint: "write \"/\(target)\"")
            return nil
        }
        var request = TestRequest(
            method: methodName, target: Array(target.utf8), host: host(ofSite: site), listener: -1,
            client: IPAddress(ipv4: 0xc000_0201), position: position(block.span))
        var over: String?
        var version: TLSVersion?
        while let clause = reader.take() {
            let isTaken = take(clause, &reader, into: &request, &over, &version)
            if isTaken == nil { return nil }
            if isTaken == false { return refuse(clause, block) }
        }
        return place(request, over, version, block, site: site)
    }

    private func methodName(_ value: Value) -> String? {
        switch value.kind {
        case .reference(let parts) where parts.count == 1: PlanText.isToken(parts[0]) ? parts[0] : nil
        case .text(let text): PlanText.isToken(text) ? text : nil
        default: nil
        }
    }

    /// Takes what belongs to a word; false when it does not belong here, nil when a diagnostic was given.
    private func take(
        _ clause: Clause, _ reader: inout ClauseReader, into request: inout TestRequest, _ over: inout String?,
        _ version: inout TLSVersion?
    ) -> Bool? {
        guard case .reference(let parts) = clause.value.kind, clause.assigned == nil, let next = reader.next else {
            if case .wrong = clause.value.kind { return nil }
            return false
        }
        if case .wrong = next.value.kind { return nil }
        if case .wrong = next.assigned?.kind { return nil }
        let isPair = parts == ["header"] || parts == ["cookie"]
        if (next.assigned != nil) != isPair { return false }
        switch (parts.joined(separator: "."), next.value.kind) {
        case ("host", .text(let host)): request.host = host
        case ("from", .address(let address)): request.client = address
        case ("tls", .decimal(1, 2)): version = .v1_2
        case ("tls", .decimal(1, 3)): version = .v1_3
        case ("over", .reference(["https"])): over = "https"
        case ("over", .reference(["http"])): over = "http"
        case ("header", .text(let name)):
            guard let value = next.assigned?.text else { return false }
            request.headers.append(TestRequest.Pair(name, Array(value.utf8)))
        case ("cookie", .text(let name)):
            guard let value = next.assigned?.text else { return false }
            request.cookies.append(TestRequest.Pair(name, Array(value.utf8)))
        case ("body", .text(let text)): request.body = Array(text.utf8)
        case ("at", .text(let text)):
            guard let time = time(text) else {
                log.error(
                    next.value.span, "'\(text)' is no time", hint: "write a day and a time: at \"2026-11-23 10:00\"")
                return nil
            }
            request.time = time
        default: return false
        }
        _ = reader.take()
        return true
    }

    private func refuse(_ clause: Clause, _ block: CheckedBlock) -> TestRequest? {
        let text = log.source.string(clause.value.span)
        if let form = block.form.clauses.first(where: { $0.word == text }) {
            log.error(
                clause.value.span, "'\(text)' takes \(form.what)",
                hint: block.form.word == "request" ? "write \(block.form.example)" : nil)
        } else {
            log.error(
                clause.value.span, "'\(text)' does not belong behind '\(block.form.word)'",
                hint: Suggestion.nearest(to: text, among: block.form.clauses.map(\.word)).map {
                    "did you mean '\($0)'?"
                }
                    ?? "known words: \(block.form.clauses.map(\.word).joined(separator: ", "))")
        }
        return nil
    }

    /// The host that requests of a test in a site name.
    private func host(ofSite site: Int?) -> String {
        guard let site, site < plan.sites.count else { return "" }
        for name in plan.sites[site].names {
            switch name {
            case .exact(let host): return host
            case .wildcard(let domain): return "www.\(domain)"
            case .any: continue
            }
        }
        return "any.example"
    }

    /// Gives `request` a host, a listener and a version of TLS.
    private func place(
        _ request: TestRequest, _ over: String?, _ version: TLSVersion?, _ block: CheckedBlock, site: Int?
    ) -> TestRequest? {
        var request = request
        if request.host.isEmpty {
            log.error(
                block.span, "the host is missing: the test stands in no site", hint: "add host \"www.example.org\"")
            return nil
        }
        let numbers = site.map { plan.sites[$0].listeners } ?? Array(plan.listeners.indices)
        let wanted = over ?? (version != nil ? "https" : nil)
        let kinds: [Listener.Kind] =
            switch wanted {
            case "https": [.https]
            case "http": [.http, .redirect]
            default: [.https, .http]
            }
        let listener =
            wanted == nil
            ? numbers.first { kinds.contains(plan.listeners[$0].kind) }
            : kinds.lazy.compactMap { kind in numbers.first { plan.listeners[$0].kind == kind } }.first
        guard let listener else {
            if !log.hasErrors {
                log.error(block.span, "no listener takes this request\(wanted.map { " by \($0)" } ?? "")")
            }
            return nil
        }
        request.listener = listener
        if plan.listeners[listener].kind == .https {
            request.tlsVersion = version ?? .v1_3
        } else if version != nil {
            log.error(block.span, "'tls' is for https", hint: "remove tls, or over http")
            return nil
        }
        return request
    }

    /// `2026-11-23 10:00` in the policy's zone, in seconds since 1970-01-01 00:00 UTC.
    private func time(_ text: String) -> Int64? {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, case .date(let year, let month, let day) = try? Literal.value(of: parts[0]),
            case .time(let seconds) = try? Literal.value(of: parts[1])
        else { return nil }
        let local = Calendar.days(year: year, month: month, day: day) * 86_400 + Int64(seconds)
        // The offset depends on the time that is looked for: that of the first guess is right but near a transition.
        let guess = local - Int64(plan.zone.offset(at: local))
        return local - Int64(plan.zone.offset(at: guess))
    }

    // MARK: Expectations

    private mutating func expectations(_ block: CheckedBlock, site: Int?) -> [Expectation] {
        var reader = ClauseReader(block.clauses)
        var expectations: [Expectation] = []
        if block.clauses.isEmpty { log.error(block.span, "nothing is expected", hint: "write \(block.form.example)") }
        while let clause = reader.take() {
            if case .wrong = clause.value.kind { return expectations }
            if case .wrong = reader.next?.value.kind { return expectations }
            guard case .reference(let parts) = clause.value.kind, clause.assigned == nil,
                let taken = expectation(parts.joined(separator: "."), clause, &reader, site: site)
            else {
                _ = refuse(clause, block)
                return expectations
            }
            if let kind = taken.kind {
                expectations.append(Expectation(kind, position: position(clause.value.span)))
            }
        }
        return expectations
    }

    /// What a word expects; nil when it does not belong here, no kind when a diagnostic was given.
    private mutating func expectation(
        _ word: String, _ clause: Clause, _ reader: inout ClauseReader, site: Int?
    ) -> (kind: Expectation.Kind?, Void)? {
        switch word {
        case "allow": return (.allow, ())
        case "deny": return (.deny(denial(&reader, site: site)), ())
        case "status":
            guard case .number(let status) = reader.take()?.value.kind else { return nil }
            if (200...599).contains(status) { return (.status(UInt16(status)), ()) }
            log.error(clause.value.span, "a status is 200 to 599")
            return (nil, ())
        case "route":
            guard let (text, next) = reader.takeText() else { return nil }
            return (route(text, next.value.span, site: site).map { .route($0) }, ())
        case "pool":
            guard let next = reader.take() else { return nil }
            return (resolve(next.value, "pool").map { .pool($0) }, ())
        case "reason":
            guard let (text, next) = reader.takeText() else { return nil }
            return (reason(text, next.value.span, site: site).map { .reason($0) }, ())
        case "sent", "no": return field(word, &reader)
        case "path":
            guard let (text, _) = reader.takeText() else { return nil }
            return (.path(Array(text.utf8)), ())
        case "location":
            guard let (text, _) = reader.takeText() else { return nil }
            return (.location(Array(text.utf8)), ())
        default: return nil
        }
    }

    private func field(_ word: String, _ reader: inout ClauseReader) -> (kind: Expectation.Kind?, Void)? {
        guard reader.nextWord == "header", reader.take() != nil, let (name, next) = reader.takeText() else {
            return nil
        }
        if !isName(name, next.value.span, of: "header", isToken: true) { return (nil, ()) }
        if word == "no" { return next.assigned == nil ? (.notSent(header: name), ()) : nil }
        guard let value = next.assigned?.text else { return nil }
        return (.sent(header: name, value: Array(value.utf8)), ())
    }

    private mutating func denial(_ reader: inout ClauseReader, site: Int?) -> String? {
        if let (text, clause) = reader.takeText() { return reason(text, clause.value.span, site: site) }
        if let word = reader.nextWord, word.contains(".") {
            _ = reader.take()
            return word
        }
        return nil
    }

    /// The reason that `text` is: the code of one, or the name of a rule.
    private mutating func reason(_ text: String, _ span: SourceSpan, site: Int?) -> String? {
        if text.contains(".") && !text.hasPrefix("rule.") { return text }
        let name = text.hasPrefix("rule.") ? String(text.dropFirst(5)) : text
        var isKnown = false
        for number in ruleNames.indices where site == nil || site == number {
            if ruleNames[number][name] != nil {
                ruleNames[number][name]?.isTested = true
                isKnown = true
            }
        }
        if isKnown { return "rule.\(name)" }
        if log.isTorn { return nil }
        let rules = ruleNames
        let sites = rules.indices.filter { site == nil || site == $0 }
        log.error(
            span, "there is no rule called '\(name)'\(site == nil ? "" : " in this site")",
            hint: Suggestion.nearest(to: name, among: sites.flatMap { rules[$0].keys }.sorted()).map {
                "did you mean '\($0)'?"
            }
                ?? "write the name of a rule, or the code of a reason such as \"route.from\"")
        return nil
    }

    /// The pattern of a route, which the site has.
    private func route(_ text: String, _ span: SourceSpan, site: Int?) -> PathPattern? {
        guard let pattern = pattern(text, span) else { return nil }
        let sites = routePatterns.indices.filter { site == nil || site == $0 }
        if sites.contains(where: { routePatterns[$0].contains(pattern) }) || log.hasErrors { return pattern }
        log.error(
            span, "there is no route for '\(text)'\(site == nil ? "" : " in this site")",
            hint: Suggestion.nearest(to: text, among: sites.flatMap { routePatterns[$0].map(\.description) }.sorted())
                .map { "did you mean \"\($0)\"?" })
        return nil
    }
}
