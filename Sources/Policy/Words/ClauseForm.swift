/// A word of a sentence: of `request`, `expect` or `except`.
public struct ClauseForm: Sendable {
    /// The word.
    public let word: String

    /// What follows it, for a reader; empty when nothing does.
    public let what: String

    /// What it means, in one sentence.
    public let meaning: String

    init(_ word: String, _ what: String, _ meaning: String) {
        self.word = word
        self.what = what
        self.meaning = meaning
    }
}

/// What `key = value` may stand in a block where the key is no word.
public struct EntryForm: Sendable {
    /// What a key is called.
    public let name: String

    /// The keys.
    public let key: ValueForm

    /// The values.
    public let value: ValueForm

    /// What it means, in one sentence.
    public let meaning: String

    init(_ name: String, _ key: ValueForm, _ value: ValueForm, _ meaning: String) {
        self.name = name
        self.key = key
        self.value = value
        self.meaning = meaning
    }
}
