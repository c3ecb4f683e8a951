/// Finds the known word that was probably meant by an unknown one.
enum NearestWord {
    /// Longer words are not compared.
    private static let longest = 64

    /// The nearest of `candidates`, if one is near enough to be a slip of the hand.
    static func find(_ word: String, among candidates: some Sequence<String>) -> String? {
        let word = Array(word.lowercased().utf8)
        if word.count > longest { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates where candidate.utf8.count <= longest {
            let other = Array(candidate.lowercased().utf8)
            let distance = distance(word, other)
            if distance <= max(1, min(word.count, other.count) / 3), distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// `did you mean 'word'?` for the nearest of `candidates`.
    static func hint(_ word: String, among candidates: some Sequence<String>) -> String? {
        find(word, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// How many bytes must be added, removed, replaced or swapped with a neighbour (optimal string alignment).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in 0..<one.count {
            var current = [row + 1]
            for column in 0..<other.count {
                let replaced = last[column] + (one[row] == other[column] ? 0 : 1)
                var least = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0 && column > 0 && one[row] == other[column - 1] && one[row - 1] == other[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }
}
