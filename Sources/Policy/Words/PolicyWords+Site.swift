import Plan

extension PolicyWords {
    static let site = BlockForm(
        "site", label: .texts(1...PlanBounds.names, what: "a host name"), occurs: .some,
        "Host names and what is done with the requests for them: a name, *.name for one label more, or * for the rest.",
        example: "site \"www.example.org\" { route \"/*\" { to = app } }",
        attributes: [
            AttributeForm(
                "on", .list(.reference("listen")), standard: "the only listen block",
                "The listen blocks on which it is served."),
            use,
        ],
        blocks: [rules, ownHeaders, ownErrors, rewrite, route, except, test])

    static let use = AttributeForm(
        "use", .list(.profile(["headers", "errors", "limit", "waf"])), standard: "what the site has",
        "The named blocks that hold here. Of each kind, what a route has takes the place of what its site has.")

    static let route = BlockForm(
        "route", label: .texts(1...1, what: "a path"), occurs: .some,
        """
        What is done with requests for a path. With a final * it is for all below: "/x/*" is for /x/ and what follows \
        it, not for /x. The most specific path decides; of routes for one path those with a condition are tried first, \
        in their order.
        """,
        example: "route \"/*\" { to = app }",
        attributes: [
            AttributeForm("to", .reference("pool"), "The pool that answers."),
            AttributeForm(
                "redirect", .text(what: "a URL"),
                "Where the client is sent: {host}, {path} and {query} stand for those of the request."),
            AttributeForm(
                "status", .number(301...308), standard: "302",
                "The status of the redirect: 301, 302, 303, 307 or 308."),
            AttributeForm(
                "methods", .list(.word(methodNames)), standard: "all",
                "The methods it takes; GET includes HEAD. Others are answered 405."),
            AttributeForm(
                "from", .list(.reference("network")), standard: "everybody",
                "The networks whose clients may use it. Others are refused."),
            AttributeForm(
                "body", .size(LimitName.body.setting.range), standard: "body of the limits",
                "The largest body of a request."),
            use,
        ],
        blocks: [split, respond, maintenance, path, ownHeaders, ownErrors, rewrite, rules], takesCondition: true)

    static let split = BlockForm(
        "split", occurs: .once, "Divides the requests among pools.",
        example: "split { to = [app 95%, app_next 5%]  by = cookie[\"session\"] }",
        attributes: [
            AttributeForm(
                "to", .list(.either(.reference("pool"), .percent)), required: true,
                "The pools, each with its share; together they make 100%."),
            AttributeForm(
                "by", .key(["client", "random"], indexed: ["cookie", "header"]), standard: "client",
                """
                What decides, so that equal values stay with one pool: a cookie, a header, the client's address, or \
                chance. Requests without the cookie or header go by the client's address.
                """),
        ],
        blocks: [force])

    static let force = BlockForm(
        "force", occurs: .once, "Values of the cookie or header that decide by themselves.",
        example: "force { \"next\" = app_next }",
        entry: EntryForm("value", .text(what: "a value"), .reference("pool"), "The pool for requests with this value."))

    static let respond = BlockForm(
        "respond", occurs: .once, "A fixed answer.",
        example: "respond { type = \"text/plain\"  body = \"ok\\n\" }", attributes: responseAttributes)

    static let responseAttributes = [
        AttributeForm("status", .number(200...599), standard: "200", "The status of the answer."),
        AttributeForm(
            "type", .text(what: "a media type"), standard: "\"text/plain; charset=utf-8\"", "The media type."),
        AttributeForm("body", .text(what: "a text"), standard: "nothing", "The body."),
    ]

    static let maintenance = BlockForm(
        "maintenance", occurs: .once,
        "Answers 503, but to some networks, whose requests go to the pool of the route's to.",
        example: "maintenance { except = office  page = \"pages/maintenance.html\"  retry_after = 10m }",
        attributes: [
            AttributeForm(
                "except", .list(.reference("network")), standard: "nobody", "The networks whose clients are served."),
            AttributeForm("page", .text(what: "a file name"), standard: "the page for 503", "The page for all others."),
            AttributeForm(
                "retry_after", .duration(PlanBounds.retryAfter), standard: "nothing is told",
                "When clients may try again."),
        ])

    static let path = BlockForm(
        "path", occurs: .once,
        "Changes the path before it is passed on, after everything was matched: strip, then replace, then prepend.",
        example: "path { strip = \"/app\" }",
        attributes: [
            AttributeForm("strip", .text(what: "a path"), "The beginning that is taken away."),
            AttributeForm("replace", .replacement, "A beginning, and what stands there instead."),
            AttributeForm("prepend", .text(what: "a path"), "What is put before the path."),
        ])

    static let rewrite = BlockForm(
        "rewrite", occurs: .once, "Changes responses so that no name from inside leaks.",
        example: "rewrite { location = on  cookies { domain = on  secure = on } }",
        attributes: [
            AttributeForm(
                "location", switchForm, standard: "off",
                "Whether a Location that leads to a server of the pool, or to one of hosts, is led to the site."),
            AttributeForm(
                "hosts", .list(.text(what: "a host name")), standard: "none",
                "Other hosts from inside, by which the servers call themselves."),
        ],
        blocks: [cookies])

    static let cookies = BlockForm(
        "cookies", occurs: .once, "Changes of the cookies that servers set.",
        example: "cookies { domain = on  path = on  secure = on  http_only = on  same_site = lax }",
        attributes: [
            AttributeForm("domain", switchForm, standard: "off", "Whether Domain is removed."),
            AttributeForm("path", switchForm, standard: "off", "Whether Path is changed back as the route's path was."),
            AttributeForm("secure", switchForm, standard: "off", "Whether Secure is added, where there is TLS."),
            AttributeForm("http_only", switchForm, standard: "off", "Whether HttpOnly is added."),
            AttributeForm(
                "same_site", .word(["strict", "lax", "none"]), standard: "as it is",
                "The SameSite that is added where there is none."),
        ])

    static let except = BlockForm(
        "except", brace: .absent, "Where a rule of the waf does not look.",
        example:
            "except rule 942100 on form[\"body\"] in \"/edit/*\" because = \"editors paste SQL\" until = 2027-03-31",
        clauses: [
            ClauseForm("rule", "a number", "The id of the rule."),
            ClauseForm(
                "on", "form[\"x\"], query[\"x\"], header[\"x\"] or cookie[\"x\"]",
                "What it does not look at; without this, the whole request."),
            ClauseForm("in", "a path in quotes", "For which paths; without this, all of the site."),
            ClauseForm("because", "= a text in quotes", "Why."),
            ClauseForm("until", "= a date", "The last day on which it holds."),
        ])
}
