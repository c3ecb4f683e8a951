extension Tree {
    /// A tree of up to `depth` levels, over a small alphabet, so that texts often nearly match.
    static func random(_ depth: Int, using random: inout SplitMix) -> Tree {
        let kind = Int.random(in: 0..<(depth == 0 ? 7 : 16), using: &random)
        switch kind {
        case 0...2: return .byte(letter(using: &random))
        case 3: return .any
        case 4, 5: return members(using: &random)
        case 6:
            return Bool.random(using: &random)
                ? .anchor(Anchor.allCases.randomElement(using: &random) ?? .caret) : .byte(letter(using: &random))
        case 7...9:
            return .sequence(
                (0..<Int.random(in: 1...4, using: &random)).map { _ in Tree.random(depth - 1, using: &random) })
        case 10, 11:
            return .choice(
                (0..<Int.random(in: 2...3, using: &random)).map { _ in Tree.random(depth - 1, using: &random) })
        case 12...13: return repetition(depth, using: &random)
        case 14: return .group(Tree.random(depth - 1, using: &random))
        default:
            if Int.random(in: 0..<8, using: &random) == 0 { return .empty }
            let options = Options(
                isCaseless: .random(using: &random), isDotAll: .random(using: &random),
                isMultiline: .random(using: &random))
            return .options(options, Tree.random(depth - 1, using: &random))
        }
    }

    private static func repetition(_ depth: Int, using random: inout SplitMix) -> Tree {
        let body = Tree.random(depth - 1, using: &random)
        let minimum = Int.random(in: 0...2, using: &random)
        let maximum = Bool.random(using: &random) ? nil : minimum + Int.random(in: 0...2, using: &random)
        return .repetition(body, minimum, maximum, isLazy: Int.random(in: 0..<3, using: &random) == 0)
    }

    private static func members(using random: inout SplitMix) -> Tree {
        let ranges = (0..<Int.random(in: 1...2, using: &random)).map { _ in
            let low = letter(using: &random)
            return low...(Bool.random(using: &random) ? low : max(low, letter(using: &random)))
        }
        return .members(ranges, isNegated: Int.random(in: 0..<3, using: &random) == 0)
    }

    /// Letters of both cases, something that is no word, a line feed, and bytes outside of ASCII.
    static func letter(using random: inout SplitMix) -> UInt8 {
        [0x61, 0x61, 0x62, 0x62, 0x63, 0x41, 0x42, 0x2d, 0x0a, 0xe9, 0x00].randomElement(using: &random) ?? 0x61
    }

    /// A text over the same alphabet.
    static func randomText(upTo length: Int, using random: inout SplitMix) -> [UInt8] {
        (0..<Int.random(in: 0...length, using: &random)).map { _ in letter(using: &random) }
    }
}
