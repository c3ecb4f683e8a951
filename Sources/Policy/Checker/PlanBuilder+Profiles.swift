import Plan

extension PlanBuilder {
    /// What a `site` or `route` block has by name or by blocks within it, and otherwise `inherited`.
    mutating func profiles(of block: CheckedBlock, within inherited: RouteProfiles) -> RouteProfiles {
        var profiles = inherited
        var used: [String: [Int]] = [:]
        for value in block.value("use")?.elements ?? [] {
            guard case .reference(let parts) = value.kind, parts.count == 2, let number = resolve(value, parts[0])
            else {
                continue
            }
            let others = used[parts[0], default: []]
            if others.contains(number) {
                log.error(value.span, "'\(log.source.string(value.span))' stands twice in this list")
            } else if !others.isEmpty && parts[0] != "limit" {
                log.error(value.span, "one \(parts[0]) holds at a time", hint: "remove one of the two")
            } else {
                used[parts[0], default: []].append(number)
            }
        }
        if let limits = used["limit"] { profiles.limits = limits }
        if profiles.limits.count > PlanBounds.rateLimits {
            log.error(block.span, "there are \(profiles.limits.count) limits, more than \(PlanBounds.rateLimits)")
        }
        profiles.firewall = used["waf"]?.first ?? inherited.firewall
        profiles.headers = used["headers"]?.first ?? inherited.headers
        profiles.errors = used["errors"]?.first ?? inherited.errors
        if let own = own("headers", of: block, used) {
            profiles.headers = plan.headers.count
            plan.headers.append(headerProfile(own))
        }
        if let own = own("errors", of: block, used) {
            profiles.errors = plan.errors.count
            plan.errors.append(errorPages(own))
        }
        if let own = block.blocks("rewrite").first { profiles.rewrite = rewrite(own) }
        return profiles
    }

    /// The block `word` within `block`, which excludes one that is used by name.
    private func own(_ word: String, of block: CheckedBlock, _ used: [String: [Int]]) -> CheckedBlock? {
        guard let own = block.blocks(word).first else { return nil }
        if used[word] != nil {
            log.error(own.span, "one \(word) holds at a time, and one is used by name", hint: "remove one of the two")
        }
        return own
    }

    private func rewrite(_ block: CheckedBlock) -> ResponseRewrite? {
        var rewrite = ResponseRewrite(location: block.word("location") == "on", position: position(block.span))
        for value in block.value("hosts")?.elements ?? [] {
            guard let text = value.text, let pattern = host(text, value.span) else { continue }
            guard case .exact(let name) = pattern else {
                log.error(value.span, "the whole name of a host stands here, without an asterisk")
                continue
            }
            if !rewrite.hosts.contains(name) { rewrite.hosts.append(name) }
        }
        check(rewrite.hosts.count, PlanBounds.names, "hosts", block)
        if let hosts = block.attributes["hosts"], !rewrite.location {
            log.error(hosts.name.span, "'hosts' are those of Location, which stays as it is", hint: "add location = on")
        }
        if let cookies = block.blocks("cookies").first {
            rewrite.cookies = ResponseRewrite.Cookies(
                domain: cookies.word("domain") == "on", path: cookies.word("path") == "on",
                secure: cookies.word("secure") == "on", httpOnly: cookies.word("http_only") == "on",
                sameSite: sameSite(cookies))
        }
        if block.attributes.isEmpty && block.blocks.isEmpty && !block.isDamaged {
            log.error(block.span, "nothing is rewritten here", hint: "write \(block.form.example)")
        }
        return rewrite
    }

    private func sameSite(_ block: CheckedBlock) -> ResponseRewrite.Cookies.SameSite? {
        switch block.word("same_site") {
        case "strict": return .strict
        case "lax": return .lax
        case "none":
            if block.word("secure") != "on", let value = block.value("same_site") {
                log.error(value.span, "browsers take SameSite=None with Secure alone", hint: "add secure = on")
            }
            return ResponseRewrite.Cookies.SameSite.none
        default: return nil
        }
    }

    // MARK: Pages

