/// A slow and obvious interpreter: it tries one way after the other and goes back when one fails.
struct Oracle {
    /// A search that was given up, because the ways are too many.
    struct TooSlow: Error {}

    let text: [UInt8]
    private var fuel: Int

    private init(_ text: [UInt8], fuel: Int) {
        self.text = text
        self.fuel = fuel
    }

    /// The leftmost match, and of those the one that is preferred.
    static func firstMatch(_ tree: Tree, in text: [UInt8], fuel: Int = 20_000) throws -> Range<Int>? {
        var oracle = Oracle(text, fuel: fuel)
        for start in 0...text.count {
            if let end = try oracle.match(tree, Tree.Options(), start, { _, end in end }) { return start..<end }
        }
        return nil
    }

    private typealias Continuation = (inout Oracle, Int) throws -> Int?

    /// Where the whole match ends, if `tree` matches at `index` and what comes then does so too.
    private mutating func match(
        _ tree: Tree, _ options: Tree.Options, _ index: Int, _ then: Continuation
    ) throws -> Int? {
        fuel -= 1
        if fuel < 0 { throw TooSlow() }
        switch tree {
        case .empty: return try then(&self, index)
        case .byte(let byte):
            return try step(index, then) { Oracle.equal($0, byte, options) }
        case .any:
            return try step(index, then) { options.isDotAll || $0 != 0x0a }
        case .members(let ranges, let isNegated):
            return try step(index, then) { byte in
                let isMember = ranges.contains { range in range.contains { Oracle.equal(byte, $0, options) } }
                return isMember != isNegated
            }
        case .anchor(let anchor):
            return holds(anchor, options, index) ? try then(&self, index) : nil
        case .sequence(let parts):
            guard let first = parts.first else { return try then(&self, index) }
            return try match(first, options, index) { oracle, end in
                try oracle.match(.sequence(Array(parts.dropFirst())), options, end, then)
            }
        case .choice(let parts):
            for part in parts {
                if let end = try match(part, options, index, then) { return end }
            }
            return nil
        case .group(let body): return try match(body, options, index, then)
        case .options(let inside, let body): return try match(body, inside, index, then)
        case .repetition(let body, let minimum, let maximum, let isLazy):
            let repetition = Repetition(
                body: body, options: options, minimum: minimum, maximum: maximum, isLazy: isLazy)
            return try match(repetition, round: 0, index, then)
        }
    }

    private struct Repetition {
        let body: Tree
        let options: Tree.Options
        let minimum: Int
        let maximum: Int?
        let isLazy: Bool
    }

    /// What matches from the given round on. Behind a round without a byte, beyond those that are required, there is no
    /// other.
    private mutating func match(
        _ repetition: Repetition, round: Int, _ index: Int, _ then: Continuation
    ) throws -> Int? {
        if round == repetition.maximum { return try then(&self, index) }
        let isRequired = round < repetition.minimum
        if repetition.isLazy && !isRequired, let end = try then(&self, index) { return end }
        let more = try match(repetition.body, repetition.options, index) { oracle, end in
            if end == index && !isRequired { return try then(&oracle, end) }
            return try oracle.match(repetition, round: round + 1, end, then)
        }
        return more != nil || repetition.isLazy || isRequired ? more : try then(&self, index)
    }

    private mutating func step(_ index: Int, _ then: Continuation, _ isWanted: (UInt8) -> Bool) throws -> Int? {
        index < text.count && isWanted(text[index]) ? try then(&self, index + 1) : nil
    }

    private static func equal(_ one: UInt8, _ other: UInt8, _ options: Tree.Options) -> Bool {
        one == other || options.isCaseless && lowercased(one) == lowercased(other)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { 0x41...0x5a ~= byte ? byte + 0x20 : byte }

    private func holds(_ anchor: Tree.Anchor, _ options: Tree.Options, _ index: Int) -> Bool {
        let isStart = index == 0
        let isEnd = index == text.count
        let isBoundary = isWord(index - 1) != isWord(index)
        switch anchor {
        case .caret: return isStart || options.isMultiline && text[index - 1] == 0x0a && !isEnd
        case .dollar: return isEnd || options.isMultiline && text[index] == 0x0a
        case .textStart: return isStart
        case .textEnd: return isEnd
        case .finalLineEnd: return isEnd || index == text.count - 1 && text[index] == 0x0a
        case .boundary: return isBoundary
        case .noBoundary: return !isBoundary
        }
    }

    private func isWord(_ index: Int) -> Bool {
        guard text.indices.contains(index) else { return false }
        switch text[index] {
        case 0x30...0x39, 0x41...0x5a, 0x5f, 0x61...0x7a: return true
        default: return false
        }
    }
}
