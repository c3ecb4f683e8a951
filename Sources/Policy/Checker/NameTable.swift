/// The names of blocks, their numbers, and whether anything refers to them.
struct NameTable {
    private struct Entry {
        let name: Name
        let number: Int
        var isUsed = false
    }

    private var entries: [String: [String: Entry]] = [:]
    private var counts: [String: Int] = [:]
    private var nameless: Set<String> = []

    /// Gives a block of kind `word` the next number; returns the block that has its name already, if one has.
    mutating func declare(_ word: String, _ name: Name) -> Name? {
        let number = counts[word, default: 0]
        counts[word] = number + 1
        if let first = entries[word]?[name.text] { return first.name }
        entries[word, default: [:]][name.text] = Entry(name: name, number: number)
        return nil
    }

    /// Gives a number to a block whose name was wrong.
    mutating func declareNameless(_ word: String) {
        counts[word, default: 0] += 1
        nameless.insert(word)
    }

    /// Whether a block of kind `word` has a wrong name, which may be the one that is looked for.
    func hasNameless(_ word: String) -> Bool { nameless.contains(word) }

    /// The number of the block called `name`, which is used from now on.
    mutating func use(_ word: String, _ name: String) -> Int? {
        entries[word]?[name]?.isUsed = true
        return entries[word]?[name]?.number
    }

    /// The names of the blocks of kind `word`.
    func names(of word: String) -> [String] { entries[word, default: [:]].keys.sorted() }

    /// What nothing refers to, in the order of the text.
    var unused: [(word: String, name: Name)] {
        entries.flatMap { word, named in named.values.filter { !$0.isUsed }.map { (word, $0.name) } }
            .sorted { $0.1.span.start < $1.1.span.start }
    }
}
