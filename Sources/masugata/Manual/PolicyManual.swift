import Policy

/// masugata.policy(5), made of the table of words that the checker uses.
enum PolicyManual {
    /// The page in mdoc(7).
    static var text: String {
        var page = ManualPage()
        page.raw(".\\\" Made by packaging/generate from the table of words. Change the table, not this file.")
        page.raw(".Dd November 23, 2026")
        page.raw(".Dt MASUGATA.POLICY 5")
        page.raw(".Os")
        addDescription(&page)
        for place in FormPlace.all { add(place, to: &page) }
        addConditions(&page)
        addEnd(&page)
        return page.text
    }

    // MARK: Blocks

    private static func add(_ place: FormPlace, to page: inout ManualPage) {
        let form = place.form
        page.macro("Ss", heading(place))
        page.sentences(form.meaning)
        for sentence in sentences(form) where !place.isPolicy { page.sentences(sentence) }
        if !form.example.isEmpty {
            page.macro("Pp")
            page.sentences("Example:")
            page.display(form.example)
        }
        if form.element != nil || form.entry != nil { page.macro("Pp") }
        if let element = form.element { page.sentences("It holds values without a word: \(element.manual).") }
        if let entry = form.entry {
            page.sentences("It holds \(entry.key.manual), an equals sign, and \(entry.value.manual). \(entry.meaning)")
        }
        addWords(of: form, to: &page)
    }

    private static func addWords(of form: BlockForm, to page: inout ManualPage) {
        if form.attributes.isEmpty && form.clauses.isEmpty && form.blocks.isEmpty { return }
        page.raw(".Bl -tag -width indent")
        for attribute in form.attributes { add(attribute, of: form, to: &page) }
        for clause in form.clauses {
            page.macro("It Ic", clause.word)
            page.sentences(clause.meaning)
            if !clause.what.isEmpty { page.sentences("It is followed by \(clause.what).") }
        }
        for block in form.blocks where form.word != PolicyWords.policy.word {
            page.macro("It Ic", block.word)
            page.sentences("A block of its own; see there.")
        }
        page.raw(".El")
    }

    private static func heading(_ place: FormPlace) -> String {
        if place.isPolicy { return "Outside of all blocks" }
        return place.parents.isEmpty
            ? place.form.word : "\(place.form.word), in \(place.parents.joined(separator: " and "))"
    }

    /// How a block is written, and how often it may stand.
    private static func sentences(_ form: BlockForm) -> [String] {
        var sentences: [String] = []
        switch form.label {
        case .none: break
        case .name: sentences.append("Its name follows.")
        case .texts(let count, let what):
            sentences.append(
                count.upperBound == 1
                    ? "It is followed by \(what) in quotes." : "It is followed by \(what) in quotes, or by several.")
        }
        if form.takesCondition { sentences.append("Then `when` and a condition may follow.") }
        if let assigned = form.assigned { sentences.append("Then an equals sign follows, and \(assigned.manual).") }
        switch form.brace {
        case .required: break
        case .optional: sentences.append("Its settings may also follow in its line, without braces.")
        case .absent: sentences.append("It has no braces.")
        }
        switch form.occurrence {
        case .once: sentences.append("It stands there once at most.")
        case .some: sentences.append("There is at least one.")
        case .many: break
        }
        return sentences
    }

    private static func add(_ attribute: AttributeForm, of form: BlockForm, to page: inout ManualPage) {
        page.macro("It Ic", attribute.word)
        page.sentences(sentence(attribute.meaning))
        page.sentences("Takes \(attribute.value.manual).")
        if attribute.isRequired { page.sentences("It has to be given.") }
        if let standard = attribute.standard { page.sentences("Without it: \(standard).") }
        page.sentences("Example: `\(attribute.word) = \(attribute.example(in: form))`.")
    }

    /// A text that begins with a capital letter and ends with a full stop.
    private static func sentence(_ text: String) -> String {
        let capital = text.prefix(1).uppercased() + text.dropFirst()
        return capital.hasSuffix(".") ? capital : capital + "."
    }
}
