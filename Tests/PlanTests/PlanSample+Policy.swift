import Plan

extension PlanSample {
    /// Adds every kind of condition, rule, action and profile.
    static func addEverything(to plan: inout Plan) {
        plan.lists = [
            TextList(name: "bots", texts: [bytes("curl"), bytes("wget")], position: SourcePosition(line: 3, file: 1))
        ]
        plan.pages = [Page(file: "pages/403.html", type: "text/html; charset=utf-8", body: bytes("<p>No</p>"))]
        plan.errors = [ErrorPages(entries: [ErrorPages.Entry(status: 403, page: 0)])]
        plan.headers = [headers]
        plan.rateLimits = [
            RateLimit(name: "per_ip", key: .clientPrefix, count: 50, period: 1_000, burst: 100),
            RateLimit(name: "login", key: .header(bytes("x-user")), count: 5, period: 60_000, burst: 1, excess: .delay),
            RateLimit(name: "session", key: .cookie(bytes("sid")), count: 5, period: 1_000, burst: 1),
            RateLimit(name: "address", key: .client, count: 5, period: 1_000, burst: 1),
        ]
        plan.firewalls = [Firewall(name: "standard", rules: ["crs", "own.conf"], mode: .watch)]
        plan.target.encodedSlash = .keep
        plan.zone = Zone(
            name: "Europe/Berlin",
            transitions: [Zone.Transition(start: -5, offset: 3_600), Zone.Transition(start: 10, offset: -7_200)])
        plan.sources = ["masugata.policy", "policy.d/a.policy"]
        plan.sites[0].rules = rules
        plan.sites[0].profiles = RouteProfiles(headers: 0, errors: 0, rewrite: rewrite, limits: [0, 3], firewall: 0)
        plan.sites[0].exceptions = exceptions
        plan.sites[0].routes += routes
    }

    private static let headers = HeaderProfile(
        name: "careful", request: [HeaderEdit(.set, "X-From", bytes("edge")), HeaderEdit(.set, "Host", bytes("app"))],
        response: [HeaderEdit(.add, "X-Via", bytes("")), HeaderEdit(.remove, "X-Debug")], hide: ["Server"],
        secure: SecureHeaders(
            fields: [SecureHeaders.Field("Strict-Transport-Security", bytes("max-age=1"), needsTLS: true)],
            overwrites: true))

    private static let rewrite = ResponseRewrite(
        location: true, hosts: ["intra.corp"],
        cookies: ResponseRewrite.Cookies(domain: true, path: true, secure: true, httpOnly: true, sameSite: .lax))

    private static let rules = [
        Rule(name: "bots", condition: condition, action: .deny(status: 403, page: 0), note: "virtual patch"),
        Rule(name: "gone", action: .redirect(Redirect(target: [.text(bytes("https://")), .host, .path, .query]))),
        Rule(name: "robots", action: .respond(FixedResponse(body: bytes("User-agent: *\n")))),
        Rule(name: "seen", action: .log), Rule(name: "rest", action: .allow),
    ]

    /// A condition with every field and every kind of operand.
    private static let condition = Condition(
        steps: [.test(0), .not, .jumpIfTrue(6), .test(1), .jumpIfFalse(6), .test(2)] + (3..<20).map { .test($0) },
        comparisons: [
            Comparison(Subject(.path), .starts, .text(bytes("/x"))),
            Comparison(Subject(.query), .equal, .text([])),
            Comparison(Subject(.queryParameter(bytes("q"))), .matches, .pattern(bytes("^a+$")), quantifier: .all),
            Comparison(Subject(.header(bytes("user-agent")), isLowercased: true), .contains, .list(0)),
            Comparison(Subject(.cookie(bytes("sid"))), .exists, .nothing),
            Comparison(Subject(.method), .isIn, .texts([bytes("GET"), bytes("POST")])),
            Comparison(Subject(.host), .ends, .text(bytes(".example"))),
            Comparison(Subject(.scheme), .notEqual, .text(bytes("http"))),
            Comparison(Subject(.port), .isIn, .ranges([80...80, 443...443])),
            Comparison(Subject(.client), .isIn, .addresses(networks: [0], blocks: [block("10.0.0.0", 8)])),
            Comparison(Subject(.tlsVersion), .greaterOrEqual, .number(0x0304)),
            Comparison(Subject(.length), .greater, .number(1 << 20)),
            Comparison(Subject(.time), .less, .number(28_800)),
            Comparison(Subject(.weekday), .lessOrEqual, .number(5)),
            Comparison(Subject(.path, .length), .greater, .number(100)),
            Comparison(Subject(.header(bytes("x-a")), .count), .equal, .number(2)),
            Comparison(Subject(.cookie(bytes("sid")), .length), .greater, .number(10), quantifier: .all),
            Comparison(Subject(.path), .contains, .texts([bytes("a")])),
            Comparison(Subject(.path), .ends, .list(0)),
            Comparison(Subject(.path), .isIn, .list(0)),
        ], cost: 77)

    private static let exceptions = [
        FirewallException(
            rule: 942_100, target: .form(bytes("body")), pattern: pattern("/edit/*"), because: "editors paste SQL",
            until: 20_900),
        FirewallException(rule: 1, because: "x"),
        FirewallException(rule: 2, target: .query(bytes("q")), because: "x"),
        FirewallException(rule: 3, target: .header(bytes("x-a")), because: "x"),
        FirewallException(rule: 4, target: .cookie(bytes("c")), because: "x"),
    ]

    private static let routes = [
        Route(
            pattern: pattern("/*"), condition: condition, rules: [Rule(name: "in-route", action: .log)],
            action: .split(
                Split(
                    shares: [Split.Share(pool: 0, portion: 9_500), Split.Share(pool: 1, portion: 500)],
                    key: .cookie(bytes("canary")), forced: [Split.Forced(value: bytes("beta"), pool: 1)])),
            path: PathRewrite(
                strip: bytes("/app"), replace: PathRewrite.Replacement(bytes("/old"), with: []), prepend: bytes("/x")),
            profiles: RouteProfiles(headers: 0)),
        Route(
            pattern: pattern("/h/*"),
            action: .split(
                Split(
                    shares: [Split.Share(pool: 0, portion: 1), Split.Share(pool: 1, portion: 9_999)],
                    key: .header(bytes("x-canary"))))),
        Route(
            pattern: pattern("/c/*"),
            action: .split(
                Split(
                    shares: [Split.Share(pool: 0, portion: 5_000), Split.Share(pool: 1, portion: 5_000)],
                    key: .random))),
        Route(
            pattern: pattern("/r/*"),
            action: .redirect(Redirect(target: [.text(bytes("/other/")), .query], status: 308))),
        Route(pattern: pattern("/s"), action: .respond(FixedResponse(status: 204))),
        Route(
            pattern: pattern("/m/*"),
            action: .maintenance(Maintenance(except: [0], pool: 1, page: 0, retryAfter: 600_000))),
    ]

    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
