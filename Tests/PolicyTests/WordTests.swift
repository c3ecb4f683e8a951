import Policy
import Testing

@Suite("The table of words")
struct WordTests {
    /// The forms from the policy down to `form`.
    private static func path(to form: BlockForm, from parents: [BlockForm]) -> [BlockForm]? {
        guard let last = parents.last else { return nil }
        for block in last.blocks {
            if block.word == form.word && block.example == form.example { return parents }
            if let path = path(to: form, from: parents + [block]) { return path }
        }
        return nil
    }

    /// How a block begins that another one stands in.
    private static func opening(_ form: BlockForm) -> String {
        switch form.label {
        case .none: "\(form.word) {"
        case .name: "\(form.word) x {"
        case .texts: "\(form.word) \"/app/*\" {"
        }
    }

    @Test("the example of every block has the form that the table says")
    func examples() throws {
        for form in PolicyWords.all where !form.example.isEmpty {
            let parents = try #require(WordTests.path(to: form, from: [PolicyWords.policy])).dropFirst()
            let before = parents.map(WordTests.opening).joined(separator: "\n")
            let text = "\(before)\n\(form.example)\n\(parents.map { _ in "}" }.joined(separator: "\n"))\n"
            let line = parents.count + (parents.isEmpty ? 2 : 1)
            let compilation = compile(Array(text.utf8), fileName: "p", files: FilesOfFolder(Files.golden))
            let wrong = compilation.diagnostics.filter { diagnostic in
                // Names and files that an example refers to are not there.
                diagnostic.line == line && diagnostic.severity == .error
                    && !["there is no", "the file '", "the route does nothing", "'except' needs a pool"].contains {
                        diagnostic.message.hasPrefix($0)
                    }
            }
            #expect(wrong.map(\.description) == [], "\(form.word)")
        }
    }

    @Test("no block has two words that are the same, and every word has a meaning")
    func words() {
        for form in PolicyWords.all {
            let words = form.attributes.map(\.word) + form.blocks.map(\.word) + form.clauses.map(\.word)
            #expect(Set(words).count == words.count, "\(form.word)")
            #expect(!form.meaning.isEmpty && form.attributes.allSatisfy { !$0.meaning.isEmpty })
            #expect(form.clauses.allSatisfy { !$0.meaning.isEmpty } && form.entry?.meaning.isEmpty != true)
        }
        let conditions =
            ConditionWords.fields.map(\.word) + ConditionWords.functions.map(\.word)
            + ConditionWords.operators.map(\.word)
        #expect(Set(conditions).count == conditions.count)
    }
}
