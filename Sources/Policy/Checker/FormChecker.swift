import Plan

/// Compares a tree with the table of words: unknown and missing words, labels, and the forms of values.
struct FormChecker {
    private let log: DiagnosticLog

    init(_ log: DiagnosticLog) { self.log = log }

    /// What of `body` has the form of the block `form`.
    func check(_ body: Body, as form: BlockForm) -> CheckedBlock {
        var block = CheckedBlock(form: form, span: SourceSpan(start: 0, end: 0))
        fill(&block, from: body)
        checkNothingIsMissing(in: block)
        return block
    }

    private func check(_ statement: Statement, as form: BlockForm) -> CheckedBlock {
        var block = CheckedBlock(form: form, span: statement.span)
        block.labels = labels(of: statement, form)
        block.condition = statement.condition
        block.clauses = statement.clauses
        checkAssigned(statement, &block)
        for attribute in statement.attributes { add(attribute, to: &block) }
        if let body = statement.body {
            fill(&block, from: body)
        } else if form.brace == .required {
            block.isDamaged = true
        }
        checkNothingIsMissing(in: block)
        return block
    }

    private func fill(_ block: inout CheckedBlock, from body: Body) {
        for item in body.items {
            switch item {
            case .attribute(let attribute): add(attribute, to: &block)
            case .statement(let statement): add(statement, to: &block)
            case .element(let value): add(value, to: &block)
            case .entry(let key, let value): add(key, value, to: &block)
            }
        }
    }

    private func add(_ attribute: Attribute, to block: inout CheckedBlock) {
        let word = attribute.name.text
        guard let form = block.form.attribute(word) else {
            // That a block stands without '=' was said already.
            if case .wrong = attribute.value.kind, block.form.block(word) != nil { return }
            refuse(attribute.name, in: &block, isBlock: false)
            return
        }
        if let first = block.attributes[word] {
            log.error(
                attribute.name.span, "'\(word)' stands twice in \(place(block.form))",
                hint: "first in line \(log.source.line(of: first.name.span.start))")
            return
        }
        var checked = attribute
        if !hasForm(attribute.value, form.value, word) {
            checked = Attribute(name: attribute.name, value: Value(kind: .wrong, span: attribute.value.span))
        }
        block.attributes[word] = checked
    }

    private func add(_ statement: Statement, to block: inout CheckedBlock) {
        guard let form = block.form.block(statement.word.text) else {
            refuse(statement.word, in: &block, isBlock: true)
            return
        }
        if form.occurrence == .once {
            if let first = block.firstBlocks[form.word] {
                log.error(
                    statement.span, "'\(form.word)' stands twice in \(place(block.form))",
                    hint: "first in line \(log.source.line(of: first.start))")
                return
            }
            block.firstBlocks[form.word] = statement.span
        }
        block.blocks.append(check(statement, as: form))
    }

    private func add(_ value: Value, to block: inout CheckedBlock) {
        if case .wrong = value.kind {
            block.isDamaged = true
            return
        }
        guard let form = block.form.element else {
            block.isDamaged = true
            log.error(value.span, "unexpected value in \(place(block.form))", hint: "a setting is written name = value")
            return
        }
        if hasForm(value, form, block.form.word) { block.elements.append(value) } else { block.isDamaged = true }
    }

    /// Takes what stands behind the labels and a `=`, where something must.
    private func checkAssigned(_ statement: Statement, _ block: inout CheckedBlock) {
        guard let form = block.form.assigned else { return }
        guard let value = statement.assigned else {
            block.isDamaged = true
            if statement.labels.isEmpty { return }
            log.error(
                statement.span, "a value is missing after '\(block.form.word)'", hint: "write \(block.form.example)")
            return
        }
        if hasForm(value, form, block.form.word) { block.assigned = value } else { block.isDamaged = true }
    }

    private func add(_ key: Value, _ value: Value, to block: inout CheckedBlock) {
        guard let form = block.form.entry else {
            if case .wrong = key.kind { return }
            block.isDamaged = true
            log.error(
                key.span, "unexpected value in \(place(block.form))", hint: "a setting is written name = value")
            return
        }
        let text = log.source.string(key.span)
        if !hasForm(key, form.key, form.name) || !hasForm(value, form.value, text) {
            block.isDamaged = true
            return
        }
        if let first = block.entryKeys[text] {
            log.error(
                key.span, "\(text) stands twice in \(place(block.form))",
                hint: "first in line \(log.source.line(of: first.start))")
            return
        }
        block.entryKeys[text] = key.span
        block.entries.append((key, value))
    }

