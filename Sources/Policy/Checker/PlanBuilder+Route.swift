import Bytes
import Plan

extension PlanBuilder {
    /// The routes of a `site` block, for whose requests `inherited` holds unless a route says otherwise.
    mutating func routes(of block: CheckedBlock, _ inherited: RouteProfiles) -> [Route] {
        var routes: [Route] = []
        var taken: [PathPattern: [(route: Route, span: SourceSpan)]] = [:]
        for routeBlock in block.blocks("route") {
            guard let route = route(routeBlock, inherited) else { continue }
            let others = taken[route.pattern, default: []]
            checkCanBeReached(route, routeBlock, others)
            taken[route.pattern, default: []].append((route, routeBlock.span))
            routes.append(route)
        }
        if !log.hasErrors { warnOfGaps(taken) }
        return routes
    }

    /// Reports that one of `others`, which are for the same paths, takes what this route is for.
    private func checkCanBeReached(
        _ route: Route, _ block: CheckedBlock, _ others: [(route: Route, span: SourceSpan)]
    ) {
        let methods = route.methods ?? .all
        // What is wrong with a condition was told; it is not none.
        if (block.condition != nil) != (route.condition != nil) { return }
        if let condition = route.condition {
            let before = others.first {
                $0.route.condition?.isSame(as: condition) == true && methods.isSubset(of: $0.route.methods ?? .all)
            }
            guard let before else { return }
            log.error(
                block.span, "this route is never reached: another has the same path and condition",
                hint: "the other is in line \(log.source.line(of: before.span.start))")
            return
        }
        let other = others.first {
            $0.route.condition == nil && !($0.route.methods ?? .all).isDisjoint(with: methods)
        }
        guard let other else { return }
        let taken = other.route.methods ?? .all
        let shared = taken == .all && methods == .all ? "" : " for \(taken.intersection(methods))"
        log.error(
            block.span, "two routes are equally specific: both are for '\(route.pattern)'\(shared)",
            hint: "the other is in line \(log.source.line(of: other.span.start))")
    }

    /// Warns of paths for which there are routes with conditions alone.
    private func warnOfGaps(_ taken: [PathPattern: [(route: Route, span: SourceSpan)]]) {
        for (pattern, routes) in taken where routes.allSatisfy({ $0.route.condition != nil }) {
            log.warning(
                routes[routes.count - 1].span, "when no condition holds, no route is for '\(pattern)', and the answer is 404",
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
