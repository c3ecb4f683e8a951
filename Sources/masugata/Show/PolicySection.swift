import Plan

/// A block of a policy, flattened: every value that holds, and where each comes from.
struct PolicySection: Equatable {
    /// What it is: `pool.wiki`, `site "www.example.org"`, `site "www.example.org" route "/*"`.
    let title: String

    /// Where it begins; nil for what is not written anywhere.
    let place: String?

    /// The values.
    var entries: [PolicyEntry] = []

    /// Adds a value.
    mutating func add(_ word: String, _ value: String, _ origin: String) {
        entries.append(PolicyEntry(word: word, value: value, origin: origin))
    }
}

/// A value that holds.
struct PolicyEntry: Equatable {
    /// Its word.
    let word: String

    /// The value as a policy writes it.
    let value: String

    /// Where it comes from: a line, a profile, or that it is the default.
    let origin: String
}