    /// Whether a value of `word` has its form; reports everything in it that has not.
    private func hasForm(_ value: Value, _ form: ValueForm, _ word: String) -> Bool {
        let problems = ValueChecker(log.source).problems(with: value, as: form)
        for problem in problems {
            if let message = problem.message { log.error(problem.span, "'\(word)' \(message)", hint: problem.hint) }
        }
        return problems.isEmpty
    }

    /// Reports a word that does not stand where it should.
    private func refuse(_ word: Name, in block: inout CheckedBlock, isBlock: Bool) {
        block.isDamaged = true
        if isBlock, block.form.attribute(word.text) != nil {
            log.error(word.span, "'\(word.text)' takes a value", hint: "write \(word.text) = value")
        } else if !isBlock, let form = block.form.block(word.text) {
            log.error(word.span, "'\(word.text)' is a block", hint: "write \(form.example)")
        } else {
            log.error(
                word.span, "unknown word '\(word.text)' in \(place(block.form))",
                hint: Suggestion.nearest(to: word.text, among: block.form.words).map { "did you mean '\($0)'?" }
                    ?? home(of: word.text) ?? known(block.form))
        }
    }

    /// Where a word that is in the wrong place belongs.
    private func home(of word: String) -> String? {
        if PolicyWords.policy.words.contains(word) { return "it stands outside of all blocks" }
        return PolicyWords.all.first { $0.words.contains(word) }.map { "it belongs in \(place($0))" }
    }

    private func known(_ form: BlockForm) -> String? {
        if form.entry != nil { return "write \(form.example)" }
        if let element = form.element { return "it holds \(element.description)" }
        if form.words.isEmpty { return nil }
        // A block of limits has too many words for a line.
        let most = 10
        return "known words: " + form.words.prefix(most).joined(separator: ", ")
            + (form.words.count > most ? ", ..." : "")
    }

    private func labels(of statement: Statement, _ form: BlockForm) -> [Value] {
        let labels = statement.labels
        if !form.clauses.isEmpty { return [] }
        if labels.count < form.label.count.lowerBound {
            log.error(
                statement.word.span, "\(what(form.label)) is missing after '\(form.word)'",
                hint: "write \(form.example)")
        } else if labels.count > form.label.count.upperBound {
            log.error(
                labels[form.label.count.upperBound].span, "too much after '\(form.word)'", hint: "write \(form.example)"
            )
        }
        return labels.prefix(form.label.count.upperBound).filter { isLabel($0, form) }
    }

    private func isLabel(_ label: Value, _ form: BlockForm) -> Bool {
        switch (form.label, label.kind) {
        case (_, .wrong): return false
        case (.texts, .text): return true
        case (.texts(_, let what), _):
            log.error(
                label.span, "'\(form.word)' takes \(what) in quotes", hint: "write \"\(log.source.string(label.span))\""
            )
        case (.name, .reference(let parts)) where parts.count == 1 && PlanText.isName(parts[0]):
            return true
        case (.name, .text(let text)) where PlanText.isName(text):
            log.error(label.span, "the name of a \(form.word) stands without quotes", hint: "write \(text)")
            return true
        default:
            log.error(
                label.span, "this is not a name for a \(form.word)",
                hint: "a name has up to \(PlanBounds.name) letters, digits, '_' and '-', a letter first")
        }
        return false
    }

    private func checkNothingIsMissing(in block: CheckedBlock) {
        if block.isDamaged || log.isTorn { return }
        for attribute in block.form.attributes where attribute.isRequired && block.attributes[attribute.word] == nil {
            log.error(
                block.span, "'\(attribute.word)' is missing in \(place(block.form))",
                hint: "write \(block.form.example)")
        }
        for form in block.form.blocks where form.occurrence == .some && block.blocks(form.word).isEmpty {
            log.error(block.span, "\(place(block.form)) has no '\(form.word)'", hint: "write \(form.example)")
        }
        let isFilled = !block.elements.isEmpty || !block.entries.isEmpty || block.attributes["file"] != nil
        if (block.form.element != nil || block.form.entry != nil) && !isFilled {
            log.error(block.span, "\(place(block.form)) is empty", hint: "write \(block.form.example)")
        }
    }

    private func what(_ label: BlockForm.Label) -> String {
        if case .texts(_, let what) = label { return what }
        return "a name"
    }

    private func place(_ form: BlockForm) -> String {
        if form.word == PolicyWords.policy.word { return "the policy" }
        return "\("aeiou".contains(form.word.prefix(1)) ? "an" : "a") \(form.word) block"
    }
}
