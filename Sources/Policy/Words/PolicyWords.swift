import Plan

/// Every word of the policy language.
public enum PolicyWords {
    /// The policy itself: what may stand outside of all blocks.
    public static let policy = BlockForm(
        "policy", "The whole policy.", example: "",
        attributes: [
            AttributeForm(
                "workers", .number(1...UInt64(PlanBounds.workers)), standard: "one for each processor",
                "How many proxy processes there are. Another number takes a restart of masugatad."),
            AttributeForm(
                "zone", .text(what: "a time zone"), standard: "\"UTC\"",
                "The time zone of times of day, weekdays and dates, as the system's database calls it."),
        ],
        blocks: [
            include, listen, tls, network, list, pool, limit, waf, headers, errors, site, target, limits, forwarding,
            audit, test,
        ])

    static let include = BlockForm(
        "include", label: .texts(1...1, what: "a file name"), brace: .absent,
        """
        Puts the text of a file here, or of several: an asterisk in the last part of the name stands for anything, and \
        the files come in the order of their names. An included file includes no others.
        """,
        example: "include \"policy.d/*.policy\"")

    static let listen = BlockForm(
        "listen", label: .name, occurs: .some, "Addresses that are listened on.",
        example: "listen public { https = [\"0.0.0.0:443\"]  tls = main }",
        attributes: [
            AttributeForm("https", addresses, "Where HTTP over TLS is spoken."),
            AttributeForm("http", addresses, "Where HTTP without TLS is spoken."),
            AttributeForm(
                "http_redirect", addresses,
                "Where HTTP without TLS is answered with a redirect to the first https address's port."),
            AttributeForm(
                "tls", .list(.reference("tls")),
                "The certificates that are offered on https; the first is the default."),
            AttributeForm("http2", switchForm, standard: "on", "Whether HTTP/2 is offered on https."),
            AttributeForm(
                "prior_knowledge", switchForm, standard: "off",
                "Whether clients may speak HTTP/2 on http, where nothing is negotiated."),
        ])

    static let tls = BlockForm(
        "tls", label: .name, "Certificates and how they are offered.",
        example: "tls main { certificate = \"fullchain.pem\"  key = \"key.pem\" }",
        attributes: [
            AttributeForm(
                "certificate", .list(.text(what: "a file name")), required: true,
                "PEM files, each with a certificate and the intermediate ones; one for each kind of key."),
            AttributeForm(
                "key", .list(.text(what: "a file name")), required: true,
                "PEM files with the private keys, in the order of the certificates."),
            AttributeForm("minimum", .version(["1.2", "1.3"]), standard: "1.2", "The lowest version of TLS."),
            AttributeForm("maximum", .version(["1.2", "1.3"]), standard: "1.3", "The highest version of TLS."),
            AttributeForm(
                "unknown_name", .word(["default", "refuse"]), standard: "default",
                "Whether a client that names an unknown host, or none, gets the default certificate or no connection."),
            AttributeForm("session_tickets", switchForm, standard: "on", "Whether sessions can be resumed."),
            AttributeForm(
                "ticket_epoch", .duration(PlanBounds.ticketEpoch), standard: "8h",
                "How long one key for session tickets is used; its tickets are taken for as long again."),
            AttributeForm(
                "names", .list(.text(what: "a host name")), standard: "the names in the certificate",
                "The host names that the certificates are offered for."),
        ])

    static let network = BlockForm(
        "network", label: .name, "A named list of addresses and address blocks.",
        example: "network office { 203.0.113.0/24  2001:db8:10::/48 }",
        attributes: [
            AttributeForm(
                "file", .text(what: "a file name"),
                "A file with an address or an address block in each line; what follows '#' is left out.")
        ], element: .block)

