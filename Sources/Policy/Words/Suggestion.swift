/// Finds the known word that was probably meant by an unknown one.
enum Suggestion {
    /// Longer words are not compared.
    private static let longest = 64

    /// The nearest of `candidates`, if one is near enough to be a slip of the hand.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let word = Array(word.lowercased().unicodeScalars)
        if word.count > longest { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates where candidate.unicodeScalars.count <= longest {
            let other = Array(candidate.lowercased().unicodeScalars)
            let distance = distance(word, other)
            if distance <= max(1, min(word.count, other.count) / 3), distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.candidate
    }

    /// How many letters must be added, removed, replaced or swapped with a neighbour (optimal string alignment).
    private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
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
