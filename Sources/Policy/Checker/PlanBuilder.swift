import Plan

/// Makes the plan of a checked policy, and finds what no single word shows: names that stand for nothing or for two
/// things, addresses and hosts that are taken twice, routes between which nothing decides.
///
/// Every block has its number in the plan even when something in it is wrong, so that references to it are not
/// reported as well; with any error the plan is thrown away.
struct PlanBuilder {
    let log: DiagnosticLog
    let files: any PolicyFiles

    /// Seconds since 1970-01-01 00:00 UTC, if known.
    let now: Int64?

    var plan = Plan()
    var tests: [PolicyTest] = []
    var names = NameTable()

    /// The numbers of the pages, by the names of their files.
    var pageNumbers: [String: Int] = [:]

    /// The address blocks and the texts that were taken so far.
    var entryCount = 0

    /// Where each test stands, by the number of its site and its name.
    var testNames: [String: SourceSpan] = [:]

    /// The patterns of each site's routes.
    var routePatterns: [Set<PathPattern>] = []

    /// The rules of each site and its routes, by name.
    var ruleNames: [[String: NamedRule]] = []

    /// The numbers of the addresses of each listen block.
    var listenersOfBlock: [[Int]] = []

    /// Where the address of each listener stands.
    var addressSpans: [SourceSpan] = []

    init(_ log: DiagnosticLog, _ files: any PolicyFiles, now: Int64?) {
        self.log = log
        self.files = files
        self.now = now
    }

    /// Makes the plan of `policy`, which is sound unless the log has errors.
    mutating func build(_ policy: CheckedBlock) {
        let kinds = ["listen", "tls", "network", "list", "pool", "limit", "waf", "headers", "errors"]
        for word in kinds { declare(policy.blocks(word)) }
        plan.sources = log.source.fileNames
        setZone(policy)
        if let block = policy.blocks("target").first { setTarget(block) }
        for block in policy.blocks("tls") { addTLS(block) }
        for block in policy.blocks("network") { addNetwork(block) }
        for block in policy.blocks("list") { addList(block) }
        for block in policy.blocks("pool") { addPool(block) }
        for block in policy.blocks("listen") { addListeners(block) }
        for block in policy.blocks("limit") { addRateLimit(block) }
        for block in policy.blocks("waf") { addFirewall(block) }
        for block in policy.blocks("headers") { plan.headers.append(headerProfile(block)) }
        for block in policy.blocks("errors") { plan.errors.append(errorPages(block)) }
        addSites(policy)
        if let block = policy.blocks("limits").first { setLimits(block) }
        if let block = policy.blocks("forwarding").first { setForwarding(block) }
        if let block = policy.blocks("audit").first { setAudit(block) }
        plan.workers = policy.number("workers").map { Int($0) }
        checkSizes(policy)
        checkCosts(policy.blocks("site"))
        if !log.hasErrors {
            warnOfUnused()
            warnOfUntestedRules()
        }
    }

    private mutating func addSites(_ policy: CheckedBlock) {
        for block in policy.blocks("site") {
            ruleNames.append([:])
            addSite(block)
            routePatterns.append(Set(plan.sites[plan.sites.count - 1].routes.map(\.pattern)))
            for test in block.blocks("test") { addTest(test, site: plan.sites.count - 1) }
        }
        checkSitesDiffer(policy.blocks("site"))
        for test in policy.blocks("test") { addTest(test, site: nil) }
    }

    /// Gives the blocks of one kind their numbers.
    private mutating func declare(_ blocks: [CheckedBlock]) {
        for block in blocks {
            guard let name = block.name else {
                names.declareNameless(block.form.word)
                continue
            }
            if let first = names.declare(block.form.word, name) {
                log.error(
                    name.span, "there are two \(block.form.word) blocks called '\(name.text)'",
                    hint: "first in line \(log.source.line(of: first.span.start))")
            }
        }
    }

    /// The number of the block of kind `word` that `value` refers to, as `wiki` or `pool.wiki`.
    mutating func resolve(_ value: Value, _ word: String) -> Int? {
        guard case .reference(let parts) = value.kind else { return nil }
        let isQualified = parts.count == 2 && parts[0] == word
        guard parts.count == 1 || isQualified, let name = parts.last else {
            log.error(
                value.span, "'\(parts.joined(separator: "."))' is not the name of a \(word)",
                hint: "write \(word).\(parts.last ?? "name")")
            return nil
        }
        if let number = names.use(word, name) { return number }
        if names.hasNameless(word) || log.isTorn { return nil }
        let nearest = log.isFull ? nil : Suggestion.nearest(to: name, among: names.names(of: word))
        log.error(
            value.span, "there is no \(word) called '\(name)'",
            hint: nearest.map { "did you mean '\($0)'?" } ?? "write a block: \(word) \(name) { ... }")
        return nil
    }

    /// The numbers of all blocks that `value`, a name or a list of names, refers to; each may be named once.
    mutating func resolveAll(_ value: Value, _ word: String) -> [Int] {
        var numbers: [Int] = []
        var seen: Set<Int> = []
        for element in value.elements {
            guard let number = resolve(element, word) else { continue }
            if seen.insert(number).inserted {
                numbers.append(number)
            } else {
                log.error(element.span, "the \(word) '\(log.source.string(element.span))' stands twice in this list")
            }
        }
        return numbers
    }

    private func checkSizes(_ policy: CheckedBlock) {
        check(plan.listeners.count, PlanBounds.listeners, "addresses are listened on", policy)
        check(plan.tls.count, PlanBounds.tls, "tls blocks", policy)
        check(plan.networks.count, PlanBounds.networks, "network blocks", policy)
        check(plan.pools.count, PlanBounds.pools, "pools", policy)
        check(plan.lists.count, PlanBounds.lists, "list blocks", policy)
        check(plan.rateLimits.count, PlanBounds.profiles, "limit blocks", policy)
        check(plan.firewalls.count, PlanBounds.profiles, "waf blocks", policy)
        check(plan.headers.count, PlanBounds.profiles, "headers blocks", policy)
        check(plan.errors.count, PlanBounds.profiles, "errors blocks", policy)
        check(plan.pages.count, PlanBounds.pages, "pages", policy)
        check(plan.sites.count, PlanBounds.sites, "sites", policy)
        check(plan.upstreams.count, PlanBounds.upstreams, "servers in all pools", policy)
    }

    /// Reports that there are more than `most` of something.
    func check(_ count: Int, _ most: Int, _ what: String, _ block: CheckedBlock) {
        if count > most { log.error(block.span, "there are \(count) \(what), more than \(most)") }
    }

    private func warnOfUnused() {
        for (word, name) in names.unused {
            log.warning(name.span, "the \(word) '\(name.text)' is not used", hint: "remove it, or refer to it")
        }
    }
}
