import Policy

/// What the manual says of conditions.
extension PolicyManual {
    static func addConditions(_ page: inout ManualPage) {
        page.macro("Sh", "CONDITIONS")
        page.sentences(
            """
            A condition stands behind `when`, in a rule or a route. It is made of comparisons: a field of the request, an \
            operator, and a value. Between them stand `and`, `or` and `not`; `and` binds more strongly than `or`, and \
            parentheses group. What a condition sees is the canonical request: what is forwarded, byte for byte.
            """)
        page.display(
            """
            deny "legacy" when path starts "/plugins/" and not client in office
            deny "bots"   when lower(user_agent) contains list.bad_bots
            log "late"    when time in 22:00-06:00 or weekday in sat-sun
            """)
        page.sentences(
            """
            A query parameter, a header and a cookie may occur several times, or not at all. A comparison of such a field \
            holds when it holds for one of its values; `any(...)` says so, `all(...)` asks it of every value. Without a \
            value, every comparison is false but `all(...)`. What a condition costs has a bound, which is `condition_cost` \
            of the limits.
            """)
        page.macro("Ss", "Fields")
        page.raw(".Bl -tag -width indent")
        for field in ConditionWords.fields {
            page.macro("It Ic", forms(field).joined(separator: ", "))
            page.sentences(field.meaning)
        }
        page.raw(".El")
        addWords("Functions", ConditionWords.functions, to: &page)
        addWords("Operators", ConditionWords.operators, to: &page)
    }

    private static func forms(_ field: ConditionWords.Field) -> [String] {
        let indexed = "\(field.word)[\"name\"]"
        return switch field.index {
        case .none: [field.word]
        case .optional: [field.word, indexed]
        case .required: [indexed]
        }
    }

    private static func addWords(_ heading: String, _ words: [ConditionWords.Word], to page: inout ManualPage) {
        page.macro("Ss", heading)
        page.raw(".Bl -tag -width indent")
        for word in words {
            page.macro("It Ic", word.word)
            page.sentences(word.meaning)
        }
        page.raw(".El")
    }
}
