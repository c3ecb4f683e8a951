import Plan
import Policy

/// A plan as its blocks, each flattened: what `show` prints and `diff` compares.
struct PolicyView {
    var sections: [PolicySection] = []

    let text: PolicyText
    var plan: Plan { text.plan }

    /// What is not written has this origin.
    static let standard = "default"

    /// What is written in the block itself.
    static let own = "here"

    /// The sections of `plan`: what holds for the whole appliance, then each site with its routes.
    init(_ plan: Plan) {
        text = PolicyText(plan: plan)
        addPolicy()
        addListeners()
        addTLS()
        addNamed()
        addPools()
        addLimits()
        for site in plan.sites { add(site) }
    }

    /// What holds for the requests of `site`, and of the routes within it.
    private mutating func add(_ site: Site) {
        let title = "site \(PolicyText.quoted(site.names.first?.description ?? ""))"
        var section = PolicySection(title: title, place: text.place(site.position))
        section.add("names", PolicyText.list(site.names.map(\.description)), PolicyView.own)
        section.add("on", PolicyText.list(site.listeners.map { listener(plan.listeners[$0]) }), PolicyView.own)
        for rule in site.rules { add(rule, to: &section) }
        for exception in site.exceptions { add(exception, to: &section) }
        sections.append(section)
        for route in site.routes {
            sections.append(RouteView(text: text, site: site, route: route, siteTitle: title).section)
        }
    }

    private func add(_ rule: Rule, to section: inout PolicySection) {
        section.add("rule \(PolicyText.quoted(rule.name))", text.rule(rule), text.place(rule.position))
    }

    private func add(_ exception: FirewallException, to section: inout PolicySection) {
        let target =
            switch exception.target {
            case .request: "the whole request"
            case .form(let name): "form[\(PolicyText.quoted(name))]"
            case .query(let name): "query[\(PolicyText.quoted(name))]"
            case .header(let name): "header[\(PolicyText.quoted(name))]"
            case .cookie(let name): "cookie[\(PolicyText.quoted(name))]"
            }
        let paths = exception.pattern.map { " in \(PolicyText.quoted($0.description))" } ?? ""
        let end = exception.until.map { "  until = \(CalendarDay($0))" } ?? ""
        section.add(
            "except rule \(exception.rule)",
            "on \(target)\(paths)  because = \(PolicyText.quoted(exception.because))\(end)",
            text.place(exception.position))
    }
}
