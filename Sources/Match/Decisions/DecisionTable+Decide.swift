import Bytes
public import HTTPModel
import Plan

/// The way of a request through the policy: site → rules of the site → route → rules of the route → action.
extension DecisionTable {
    /// What becomes of a request. Rules that only log are noted in `memory`.
    ///
    /// `memory` was made for this table.
    public func decide(
        _ head: borrowing RequestHead, _ facts: RequestFacts, using memory: inout DecisionMemory
    ) -> Decision {
        var observer = NoObserver()
        return decide(head, facts, &memory, &observer)
    }

    /// As ``decide(_:_:using:)``, with everything that was looked at on the way, in order.
    public func explain(
        _ head: borrowing RequestHead, _ facts: RequestFacts, using memory: inout DecisionMemory
    ) -> (decision: Decision, steps: [DecisionStep]) {
        var observer = StepRecorder()
        let decision = decide(head, facts, &memory, &observer)
        return (decision, observer.steps)
    }

    private func decide(
        _ head: borrowing RequestHead, _ facts: RequestFacts, _ memory: inout DecisionMemory,
        _ observer: inout some DecisionObserver
    ) -> Decision {
        memory.begin(facts)
        let found = sites.site(of: head.host, listener: facts.listener)
        observer.note(.site(found))
        guard let site = found else { return Decision(.refuse(.siteUnknown), site: nil) }
        observer.note(.serverName(agrees: facts.namesAgree))
        if !facts.namesAgree { return Decision(.refuse(.sniMismatch), site: site) }
        let port = redirectPorts[facts.listener]
        if port != 0 {
            observer.note(.redirectListener)
            return Decision(.redirectToHTTPS(port: port), site: site)
        }
        if let decision = apply(siteRules[site], head, site: site, route: nil, &memory, &observer) {
            return decision
        }
        return decideRoute(of: site, head, facts, &memory, &observer)
    }

    // MARK: Rules

    /// Tries rules in order. Nil when the request goes on.
    private func apply(
        _ list: TextPlace, _ head: borrowing RequestHead, site: Int, route: Int?,
        _ memory: inout DecisionMemory, _ observer: inout some DecisionObserver
    ) -> Decision? {
        for number in list.first..<list.end {
            let holds = conditions.holds(rules[number].condition, head, using: &memory.conditions)
            observer.note(.rule(number, holds: holds))
            if !holds { continue }
            let rule = rules[number]
            switch rule.action {
            case .log: memory.note(rule: number)
            case .allow: return nil
            case .deny:
                var decision = Decision(.refuse(.ruleDeny), site: site, route: route, rule: number)
                decision.status = rule.status
                if rule.page >= 0 { decision.page = Int(rule.page) }
                return decision
            case .redirect: return Decision(.redirect(Int(rule.number)), site: site, route: route, rule: number)
            case .respond: return Decision(.respond(Int(rule.number)), site: site, route: route, rule: number)
            }
        }
        return nil
    }

    // MARK: Routes

    private func decideRoute(
        of site: Int, _ head: borrowing RequestHead, _ facts: RequestFacts, _ memory: inout DecisionMemory,
        _ observer: inout some DecisionObserver
    ) -> Decision {
        let group = routes.mostSpecific(site: site, path: head.path)
        // Numbers of methods in the plan count from the first method that has a name.
        let method = head.method.rawValue &- 1
        var allow: MethodSet = []
        var refused: Int?
        for index in Int(group.start)..<Int(group.start) &+ Int(group.count) {
            let entry = routes.entries[index]
            let route = Int(entry.route)
            if entry.condition != ConditionTable.always {
                let holds = conditions.holds(entry.condition, head, using: &memory.conditions)
                observer.note(.condition(route: route, holds: holds))
                if !holds { continue }
            }
            if !entry.takesAll {
                let takes = entry.methods.contains(bit: method)
                observer.note(.methods(route: route, takes: takes))
                if !takes {
                    allow.formUnion(entry.methods)
                    if refused == nil { refused = route }
                    continue
                }
            }
            if !entry.isForEverybody {
                let contain = conditions.contains(facts.client, in: entry.networks)
                observer.note(.networks(route: route, contain: contain))
                if !contain { return Decision(.refuse(.routeFrom), site: site, route: route) }
            }
            observer.note(.route(route))
            let action = actions[route]
            if let decision = apply(action.rules, head, site: site, route: route, &memory, &observer) {
                return decision
            }
            return carryOut(action, of: route, site, head, facts, &observer)
        }
        guard let refused else {
            observer.note(.noRoute)
            return Decision(.refuse(.routeNone), site: site)
        }
        var decision = Decision(.refuse(.routeMethod), site: site, route: refused)
        decision.allow = allow
        return decision
    }

    private func carryOut(
        _ action: RouteAction, of route: Int, _ site: Int, _ head: borrowing RequestHead, _ facts: RequestFacts,
        _ observer: inout some DecisionObserver
    ) -> Decision {
        let number = Int(action.number)
        switch action.kind {
        case .proxy: return Decision(.forward(pool: number), site: site, route: route)
        case .redirect: return Decision(.redirect(number), site: site, route: route)
        case .respond: return Decision(.respond(number), site: site, route: route)
        case .split:
            let choice = splits.pool(number, head, facts)
            observer.note(.split(pool: choice.pool, isForced: choice.isForced))
            return Decision(.forward(pool: choice.pool), site: site, route: route)
        case .maintenance:
            let passes = conditions.contains(facts.client, in: action.except)
            observer.note(.maintenance(passes: passes))
            if passes && action.number != RouteAction.nowhere {
                return Decision(.forward(pool: number), site: site, route: route)
            }
            var decision = Decision(.refuse(.routeMaintenance), site: site, route: route)
            if action.page >= 0 { decision.page = Int(action.page) }
            decision.retryAfter = UInt64(action.retryAfter)
            return decision
        }
    }
}