    /// The pages of an `errors` block.
    mutating func errorPages(_ block: CheckedBlock) -> ErrorPages {
        var pages = ErrorPages(name: block.name?.text, entries: [], position: position(block.span))
        for entry in block.entries {
            guard case .number(let status) = entry.key.kind, let page = page(entry.value) else { continue }
            pages.entries.append(ErrorPages.Entry(status: UInt16(status), page: page))
        }
        return pages
    }

    /// The number of the page in the file that `value` names.
    mutating func page(_ value: Value) -> Int? {
        guard let name = value.text else { return nil }
        if let number = pageNumbers[name] { return number }
        checkFileName(name, value.span)
        guard PlanText.isFileName(name) else { return nil }
        guard let type = PlanBuilder.mediaType(ofFile: name) else {
            log.error(
                value.span, "what kind of page '\(name)' is does not show",
                hint: "names end in \(PlanBuilder.mediaTypes.map(\.ending).joined(separator: ", "))")
            return nil
        }
        guard let body = contents(of: name, limit: PlanBounds.page, value.span) else { return nil }
        let number = plan.pages.count
        plan.pages.append(Page(file: name, type: type, body: body))
        pageNumbers[name] = number
        return number
    }

    private static let mediaTypes: [(ending: String, type: String)] = [
        (ending: ".html", type: "text/html; charset=utf-8"), (".htm", "text/html; charset=utf-8"),
        (".txt", "text/plain; charset=utf-8"), (".json", "application/json"), (".xml", "application/xml"),
    ]

    private static func mediaType(ofFile name: String) -> String? {
        mediaTypes.first { name.lowercased().hasSuffix($0.ending) }.map(\.type)
    }

    /// What is in a file; nil when it can not be read, which is reported.
    func contents(of name: String, limit: Int, _ span: SourceSpan) -> [UInt8]? {
        do throws(PolicyFileProblem) {
            let contents = try files.contents(of: name, limit: limit)
            if contents.count <= limit { return contents }
            log.error(span, "the file '\(name)' has more than \(limit) bytes")
        } catch {
            log.error(span, "the file '\(name)' \(error.message)", hint: error.hint)
        }
        return nil
    }

    // MARK: Rates and firewalls

    /// Adds a `limit` block.
    mutating func addRateLimit(_ block: CheckedBlock) {
        var limit = RateLimit(
            name: block.name?.text ?? "limit", key: .client, count: 1, period: 1_000, burst: 1,
            position: position(block.span))
        if case .rate(let count, let period) = block.value("rate")?.kind {
            (limit.count, limit.period) = (count, period)
        }
        limit.burst = block.number("burst") ?? limit.count
        switch block.value("key")?.kind {
        case .reference(["client", "prefix"]): limit.key = .clientPrefix
        case .indexed(["header"], let name):
            if let value = block.value("key"), isName(name, value.span, of: "header", isToken: true) {
                limit.key = .header(Array(name.lowercased().utf8))
            }
        case .indexed(["cookie"], let name):
            if let value = block.value("key"), isName(name, value.span, of: "cookie", isToken: true) {
                limit.key = .cookie(Array(name.utf8))
            }
        default: break
        }
        switch block.value("then")?.kind {
        case .reference(["delay"]): limit.excess = .delay
        case .list(let values):
            if case .number(let status) = values[1].kind { limit.excess = .reject(status: UInt16(status)) }
        default: break
        }
        plan.rateLimits.append(limit)
    }

    /// Adds a `waf` block.
    mutating func addFirewall(_ block: CheckedBlock) {
        var firewall = Firewall(name: block.name?.text ?? "waf", rules: [], position: position(block.span))
        for value in block.value("rules")?.elements ?? [] {
            guard let text = value.text else { continue }
            checkFileName(text, value.span)
            firewall.rules.append(text)
        }
        check(firewall.rules.count, PlanBounds.firewallRules, "files of rules", block)
        firewall.paranoia = UInt8(block.number("paranoia") ?? 1)
        firewall.blockAt = block.number("block_at") ?? firewall.blockAt
        firewall.body = block.number("body") ?? firewall.body
        switch block.word("mode") {
        case "off": firewall.mode = .off
        case "watch": firewall.mode = .watch
        case "learn": firewall.mode = .learn
        default: break
        }
        plan.firewalls.append(firewall)
    }
}
