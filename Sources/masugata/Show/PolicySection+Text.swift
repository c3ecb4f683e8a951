extension PolicySection {
    /// For people: the title, and a line for each value with its origin.
    var text: String {
        let words = entries.map(\.word.count).max() ?? 0
        // A long value does not push the origins of the others out of sight.
        let values = entries.map(\.value.count).filter { $0 <= PolicySection.widest }.max() ?? 0
        let lines = entries.map { entry in
            let word = entry.word + String(repeating: " ", count: words - entry.word.count)
            let value = entry.value + String(repeating: " ", count: max(0, values - entry.value.count))
            return "  \(word)  \(value)  # \(entry.origin)"
        }
        return ([title + (place.map { "  # \($0)" } ?? "")] + lines).joined(separator: "\n")
    }

    /// Characters of the widest value that others are put into columns with.
    private static let widest = 60

    /// For programs.
    var json: JSONValue {
        let values = entries.map { entry in
            JSONValue.object([
                JSONValue.Member("word", .text(entry.word)), JSONValue.Member("value", .text(entry.value)),
                JSONValue.Member("origin", .text(entry.origin)),
            ])
        }
        let place = place.map { [JSONValue.Member("place", .text($0))] } ?? []
        return .object([JSONValue.Member("block", .text(title))] + place + [JSONValue.Member("values", .list(values))])
    }
}
