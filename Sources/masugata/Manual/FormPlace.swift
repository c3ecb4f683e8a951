import Policy

/// A form of the table of words, with the blocks that it stands in.
struct FormPlace {
    let form: BlockForm

    /// The words of the blocks around it, none for what stands outside of all.
    let parents: [String]

    /// Every form once, the policy first and each before those within it.
    static let all: [FormPlace] = {
        var order: [Key] = []
        var forms: [Key: BlockForm] = [:]
        var parents: [Key: [String]] = [:]
        func visit(_ form: BlockForm, in parent: BlockForm?) {
            let key = Key(form)
            if forms.updateValue(form, forKey: key) == nil { order.append(key) }
            let isInner = parent.map { $0.word != PolicyWords.policy.word } ?? false
            if let parent, isInner, !parents[key, default: []].contains(parent.word) {
                parents[key, default: []].append(parent.word)
            }
            for block in form.blocks { visit(block, in: form) }
        }
        visit(PolicyWords.policy, in: nil)
        return order.compactMap { key in forms[key].map { FormPlace(form: $0, parents: parents[key] ?? []) } }
    }()

    /// What makes two forms of one word the same.
    private struct Key: Hashable {
        let word: String
        let meaning: String
        let example: String

        init(_ form: BlockForm) {
            word = form.word
            meaning = form.meaning
            example = form.example
        }
    }

    var isPolicy: Bool { form.word == PolicyWords.policy.word }
}
