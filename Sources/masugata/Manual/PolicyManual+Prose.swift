/// What the manual says beside the table of words.
extension PolicyManual {
    static func addDescription(_ page: inout ManualPage) {
        page.macro("Sh", "NAME")
        page.macro("Nm", "masugata.policy")
        page.macro("Nd", "what the Masugata reverse proxy does with requests")
        page.macro("Sh", "DESCRIPTION")
        page.sentences(
            """
            A policy says on which addresses the appliance listens, which certificates it offers, which servers stand \
            behind it, and what becomes of each request. It is one text in UTF-8. File names in it count from its folder.
            """)
        page.macro("Pp")
        page.sentences("This is a whole policy:")
        page.display(
            """
            # One site with TLS in front of one server.
            listen public { https = ["0.0.0.0:443"]  http_redirect = ["0.0.0.0:80"]  tls = main }
            tls main { certificate = "tls/fullchain.pem"  key = "tls/key.pem" }
            pool app { server "127.0.0.1:8080" }
            site "www.example.org" { route "/*" { to = pool.app } }
            """)
        page.macro("Pp")
        page.raw(".Ql masugata check")
        page.sentences("says what is wrong with a policy, where, and what to do about it.")
        page.raw(".Ql masugata fmt")
        page.sentences("writes it in canonical form. Nothing is inherited, and nothing depends on the order of blocks.")
        addOrder(&page)
        addWriting(&page)
        addValues(&page)
        addPlaceholders(&page)
        page.macro("Sh", "BLOCKS")
        page.sentences(
            """
            These are all words of the language. Each setting is given with the values that it takes, what holds without \
            it, and an example.
            """)
    }

    private static func addOrder(_ page: inout ManualPage) {
        page.macro("Sh", "THE WAY OF A REQUEST")
        page.sentences(
            """
            The address that a request comes by and the host that it names decide about the site. Its path is brought into \
            canonical form, or the request is refused. Then the `rules` of the site are tried in order; the first that \
            applies ends the list, and all but `allow` and `log` end the request. The most specific path decides about the \
            route; its conditions, `methods` and `from` are asked, then its `rules`, and then it does what it says: pass \
            the request to a pool, divide requests among pools, redirect, answer, or be closed for maintenance.
            """)
        page.macro("Pp")
        page.sentences(
            """
            Each refusal has a reason, which stands in the log: `rule.NAME` for a rule, others such as `route.from` and \
            `route.none`. `masugata explain` prints the whole way of a request and the line that decides.
            """)
    }

    private static func addWriting(_ page: inout ManualPage) {
        page.macro("Sh", "HOW IT IS WRITTEN")
        page.sentences(
            """
            A setting is a word, an equals sign and a value. A block is a word, what it is for, and settings and blocks \
            between braces. Blanks and ends of lines do not matter, but what belongs to a word that has no braces stands \
            in its line. A comment begins with `#` or `//` and ends with its line.
            """)
        page.macro("Pp")
        page.sentences(
            """
            Names of blocks have letters, digits, `_` and `-`, a letter first. A block is referred to by its name, or by \
            its word and its name with a dot between them: `to = app` and `to = pool.app` are the same. It may stand \
            before or after what refers to it.
            """)
    }

    private static func addValues(_ page: inout ManualPage) {
        page.macro("Sh", "VALUES")
        page.raw(".Bl -tag -width indent")
        for (name, text) in values {
            page.macro("It", name)
            page.sentences(text)
        }
        page.raw(".El")
    }

    private static func addPlaceholders(_ page: inout ManualPage) {
        page.macro("Sh", "PLACEHOLDERS")
        page.sentences("In some texts a word between braces stands for something of the request:")
        page.raw(".Bl -tag -width indent")
        for (name, text) in placeholders {
            page.macro("It", name)
            page.sentences(text)
        }
        page.raw(".El")
        page.sentences(
            """
            In a redirect another word between braces is an error. In a page all else stays as it is, and so do texts of \
            other settings.
            """)
    }

    private static let placeholders = [
        (
            "{host}",
            "In a redirect: the host that the request names, in lower case, without a port."
        ),
        ("{path}", "In a redirect: the path in its canonical form, as conditions see it."),
        ("{query}", "In a redirect: the query as it was received, with its `?`; nothing when there is none."),
        (
            "{reference}",
            """
            In a page of `errors`, `deny` or `maintenance`: the reference of the request, 16 hexadecimal digits. The record \
            of the request has it as its `id`, and `masugata-audit search --id` finds it.
            """
        ),
    ]

    private static let values = [
        (
            "Text",
            #"""
            Stands in double quotes, in one line. A quote in it is written `\"`, a backslash `\\`, the end of a line `\n`, \#
            a carriage return `\r`, a tab `\t`, any character by its code `\u{65E5}`.
            """#
        ),
        ("Word", "One of those that a setting takes, or the name of a block. Has no quotes."),
        ("Number", "Digits alone: `200`."),
        ("Duration", "A number with a unit: `100ms`, `30s`, `5m`, `8h`, `1d`."),
        ("Size", "A number of bytes with a unit: `64B`, `8KiB`, `64MiB`, `2GiB`, `1TiB`."),
        (
            "Rate",
            "So many in a time: `20/min`, or `1KiB/s` for a rate of bytes. The time is `s`, `min`, `h` or `d`."
        ),
        ("Address", "`192.0.2.1` or `2001:db8::1`."),
        ("Address block", "`203.0.113.0/24` or `2001:db8::/32`. No bit is set behind the prefix."),
        ("Date", "A day: `2027-03-31`."),
        ("Time of day", "`08:00`; from one to another `08:00-18:00`, also over midnight: `22:00-06:00`."),
        ("Percentage", "`5%` or `0.25%`."),
        (
            "List",
            "Values between brackets: `[GET, POST]`. It may have several lines. Where a list is taken, one value may also stand alone."
        ),
    ]

    static func addEnd(_ page: inout ManualPage) {
        page.macro("Sh", "FILES")
        page.raw(".Bl -tag -width indent")
        page.macro("It Pa", "/etc/masugata/masugata.policy")
        page.sentences("The policy of the appliance.")
        page.raw(".El")
        page.macro("Sh", "SEE ALSO")
        page.raw(".Xr masugata 1 ,")
        page.raw(".Xr masugata-audit 1 ,")
        page.raw(".Xr masugatad 8")
    }
}
