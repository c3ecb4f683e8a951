import Plan
import Policy

/// A route, flattened: what holds for its requests and answers, whether it was written there, in the site or in a profile.
struct RouteView {
    let text: PolicyText
    let site: Site
    let route: Route
    let siteTitle: String

    private var plan: Plan { text.plan }

    /// What holds for the route.
    var section: PolicySection {
        var section = PolicySection(title: title, place: text.place(route.position))
        addAction(to: &section)
        section.add("methods", route.methods.map { "[\($0)]" } ?? "all", origin(route.methods != nil))
        section.add("from", route.from.map(text.networks) ?? "everybody", origin(route.from != nil))
        section.add(
            "body", WrittenNumber.size(route.bodyLimit ?? plan.limits[.body]),
            route.bodyLimit == nil ? "\(PolicyView.standard), body of the limits" : PolicyView.own)
        addPath(to: &section)
        for rule in route.rules {
            section.add("rule \(PolicyText.quoted(rule.name))", text.rule(rule), text.place(rule.position))
        }
        addHeaders(to: &section)
        addErrors(to: &section)
        addRewrite(to: &section)
        addInspection(to: &section)
        return section
    }

    /// The pattern, with what distinguishes the route from others of its pattern.
    private var title: String {
        var title = "\(siteTitle) route \(PolicyText.quoted(route.pattern.description))"
        if let condition = route.condition {
            title += " when \(text.condition(condition))"
        } else if let methods = route.methods,
            site.routes.count(where: { $0.pattern == route.pattern && $0.condition == nil }) > 1
        {
            title += " for \(methods)"
        }
        return title
    }

    private func origin(_ isWritten: Bool) -> String { isWritten ? PolicyView.own : PolicyView.standard }

    private func addAction(to section: inout PolicySection) {
        switch route.action {
        case .proxy(let pool): section.add("to", text.pool(pool), PolicyView.own)
        case .split(let split): section.add("split", text.split(split), PolicyView.own)
        case .redirect(let redirect): section.add("redirect", text.redirect(redirect), PolicyView.own)
        case .respond(let response): section.add("respond", text.response(response), PolicyView.own)
        case .maintenance(let maintenance): add(maintenance, to: &section)
        }
    }

    private func add(_ maintenance: Maintenance, to section: inout PolicySection) {
        let except = maintenance.except.isEmpty ? "nobody" : text.networks(maintenance.except)
        let page = maintenance.page.map { "  page = \(text.page($0))" } ?? ""
        let retry =
            maintenance.retryAfter == 0 ? "" : "  retry_after = \(WrittenNumber.duration(maintenance.retryAfter))"
        section.add("maintenance", "except = \(except)\(page)\(retry)", PolicyView.own)
        if let pool = maintenance.pool { section.add("to", text.pool(pool), PolicyView.own) }
    }

    private func addPath(to section: inout PolicySection) {
        guard let path = route.path else { return }
        if let strip = path.strip { section.add("path strip", PolicyText.quoted(strip), PolicyView.own) }
        if let replace = path.replace {
            section.add(
                "path replace", "\(PolicyText.quoted(replace.beginning)) \(PolicyText.quoted(replace.substitute))",
                PolicyView.own)
        }
        if let prepend = path.prepend { section.add("path prepend", PolicyText.quoted(prepend), PolicyView.own) }
    }

    // MARK: Profiles

    /// Where a profile comes from: its name, the route or the site, and the line.
    private func origin(_ word: String, _ name: String?, _ position: SourcePosition, isOfSite: Bool) -> String {
        let place = text.place(position)
        if let name { return "\(word) \(name), \(place)" + (isOfSite ? ", by the site" : "") }
        return isOfSite ? "site, \(place)" : PolicyView.own
    }

    private func addHeaders(to section: inout PolicySection) {
        guard let number = route.profiles.headers else { return }
        let headers = plan.headers[number]
        let origin = origin(
            "headers", headers.name, headers.position, isOfSite: site.profiles.headers == number)
        for edit in headers.request { section.add("headers request", text.edit(edit), origin) }
        for edit in headers.response { section.add("headers response", text.edit(edit), origin) }
        if !headers.hide.isEmpty {
            section.add("headers hide", PolicyText.list(headers.hide.map { PolicyText.quoted($0) }), origin)
        }
        for field in headers.secure?.fields ?? [] {
            section.add(
                "secure_headers", "\(PolicyText.quoted(field.name)) = \(PolicyText.quoted(field.value))", origin)
        }
        if headers.secure?.overwrites == true { section.add("secure_headers", "overwrite = on", origin) }
    }

    private func addErrors(to section: inout PolicySection) {
        guard let number = route.profiles.errors else { return }
        let errors = plan.errors[number]
        let origin = origin("errors", errors.name, errors.position, isOfSite: site.profiles.errors == number)
        for entry in errors.entries { section.add("errors \(entry.status)", text.page(entry.page), origin) }
    }

    private func addRewrite(to section: inout PolicySection) {
        guard let rewrite = route.profiles.rewrite else { return }
        let origin = origin("rewrite", nil, rewrite.position, isOfSite: site.profiles.rewrite == rewrite)
        section.add("rewrite location", rewrite.location ? "on" : "off", origin)
        if !rewrite.hosts.isEmpty {
            section.add("rewrite hosts", PolicyText.list(rewrite.hosts.map { PolicyText.quoted($0) }), origin)
        }
        guard let cookies = rewrite.cookies else { return }
        let flags = [
            ("domain", cookies.domain), ("path", cookies.path), ("secure", cookies.secure),
            ("http_only", cookies.httpOnly),
        ]
        for (word, flag) in flags where flag { section.add("rewrite cookies \(word)", "on", origin) }
        if let sameSite = cookies.sameSite { section.add("rewrite cookies same_site", "\(sameSite)", origin) }
    }

    private func addInspection(to section: inout PolicySection) {
        for number in route.profiles.limits {
            let isOfSite = site.profiles.limits.contains(number)
            section.add("limit", plan.rateLimits[number].name, isOfSite ? "use of the site" : PolicyView.own)
        }
        if let number = route.profiles.firewall {
            let isOfSite = site.profiles.firewall == number
            section.add("waf", plan.firewalls[number].name, isOfSite ? "use of the site" : PolicyView.own)
        }
    }
}
