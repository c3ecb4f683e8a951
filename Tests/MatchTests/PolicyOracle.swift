/// What becomes of a request, by the sentences of the manual alone.
struct PolicyOracle {
    let policy: PolicyModel

    enum Verdict: Equatable {
        case forward(pool: Int)
        /// To one of the two, by a hash that is nobody else's business.
        case forwardToEither(Int, Int)
        case refuse(code: String, status: Int, allow: Set<String>, retryAfter: Int)
        case redirect(to: String, status: Int)
        case respond(body: String, status: Int)
        case redirectToHTTPS
    }

    struct Answer: Equatable {
        var verdict: Verdict
        /// The site, the route in it, and the name of the rule that decided.
        var site: Int?
        var route: Int?
        var rule: String?
        /// The rules that log.
        var noted: [String] = []
    }

    func answer(_ request: RequestModel) -> Answer {
        guard let number = site(of: request) else {
            return Answer(verdict: refusal("site.unknown", 421))
        }
        var answer = Answer(verdict: .redirectToHTTPS, site: number)
        if request.isRedirected { return answer }
        let site = policy.sites[number]
        if apply(site.rules, request, &answer) { return answer }
        let routes = mostSpecific(site.routes, request)
        var allowed: Set<String> = []
        for index in routes where site.routes[index].condition?.holds(request) ?? true {
            let route = site.routes[index]
            if !takes(route, request.method) {
                if answer.route == nil { answer.route = index }
                allowed.formUnion(methods(route))
                continue
            }
            answer.route = index
            if !route.from.isEmpty && !contain(route.from, request.client) {
                answer.verdict = refusal("route.from", 403)
            } else if !apply(route.rules, request, &answer) {
                answer.verdict = verdict(route.action, request)
            }
            return answer
        }
        answer.verdict =
            answer.route == nil
            ? refusal("route.none", 404) : .refuse(code: "route.method", status: 405, allow: allowed, retryAfter: 0)
        return answer
    }

    private func refusal(_ code: String, _ status: Int) -> Verdict {
        .refuse(code: code, status: status, allow: [], retryAfter: 0)
    }

    // MARK: Sites

    /// A name before `*.name` before `*`.
    private func site(of request: RequestModel) -> Int? {
        let served = policy.sites.indices.filter { policy.sites[$0].on.contains(request.listen) }
        let parent = request.host.drop { $0 != "." }
        for name in [request.host, "*\(parent)", "*"] {
            if let site = served.first(where: { policy.sites[$0].names.contains(name) }) { return site }
        }
        return nil
    }

    // MARK: Rules

    /// Whether one of them decides.
    private func apply(_ rules: [RuleModel], _ request: RequestModel, _ answer: inout Answer) -> Bool {
        for rule in rules where rule.condition?.holds(request) ?? true {
            switch rule.action {
            case .log:
                answer.noted.append(rule.name)
                continue
            case .allow: return false
            case .deny(let status): answer.verdict = refusal("rule.deny", status ?? 403)
            case .redirect(let status): answer.verdict = .redirect(to: "/\(rule.name)", status: status ?? 302)
            case .respond(let status): answer.verdict = .respond(body: rule.name, status: status ?? 200)
            }
            answer.rule = rule.name
            return true
        }
        return false
    }

    // MARK: Routes

    /// The routes of the most specific path that the request's is in, those with a condition first.
    private func mostSpecific(_ routes: [RouteModel], _ request: RequestModel) -> [Int] {
        func isFor(_ path: String) -> Bool {
            path.hasSuffix("*") ? request.path.hasPrefix(String(path.dropLast())) : request.path == path
        }
        // A path itself is more specific than all that is below one, and the longer one more than the shorter.
        let rank = { (path: String) in (path.hasSuffix("*") ? 0 : 1, path.utf8.count) }
        let paths = Set(routes.map(\.path)).filter(isFor)
        guard let best = paths.max(by: { rank($0) < rank($1) }) else { return [] }
        let all = routes.indices.filter { routes[$0].path == best }
        return all.filter { routes[$0].condition != nil } + all.filter { routes[$0].condition == nil }
    }

    private func methods(_ route: RouteModel) -> Set<String> {
        Set(route.methods).union(route.methods.contains("GET") ? ["HEAD"] : [])
    }

    private func takes(_ route: RouteModel, _ method: String) -> Bool {
        route.methods.isEmpty || methods(route).contains(method)
    }

    private func contain(_ networks: [Int], _ client: UInt32) -> Bool {
        networks.contains { policy.networks[$0].contains(client) }
    }

    private func verdict(_ action: RouteModel.Action, _ request: RequestModel) -> Verdict {
        switch action {
        case .pool(let pool): return .forward(pool: pool)
        case .redirect(let name, let status): return .redirect(to: "/\(name)", status: status ?? 302)
        case .respond(let name, let status): return .respond(body: name, status: status ?? 200)
        case .maintenance(let except, let pool, let minutes):
            if let pool, contain(except, request.client) { return .forward(pool: pool) }
            return .refuse(code: "route.maintenance", status: 503, allow: [], retryAfter: (minutes ?? 0) * 60)
        case .split(let one, _, let other, let by, let forced):
            var value: String?
            if by == "cookie[\"x\"]" { value = request.values("x", in: request.cookies).first }
            if by == "header[\"x\"]" { value = request.values("x", in: request.headers).first }
            if let pool = value.flatMap({ forced[$0] }) { return .forward(pool: pool) }
            return .forwardToEither(one, other)
        }
    }
}
