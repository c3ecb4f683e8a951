import Pattern

/// Regular expressions. The input is a byte of options, a pattern, NUL, and a text.
///
/// A pattern is refused or compiled; a search takes a number of steps that the lengths bound; the automata, with much
/// memory and with hardly any, find the same; and what a pattern says of its matches is so.
enum PatternTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        let bytes = array(input)
        guard let first = bytes.first else { return }
        let end = bytes.dropFirst().firstIndex(of: 0) ?? bytes.count
        let options = PatternOptions(rawValue: first & 31)
        guard let pattern = try? Pattern(Array(bytes[1..<end]).span, options: options) else { return }
        let text = Array(bytes[min(end + 1, bytes.count)...])
        let set = PatternSet([pattern])
        var large = PatternMemory(for: set, reserve: 256 << 10)
        var small = PatternMemory(for: set, reserve: 0)
        let isMatch = set.matches(0, text.span, using: &large)
        let bound = UInt64(8 * (text.count + 1) * pattern.instructionCount)
        try require(large.steps <= bound, "\(large.steps) steps, where \(bound) are allowed")
        for _ in 0..<3 {
            try require(set.matches(0, text.span, using: &small) == isMatch, "less memory makes another match")
        }
        let before = large.steps
        let place = set.firstMatch(0, in: text.span, using: &large)
        try require(large.steps - before <= 2 * bound, "\(large.steps - before) steps for the place")
        try require((place != nil) == isMatch, "the place of the match is \(String(describing: place))")
        try require(set.firstMatch(0, in: text.span, using: &small) == place, "less memory makes another place")
        if let place { try examine(place, pattern, lowercased(text)) }
    }

    private static func examine(_ place: Range<Int>, _ pattern: Pattern, _ text: [UInt8]) throws(Contradiction) {
        try require(place.count >= pattern.minimumLength, "a match has fewer bytes than the fewest")
        try require(place.upperBound <= text.count, "a match ends behind the text")
        let match = text[place]
        for factors in pattern.requiredFactors.sets {
            try require(
                factors.contains { match.contains($0) }, "none of \(factors.map { shown($0) }) is in the match")
        }
        let prefixes = pattern.requiredFactors.prefixes
        try require(
            prefixes.isEmpty || prefixes.contains { match.starts(with: $0) }, "the match begins with no prefix")
    }
}
