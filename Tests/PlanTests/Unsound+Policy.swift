import Plan

extension Unsound {
    /// Changes of conditions, rules, actions and profiles.
    static let ofPolicies: [Unsound] = [
        condition(.badCount("comparisons of a condition")) { $0.comparisons = [] },
        condition(.badCount("steps of a condition")) { $0.steps = [] },
        condition(.outOfRange("a condition's first step")) { $0.steps[0] = .not },
        condition(.badReference("a condition's test")) { $0.steps[0] = .test(20) },
        condition(.badReference("a condition's jump")) { $0.steps[2] = .jumpIfTrue(2) },
        condition(.badReference("a condition's jump")) { $0.steps[2] = .jumpIfFalse($0.steps.count + 1) },
        comparison(.outOfRange("a comparison's quantifier")) { $0.quantifier = .all },
        comparison(.outOfRange("a comparison's operand")) { $0.operand = .number(1) },
        comparison(.outOfRange("a comparison's operand")) { $0.comparator = .less },
        comparison(.badText("a comparison's text")) { $0.operand = .text([]) },
        comparison(.badText("a comparison's text")) { $0.operand = .texts([[]]) },
        comparison(.badReference("a comparison's list")) { $0.operand = .list(1) },
        comparison(.outOfRange("a comparison's subject")) { $0.subject.measure = .count },
        comparison(.outOfRange("a comparison's subject")) { $0.subject = Subject(.port, isLowercased: true) },
        comparison(.outOfRange("a comparison's subject")) { $0.subject = Subject(.port, .length) },
        comparison(.badText("a header's name")) { $0.subject = Subject(.header(PlanSample.bytes("User-Agent"))) },
        comparison(.badText("a cookie's name")) { $0.subject = Subject(.cookie(PlanSample.bytes("a b"))) },
        comparison(.badText("a parameter's name")) { $0.subject = Subject(.queryParameter([])) },
        comparison(.badCount("networks of a comparison")) {
            $0 = Comparison(Subject(.client), .isIn, .addresses(networks: [], blocks: []))
        },
        comparison(.badText("a regular expression")) { $0 = Comparison(Subject(.path), .matches, .pattern([])) },
        Unsound(.badText("a rule's name"), { $0.sites[0].rules[0].name = "a b" }),
        Unsound(.outOfRange("a rule's status"), { $0.sites[0].rules[0].action = .deny(status: 302, page: nil) }),
        Unsound(.badReference("a rule's page"), { $0.sites[0].rules[0].action = .deny(status: 403, page: 1) }),
        Unsound(.badText("a rule's note"), { $0.sites[0].rules[0].note = "" }),
        redirect("javascript:alert(1)"), redirect("//evil.example"), redirect("/a b"), redirect("/", .path),
        redirect("https://", .path),
        Unsound(
            .outOfRange("a redirect's status"),
            { $0.sites[0].rules[1].action = .redirect(Redirect(target: [.text([0x2f])], status: 305)) }),
        Unsound(
            .badText("a response's body"),
            { $0.sites[0].rules[2].action = .respond(FixedResponse(status: 304, body: [0x61])) }),
        Unsound(
            .badText("a response's type"),
            { $0.sites[0].rules[2].action = .respond(FixedResponse(type: "text")) }),
        split(.outOfRange("the shares of a split")) { $0.shares[0].portion = 9_499 },
        split(.duplicate("a share's pool")) { $0.shares[1].pool = 0 },
        split(.badCount("forced values of a split")) { $0.key = .client },
        split(.badReference("a forced value's pool")) { $0.forced[0].pool = 2 },
        Unsound(
            .badReference("a maintenance's pool"),
            { $0.sites[0].routes[8].action = .maintenance(Maintenance(except: [0])) }),
        Unsound(
            .outOfRange("a maintenance's retry_after"),
            { $0.sites[0].routes[8].action = .maintenance(Maintenance(retryAfter: 1_500)) }),
        Unsound(.badText("a path's strip"), { $0.sites[0].routes[3].path?.strip = PlanSample.bytes("/app/") }),
        Unsound(.badText("a path's prepend"), { $0.sites[0].routes[3].path?.prepend = [0x2f] }),
        Unsound(.badCount("changes of a path"), { $0.sites[0].routes[3].path = PathRewrite() }),
        Unsound(.badText("a rewrite's host"), { $0.sites[0].profiles.rewrite?.hosts = ["A"] }),
        Unsound(.badCount("hosts of a rewrite"), { $0.sites[0].profiles.rewrite?.location = false }),
        Unsound(.badReference("a use of headers"), { $0.sites[0].profiles.headers = 1 }),
        Unsound(.badReference("a use of errors"), { $0.sites[0].profiles.errors = 1 }),
        Unsound(.duplicate("a use of a limit"), { $0.sites[0].profiles.limits = [0, 0] }),
        Unsound(.badReference("a use of a waf"), { $0.sites[0].profiles.firewall = 1 }),
        Unsound(.badText("a changed field's name"), { $0.headers[0].request[0].name = "Content-Length" }),
        Unsound(.badText("a changed field's name"), { $0.headers[0].response[0].name = "Host" }),
        Unsound(.badText("a changed field's value"), { $0.headers[0].request[0].value = [0x0a] }),
        Unsound(.badText("a changed field's value"), { $0.headers[0].response[1].value = [0x61] }),
        Unsound(.badText("a changed field's name"), { $0.headers[0].request[1].operation = .add }),
        Unsound(.badText("a changed field's value"), { $0.headers[0].request[1].value = PlanSample.bytes("a:0") }),
        Unsound(.badText("a changed field's value"), { $0.headers[0].request[1].value = PlanSample.bytes("*") }),
        Unsound(.badText("a hidden field's name"), { $0.headers[0].hide = ["Transfer-Encoding"] }),
        Unsound(.badCount("secure headers"), { $0.headers[0].secure?.fields = [] }),
        Unsound(.outOfRange("an error's status"), { $0.errors[0].entries[0].status = 399 }),
        Unsound(.badReference("an error's page"), { $0.errors[0].entries[0].page = 1 }),
        Unsound(.badText("a page's type"), { $0.pages[0].type = "html" }),
        Unsound(.badText("a page"), { $0.pages[0].body = [UInt8](repeating: 0, count: PlanBounds.page + 1) }),
        Unsound(.outOfRange("a limit's rate"), { $0.rateLimits[0].count = 0 }),
        Unsound(.outOfRange("a limit's status"), { $0.rateLimits[0].excess = .reject(status: 200) }),
        Unsound(.outOfRange("a waf's paranoia"), { $0.firewalls[0].paranoia = 5 }),
        Unsound(.badText("an exception's because"), { $0.sites[0].exceptions[0].because = "" }),
        Unsound(.badText("a list's text"), { $0.lists[0].texts = [[]] }),
        Unsound(.duplicate("a list's text"), { $0.lists[0].texts = [[1], [1]] }),
        Unsound(.badCount("the zone's transitions"), { $0.zone.transitions = [] }),
        Unsound(.outOfRange("the zone's transition"), { $0.zone.transitions[0].start = 10 }),
        Unsound(.outOfRange("the zone's offset"), { $0.zone.transitions[0].offset = 90_000 }),
        Unsound(.badText("a source's name"), { $0.sources[0] = "" }),
    ]

    private static func condition(
        _ expected: PlanError, _ change: @escaping @Sendable (inout Condition) -> Void
    ) -> Unsound {
        Unsound(expected, { change(&$0.sites[0].rules[0].condition!) })
    }

    private static func comparison(
        _ expected: PlanError, _ change: @escaping @Sendable (inout Comparison) -> Void
    ) -> Unsound {
        Unsound(expected, { change(&$0.sites[0].rules[0].condition!.comparisons[0]) })
    }

    private static func redirect(_ text: String, _ next: Redirect.Part? = nil) -> Unsound {
        Unsound(
            .badText("a redirect's target"),
            { plan in
                let target = [Redirect.Part.text(PlanSample.bytes(text))] + (next.map { [$0] } ?? [])
                plan.sites[0].rules[1].action = .redirect(Redirect(target: target))
            })
    }

    private static func split(_ expected: PlanError, _ change: @escaping @Sendable (inout Split) -> Void) -> Unsound {
        Unsound(
            expected,
            { plan in
                guard case .split(var split) = plan.sites[0].routes[3].action else { return }
                change(&split)
                plan.sites[0].routes[3].action = .split(split)
            })
    }
}
