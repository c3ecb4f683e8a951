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
        for form in PolicyWords.all { add(form, to: &page) }
        addEnd(&page)
        return page.text
    }

    // MARK: Blocks

    private static func add(_ form: BlockForm, to page: inout ManualPage) {
        page.macro("Ss", heading(form))
        page.sentences(form.meaning)
        if let places = places(form) { page.sentences(places) }
        if let element = form.element { page.sentences("It holds values without a word: \(element.manual).") }
        if !form.example.isEmpty {
            page.macro("Pp")
            page.sentences("Example:")
            page.display(form.example)
        }
        if form.attributes.isEmpty && form.blocks.isEmpty { return }
        page.raw(".Bl -tag -width indent")
        for attribute in form.attributes { add(attribute, of: form, to: &page) }
        for block in form.blocks where form.word != PolicyWords.policy.word { add(block, in: form, to: &page) }
        page.raw(".El")
    }

    private static func heading(_ form: BlockForm) -> String {
        if form.word == PolicyWords.policy.word { return "Outside of all blocks" }
        let parents = parents(of: form)
        return parents.isEmpty ? form.word : "\(form.word), in \(parents.joined(separator: ", "))"
    }

    /// The words of the blocks that a form stands in, without the policy itself.
    private static func parents(of form: BlockForm) -> [String] {
        PolicyWords.all.filter { $0.word != PolicyWords.policy.word && $0.blocks.contains { $0.word == form.word } }
            .map(\.word)
    }

    private static func places(_ form: BlockForm) -> String? {
        switch form.occurrence {
        case _ where form.word == PolicyWords.policy.word: nil
        case .once: "It stands there once at most."
        case .some: "There is at least one."
        case .many: nil
        }
    }

    private static func add(_ attribute: AttributeForm, of form: BlockForm, to page: inout ManualPage) {
        page.macro("It Ic", attribute.word)
        page.sentences(sentence(attribute.meaning))
        page.sentences("Takes \(attribute.value.manual).")
        if attribute.isRequired { page.sentences("It has to be given.") }
        if let standard = attribute.standard { page.sentences("Without it: \(standard).") }
        page.sentences("Example: `\(attribute.word) = \(attribute.example(in: form))`.")
    }

    private static func add(_ block: BlockForm, in form: BlockForm, to page: inout ManualPage) {
        page.macro("It Ic", block.word)
        page.sentences("A block; see there.")
    }

    /// A text that begins with a capital letter and ends with a full stop.
    private static func sentence(_ text: String) -> String {
        let capital = text.prefix(1).uppercased() + text.dropFirst()
        return capital.hasSuffix(".") ? capital : capital + "."
    }
}
