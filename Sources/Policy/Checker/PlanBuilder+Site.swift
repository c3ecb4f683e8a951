import Plan

extension PlanBuilder {
    /// Adds a `site` block.
    mutating func addSite(_ block: CheckedBlock) {
        let names = hosts(block.labels)
        let listeners = listeners(of: block)
        let rules = rules(of: block)
        let profiles = profiles(of: block, within: RouteProfiles())
        let routes = routes(of: block, profiles)
        check(names.count, PlanBounds.names, "host names of the site", block)
        check(routes.count, PlanBounds.routes, "routes in the site", block)
        plan.sites.append(
            Site(
                names: names, listeners: listeners, rules: rules, routes: routes, profiles: profiles,
                exceptions: exceptions(of: block), position: position(block.span)))
    }

    /// The host patterns that `values` are, each of which may stand there once.
    func hosts(_ values: [Value]) -> [HostPattern] {
        var first: [HostPattern: SourceSpan] = [:]
        var patterns: [HostPattern] = []
        for value in values {
            guard let text = value.text, let pattern = host(text, value.span) else { continue }
            if let other = first[pattern] {
                log.error(
                    value.span, "the host '\(pattern)' stands twice",
                    hint: "first in line \(log.source.line(of: other.start))")
                continue
            }
            first[pattern] = value.span
            patterns.append(pattern)
        }
        return patterns
    }

    func host(_ text: String, _ span: SourceSpan) -> HostPattern? {
        if text == "*" { return .any }
        let name = text.lowercased()
        if name.hasPrefix("*."), PlanText.isHostName(String(name.dropFirst(2))) {
            return .wildcard(String(name.dropFirst(2)))
        }
        let inner = name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
        let address = IPAddress(inner)
        if let address, !address.isIPv4 { return .exact("[\(address)]") }
        if PlanText.isExactHost(name) { return .exact(name) }
        log.error(span, "'\(text)' is not a host name", hint: hint(forHost: text))
        return nil
    }

    private func hint(forHost text: String) -> String {
        if text.contains("://") { return "write the host alone, without a scheme" }
        if text.contains("/") { return "write the host alone; paths stand in routes" }
        if text.contains("*") { return "an asterisk stands alone, or for the first label: *.example.org" }
        if text.contains(":") { return "write the host without a port; ports stand in listen" }
        if text.hasSuffix(".") { return "write it without the final dot" }
        if text.utf8.contains(where: { $0 >= 0x80 }) {
            return "write the name in its ASCII form, which begins with xn--"
        }
        return "a name has labels of letters, digits and '-' with dots between them"
    }

    private mutating func listeners(of block: CheckedBlock) -> [Int] {
        if let on = block.value("on") {
            return resolveAll(on, "listen").flatMap { listenersOfBlock[$0] }
        }
        if listenersOfBlock.count > 1 && !block.isDamaged {
            let known = names.names(of: "listen").joined(separator: ", ")
            log.error(
                block.span, "'on' is missing in a site block",
                hint: "write on = NAME; there are several listen blocks: \(known)")
        }
        if listenersOfBlock.count == 1, let name = names.names(of: "listen").first { _ = names.use("listen", name) }
        return listenersOfBlock.first ?? []
    }

    /// Reports hosts that two sites have on one listener.
    func checkSitesDiffer(_ blocks: [CheckedBlock]) {
        var first: [[HostPattern: SourceSpan]] = plan.listeners.map { _ in [:] }
        for (site, block) in zip(plan.sites, blocks) {
            var reported: Set<HostPattern> = []
            for listener in site.listeners {
                for name in site.names {
                    if let other = first[listener][name] {
                        if !reported.insert(name).inserted { continue }
                        log.error(
                            block.span, "two sites have the host '\(name)' on listen \(plan.listeners[listener].name)",
                            hint: "the other is in line \(log.source.line(of: other.start))")
                    } else {
                        first[listener][name] = block.span
                    }
                }
            }
        }
    }

    /// Where a span begins, as the plan tells it.
    func position(_ span: SourceSpan) -> SourcePosition { log.position(of: span.start) }
}