    static let list = BlockForm(
        "list", label: .name, "A named list of texts, for conditions.",
        example: "list bad_bots { \"sqlmap\"  \"nikto\" }",
        attributes: [
            AttributeForm(
                "file", .text(what: "a file name"),
                "A file with a text in each line; empty lines and those that begin with '#' are left out.")
        ], element: .text(what: "a text"))

    static let pool = BlockForm(
        "pool", label: .name, "Servers that answer the same requests.",
        example: "pool app { server \"127.0.0.1:8080\" }",
        attributes: [
            AttributeForm(
                "balance", .word(["round_robin"]), standard: "round_robin", "How the next server is chosen.")
        ],
        blocks: [server, poolLimits])

    static let server = BlockForm(
        "server", label: .texts(1...1, what: "a host with its port"), brace: .optional, occurs: .some,
        "One server, by address or by host name.", example: "server \"10.0.0.1:8080\"  weight = 2",
        attributes: [
            AttributeForm(
                "weight", .number(UInt64(PlanBounds.weight.lowerBound)...UInt64(PlanBounds.weight.upperBound)),
                standard: "1", "How often it is chosen, compared with its neighbours.")
        ])

    static let poolLimits = BlockForm(
        "limits", occurs: .once, "The limits of a pool.", example: "limits { connections = 200  connect = 2s }",
        attributes: PoolLimitName.allCases.map { AttributeForm($0.setting) })

    static let limits = BlockForm(
        "limits", occurs: .once, "The limits of the whole appliance.", example: "limits { head = 10s  body = 64MiB }",
        attributes: LimitName.allCases.map { AttributeForm($0.setting) })

    static let forwarding = BlockForm(
        "forwarding", occurs: .once, "What upstreams are told about the client.",
        example: "forwarding { received = drop }",
        attributes: [
            AttributeForm(
                "received", .word(["drop", "append"]), standard: "drop",
                "What is done with X-Forwarded-* and Forwarded of a request: append only behind a proxy you trust."),
            AttributeForm("via", .text(what: "a token"), standard: "\"masugata\"", "The name that stands in Via."),
        ])

    static let audit = BlockForm(
        "audit", occurs: .once, "What is logged, and where.",
        example: "audit { directory = \"audit\"  on_full = deny }",
        attributes: [
            AttributeForm(
                "directory", .text(what: "a folder"), standard: "audit in the state folder",
                "The folder of the audit log."),
            AttributeForm(
                "access_log", .either(switchForm, .text(what: "a file name")), standard: "on",
                "Whether, or in which file, an access log in combined format is written; on: in the state folder."
            ),
            AttributeForm(
                "must", .list(.word(RecordKinds.words.map(\.word))), standard: "[policy, deny]",
                "The kinds of record that must not be lost."),
            AttributeForm(
                "on_full", .word(["deny", "drop"]), standard: "drop",
                "Whether requests are refused or records dropped when records of these kinds cannot be written."),
            AttributeForm(
                "segment_size", .size(PlanBounds.segmentSize), standard: "64MiB", "When a segment is closed."),
            AttributeForm(
                "segment_age", .duration(PlanBounds.segmentAge), standard: "1d",
                "When a segment is closed at the latest."),
            AttributeForm(
                "keep", .either(.word(["always"]), .duration(PlanBounds.keep)), standard: "always",
                "How long closed segments are kept."),
        ])

    /// The forms of all blocks, the policy first and each before those within it.
    public static let all: [BlockForm] = [policy].flatMap(withBlocksWithin)

    private static func withBlocksWithin(_ form: BlockForm) -> [BlockForm] {
        [form] + form.blocks.flatMap(withBlocksWithin)
    }

    /// The names of the methods that a route can list: all but the two that are never forwarded.
    static let methodNames = (0..<MethodSet.count).map { "\(MethodSet.name(of: $0))" }
        .filter { $0 != "CONNECT" && $0 != "TRACE" }

    static let addresses = ValueForm.list(.text(what: "an address with its port"))

    static let switchForm = ValueForm.word(["on", "off"])
}
