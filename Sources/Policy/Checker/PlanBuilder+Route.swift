import Bytes
import Plan

extension PlanBuilder {
    /// The routes of a `site` block, for whose requests `inherited` holds unless a route says otherwise.
    mutating func routes(of block: CheckedBlock, _ inherited: RouteProfiles) -> [Route] {
        var routes: [Route] = []
        var taken: [PathPattern: RoutesOfPath] = [:]
        for routeBlock in block.blocks("route") {
            guard let route = route(routeBlock, inherited) else { continue }
            checkCanBeReached(route, routeBlock, &taken[route.pattern, default: RoutesOfPath()])
            routes.append(route)
        }
        if !log.hasErrors { warnOfGaps(taken) }
        return routes
    }

    /// The routes for the same paths, as far as they were seen.
    private struct RoutesOfPath {
        typealias Taken = (methods: MethodSet, span: SourceSpan)

        /// Those without a condition.
        var plain: [Taken] = []

        /// Those with one.
        var conditional: [ConditionKey: [Taken]] = [:]

        /// The last of them.
        var last = SourceSpan(start: 0, end: 0)
    }

    /// Reports that one of `others`, which are for the same paths, takes what this route is for; then adds it to them.
    private func checkCanBeReached(_ route: Route, _ block: CheckedBlock, _ others: inout RoutesOfPath) {
        let methods = route.methods ?? .all
        others.last = block.span
        // What is wrong with a condition was told; it is not none.
        if (block.condition != nil) != (route.condition != nil) {
            others.plain.append(([], block.span))
            return
        }
        if let key = route.condition.map({ ConditionKey($0) }) {
            if let before = others.conditional[key]?.first(where: { methods.isSubset(of: $0.methods) }) {
                log.error(
                    block.span, "this route is never reached: another has the same path and condition",
                    hint: "the other is in line \(log.source.line(of: before.span.start))")
            } else {
                others.conditional[key, default: []].append((methods, block.span))
            }
            return
        }
        // Each that is sound takes a method of its own, so there are few.
        if let other = others.plain.first(where: { !$0.methods.isDisjoint(with: methods) }) {
            let shared =
                other.methods == .all && methods == .all ? "" : " for \(other.methods.intersection(methods))"
            log.error(
                block.span, "two routes are equally specific: both are for '\(route.pattern)'\(shared)",
                hint: "the other is in line \(log.source.line(of: other.span.start))")
        } else {
            others.plain.append((methods, block.span))
        }
    }

    /// Warns of paths for which there are routes with conditions alone.
    private func warnOfGaps(_ taken: [PathPattern: RoutesOfPath]) {
        let gaps = taken.filter { $0.value.plain.isEmpty }.sorted { $0.value.last.start < $1.value.last.start }
        for (pattern, routes) in gaps {
            log.warning(
                routes.last, "when no condition holds, no route is for '\(pattern)', and the answer is 404",
                hint: "add route \"\(pattern)\" without a condition")
        }
    }

    private mutating func route(_ block: CheckedBlock, _ inherited: RouteProfiles) -> Route? {
        let condition = condition(of: block)
        let from = block.value("from").map { resolveAll($0, "network") }
        let action = action(of: block)
        let rules = rules(of: block)
        let profiles = profiles(of: block, within: inherited)
        guard let label = block.labels.first, let text = label.text, let pattern = pattern(text, label.span) else {
            return nil
        }
        var route = Route(
            pattern: pattern, condition: condition, methods: block.value("methods").map { methods($0) }, from: from,
            bodyLimit: block.number("body"), rules: rules, action: action ?? .proxy(pool: 0), profiles: profiles,
            position: position(block.span))
        if let path = block.blocks("path").first { route.path = rewriting(path, of: pattern) }
        if let action { checkHasEffect(block, action) }
        return route
    }

    /// Reports settings about what is passed on where nothing is.
    private func checkHasEffect(_ block: CheckedBlock, _ action: Route.Action) {
        switch action {
        case .proxy, .split: return
        case .maintenance(let maintenance) where maintenance.pool != nil: return
        case .redirect, .respond, .maintenance: break
        }
        for inner in block.blocks("path") + block.blocks("rewrite") {
            log.error(
                inner.span, "'\(inner.form.word)' has no effect: this route passes nothing on", hint: "remove it")
        }
        if let body = block.attributes["body"] {
            log.error(body.name.span, "'body' has no effect: this route passes nothing on", hint: "remove it")
        }
    }

    /// The methods that a list names. A server that answers GET answers HEAD (RFC 9110 section 9.1).
    func methods(_ value: Value) -> MethodSet {
        var methods: MethodSet = []
        for element in value.elements {
            guard case .reference(let parts) = element.kind else { continue }
            let name = Array(parts.joined(separator: ".").utf8)
            if let bit = MethodSet.bit(of: name.span) { methods.insert(MethodSet(bit: bit)) }
        }
        if methods.contains(bit: 0) { methods.insert(MethodSet(bit: 1)) }
        return methods
    }

    func pattern(_ text: String, _ span: SourceSpan) -> PathPattern? {
        let isPrefix = text.hasSuffix("/*")
        let path = Array((isPrefix ? String(text.dropLast()) : text).utf8)
        if path.count > PlanBounds.path {
            log.error(span, "the path has more than \(PlanBounds.path) bytes")
        } else if path.first != UInt8(ascii: "/") {
            log.error(span, "the path '\(text)' does not begin with '/'", hint: "write \"/\(text)\"")
        } else if path.contains(UInt8(ascii: "*")) {
            log.error(
                span, "an asterisk stands only at the end, after a slash",
                hint: "\"/x/*\" is for /x/ and all below it")
        } else if path.contains(UInt8(ascii: "?")) || path.contains(UInt8(ascii: "#")) {
            log.error(
                span, "a route is for a path, without a query or a fragment", hint: "remove what begins with '?' or '#'"
            )
        } else if !PlanText.isCanonicalPath(path) {
            let canonical = CanonicalText.path(path)
            log.error(
                span, "requests never have the path '\(text)' after normalisation",
                hint: PlanText.isCanonicalPath(canonical)
                    ? "write \"\(String(decoding: canonical, as: UTF8.self))\(isPrefix ? "*" : "")\"" : nil)
        } else {
            return PathPattern(isPrefix ? .prefix : .exact, path)
        }
        return nil
    }
}
