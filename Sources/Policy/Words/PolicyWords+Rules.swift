import Plan

extension PolicyWords {
    static let rules = BlockForm(
        "rules", occurs: .once,
        "What is done with some requests, tried in order: the first that applies ends the list, but log goes on.",
        example: "rules { deny \"no-backups\" when path ends \".bak\" }",
        blocks: [deny, allow, redirectRule, respondRule, log])

    private static let reason = AttributeForm(
        "reason", .text(what: "a text"), standard: "none", "Why there is this rule, for who reads the policy.")

    static let deny = BlockForm(
        "deny", label: .texts(1...1, what: "a name"), brace: .optional, "Refuses the request.",
        example: "deny \"no-backups\" when path ends \".bak\"",
        attributes: [
            AttributeForm("status", .number(400...599), standard: "403", "The status of the answer."),
            AttributeForm("page", .text(what: "a file name"), standard: "the page for the status", "The page."),
            reason,
        ], takesCondition: true)

    static let allow = BlockForm(
        "allow", label: .texts(1...1, what: "a name"), brace: .optional, "Ends this list; the request goes on.",
        example: "allow \"office\" when client in office", attributes: [reason], takesCondition: true)

    static let redirectRule = BlockForm(
        "redirect", label: .texts(1...1, what: "a name"), brace: .optional, "Sends the client elsewhere.",
        example: "redirect \"moved\" when path == \"/old\"  to = \"https://{host}/new\"  status = 301",
        attributes: [
            AttributeForm(
                "to", .text(what: "a URL"), required: true,
                "Where: {host}, {path} and {query} stand for those of the request."),
            AttributeForm(
                "status", .number(301...308), standard: "302", "The status: 301, 302, 303, 307 or 308."),
            reason,
        ], takesCondition: true)

    static let respondRule = BlockForm(
        "respond", label: .texts(1...1, what: "a name"), brace: .optional, "Answers itself.",
        example: "respond \"robots\" when path == \"/robots.txt\"  body = \"User-agent: *\\nDisallow: /\\n\"",
        attributes: responseAttributes + [reason], takesCondition: true)

    static let log = BlockForm(
        "log", label: .texts(1...1, what: "a name"), brace: .optional,
        "Names the rule in the rule_names of the request's record; the next rule is tried.",
        example: "log \"old-client\" when tls.version < 1.3", attributes: [reason], takesCondition: true)

    static let test = BlockForm(
        "test", label: .texts(1...1, what: "a name"),
        "Requests, and what is expected of them; masugata check runs it. In a site it is about that site.",
        example:
            "test \"admin needs the office\" { request GET \"/admin/\" from 198.51.100.7  expect deny route.from }",
        blocks: [request, expect])

    static let request = BlockForm(
        "request", brace: .absent, "A request, as a client sends it.",
        example: "request GET \"/admin/?a=b\" from 198.51.100.7  expect deny",
        clauses: [
            ClauseForm("host", "a host in quotes", "The host that it names; in a site, its first name otherwise."),
            ClauseForm("from", "an address", "The client's address, 192.0.2.1 otherwise."),
            ClauseForm("tls", "1.2 or 1.3", "The version of TLS, 1.3 otherwise."),
            ClauseForm("over", "https or http", "By which kind of listener it comes."),
            ClauseForm("header", "a name in quotes = a text in quotes", "A field."),
            ClauseForm("cookie", "a name in quotes = a text in quotes", "A cookie."),
            ClauseForm("body", "a text in quotes", "The body, with its length."),
            ClauseForm("at", "a time in quotes: \"2026-11-23 10:00\"", "When it comes, in the policy's zone."),
        ])

    static let expect = BlockForm(
        "expect", brace: .absent, "What is expected of the request before it.",
        example: "expect deny \"no-backups\"",
        clauses: [
            ClauseForm("allow", "", "It is passed to a pool."),
            ClauseForm("deny", "a rule in quotes, a reason such as route.from, or nothing", "It is refused."),
            ClauseForm("status", "a number", "It is answered with this status, by the appliance."),
            ClauseForm("route", "a path in quotes", "This route decides."),
            ClauseForm("pool", "the name of a pool", "It is passed to this pool."),
            ClauseForm("reason", "a reason in quotes", "Its record has this reason."),
            ClauseForm("sent", "header, a name in quotes = a text in quotes", "What goes on has this field."),
            ClauseForm("no", "header and a name in quotes", "What goes on has no such field."),
            ClauseForm("header", "a name in quotes", "See sent and no."),
            ClauseForm("path", "a path in quotes", "What goes on has this path."),
            ClauseForm("location", "a URL in quotes", "The client is sent there."),
        ])
}
