import Plan

extension PlanBuilder {
    /// Writes into each condition what it costs, and reports sites whose conditions look at too much.
    mutating func checkCosts(_ blocks: [CheckedBlock]) {
        if log.hasErrors { return }
        let bound = plan.limits[.conditionCost]
        // Taken out of the plan, so that they are changed in place.
        var sites: [Site] = []
        swap(&sites, &plan.sites)
        for (index, block) in zip(sites.indices, blocks) {
            let cost = PlanBuilder.price(&sites[index], plan.limits)
            if cost <= bound { continue }
            log.error(
                block.span, "the conditions of this site cost \(cost), more than \(bound)",
                hint: "compare less, put texts into one list, or raise condition_cost in limits")
        }
        swap(&sites, &plan.sites)
    }

    /// What the conditions of `site` cost for one request at most.
    private static func price(_ site: inout Site, _ limits: Limits) -> UInt64 {
        let ofRules = price(&site.rules, limits)
        var ofRoutes: UInt64 = 0
        var ofPaths: [PathPattern: UInt64] = [:]
        for index in site.routes.indices {
            // Until one is found, the conditions of all routes for the path may be asked.
            let ofPath = ofPaths[site.routes[index].pattern, default: 0] + price(&site.routes[index].condition, limits)
            ofPaths[site.routes[index].pattern] = ofPath
            ofRoutes = max(ofRoutes, ofPath + price(&site.routes[index].rules, limits))
        }
        return ofRules + ofRoutes
    }

    private static func price(_ rules: inout [Rule], _ limits: Limits) -> UInt64 {
        var sum: UInt64 = 0
        for index in rules.indices { sum += price(&rules[index].condition, limits) }
        return sum
    }

    private static func price(_ condition: inout Condition?, _ limits: Limits) -> UInt64 {
        let cost = condition?.comparisons.reduce(0) { $0 + ConditionCost.cost(of: $1, limits: limits) } ?? 0
        condition?.cost = UInt32(clamping: cost)
        return cost
    }
}
