import Plan

extension PolicyWords {
    static let headers = headersForm(
        label: .name, "Changes of fields on their way in and out, for use in sites and routes.",
        example: "headers careful { response { hide = [\"Server\"] }  secure_headers }", occurs: .many)

    static let ownHeaders = headersForm(
        label: .none, "Changes of fields on their way in and out.",
        example: "headers { request { set \"X-Edge\" = \"1\" }  response { hide = [\"Server\"] } }", occurs: .once)

    private static func headersForm(
        label: BlockForm.Label, _ meaning: String, example: String, occurs: BlockForm.Occurrence
    ) -> BlockForm {
        BlockForm(
            "headers", label: label, occurs: occurs, meaning, example: example,
            blocks: [requestHeaders, responseHeaders, secureHeaders])
    }

    static let requestHeaders = BlockForm(
        "request", occurs: .once, "Changes of the request.", example: "request { set \"X-Edge\" = \"1\" }",
        blocks: [set, add, remove])

    static let responseHeaders = BlockForm(
        "response", occurs: .once, "Changes of the response.", example: "response { remove \"X-Debug\" }",
        attributes: [
            AttributeForm(
                "hide", .list(.text(what: "a field's name")), standard: "none",
                "Fields of servers that no client gets.")
        ],
        blocks: [set, add, remove])

    static let set = BlockForm(
        "set", label: .texts(1...1, what: "a field's name"), brace: .absent,
        "Gives a field this value alone.", example: "set \"X-Edge\" = \"1\"", assigned: .text(what: "a value"))

    static let add = BlockForm(
        "add", label: .texts(1...1, what: "a field's name"), brace: .absent,
        "Adds a line with a field; others with its name stay.", example: "add \"Vary\" = \"Cookie\"",
        assigned: .text(what: "a value"))

    static let remove = BlockForm(
        "remove", label: .texts(1...1, what: "a field's name"), brace: .absent, "Removes a field.",
        example: "remove \"X-Debug\"")

    static let secureHeaders = BlockForm(
        "secure_headers", brace: .optional, occurs: .once,
        "Fields that tell browsers to be careful. What the application sets itself stays, unless overwrite is on.",
        example: "secure_headers { hsts = 365d  frame = deny }",
        attributes: [
            AttributeForm(
                "hsts", .either(.word(["off"]), .duration(0...(3_660 * 86_400_000))), standard: "365d",
                "How long browsers use HTTPS alone: Strict-Transport-Security."),
            AttributeForm("hsts_subdomains", switchForm, standard: "off", "Whether that is also for names below."),
            AttributeForm(
                "frame", .word(["deny", "same_origin", "off"]), standard: "same_origin",
                "Which pages may show the site's within them: X-Frame-Options."),
            AttributeForm(
                "referrer", .either(.word(["off"]), .text(what: "a policy")),
                standard: "\"strict-origin-when-cross-origin\"", "What other sites are told: Referrer-Policy."),
            AttributeForm(
                "content_security", .text(what: "a policy"), standard: "none", "Content-Security-Policy."),
            AttributeForm("permissions", .text(what: "a policy"), standard: "none", "Permissions-Policy."),
            AttributeForm(
                "overwrite", switchForm, standard: "off", "Whether what the application sets itself is replaced."),
        ])

    static let errors = BlockForm(
        "errors", label: .name, "Pages for refusals and failures, for use in sites and routes.",
        example: "errors plain { 403 = \"pages/403.html\" }", entry: errorEntry)

    static let ownErrors = BlockForm(
        "errors", occurs: .once, "Pages for refusals and failures.",
        example: "errors { 403 = \"pages/403.html\"  503 = \"pages/503.html\" }", entry: errorEntry)

    private static let errorEntry = EntryForm(
        "status", .number(400...599), .text(what: "a file name"), "The page for this status.")

    static let limit = BlockForm(
        "limit", label: .name, "How often requests may come.",
        example: "limit per_ip { key = client.prefix  rate = 50/s  burst = 100  then = reject 429 }",
        attributes: [
            AttributeForm(
                "key", .key(["client", "client.prefix"], indexed: ["header", "cookie"]), required: true,
                "What is counted by; client.prefix is an IPv4 address or 64 bits of an IPv6 address."),
            AttributeForm("rate", .rate(PlanBounds.rate), required: true, "How many requests there may be in a time."),
            AttributeForm(
                "burst", .number(PlanBounds.rate), standard: "the number of rate", "How many may come at once."),
            AttributeForm("then", .excess, standard: "reject 429", "What is done with others."),
        ])

    static let waf = BlockForm(
        "waf", label: .name, "Rules that inspect requests.",
        example: "waf standard { rules = \"crs\"  paranoia = 1  block_at = 5  mode = block }",
        attributes: [
            AttributeForm(
                "rules", .list(.text(what: "a file or folder")), required: true,
                "Files and folders of rules, in the order in which they are loaded; crs is the Core Rule Set."),
            AttributeForm("paranoia", .number(1...4), standard: "1", "The paranoia level of the Core Rule Set."),
            AttributeForm("block_at", .number(PlanBounds.blockAt), standard: "5", "The score at which is refused."),
            AttributeForm(
                "mode", .word(["off", "watch", "learn", "block"]), standard: "block",
                "Whether requests are refused, or what was found is only recorded."),
            AttributeForm(
                "body", .size(PlanBounds.inspectedBody), standard: "1MiB", "The largest body that is inspected."),
        ])

    static let target = BlockForm(
        "target", occurs: .once,
        "What is done with paths and queries that two servers could understand differently.",
        example: "target { encoded_slash = keep }",
        attributes: [
            AttributeForm(
                "characters", .word(["standard", "browsers", "visible"]), standard: "browsers",
                "What may stand unencoded: as RFC 3986 has it, as browsers send it, or all that is visible."),
            AttributeForm(
                "duplicate_slashes", .word(["merge", "refuse", "keep"]), standard: "merge", "Runs of '/' in a path."),
            treatment("encoded_slash", "refuse", "%2F in a path."),
            treatment("backslash", "refuse", "A backslash in a path; kept as %5C."),
            treatment("encoded_backslash", "refuse", "%5C in a path."),
            treatment("controls", "refuse", "Encoded control characters; %00 is always refused."),
            treatment("invalid_percent", "refuse", "A '%' without two digits behind it, in a path; kept as %25."),
            treatment("invalid_percent_in_query", "keep", "A '%' without two digits behind it, in a query."),
            treatment("parameters", "keep", "';' in a path."),
            treatment("overlong", "refuse", "What decodes to something that is not UTF-8, such as overlong forms."),
            treatment("beyond_root", "refuse", "'..' above the root; kept out when keep."),
        ])

    private static func treatment(_ word: String, _ standard: String, _ meaning: String) -> AttributeForm {
        AttributeForm(word, .word(["refuse", "keep"]), standard: standard, meaning)
    }
}
