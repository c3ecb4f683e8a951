import Bytes

// What stands behind an item: `*`, `+`, `?`, `{n}`, `{n,}` and `{n,m}`, each alone, with `?` (lazy) or with `+`
// (possessive).
extension Parser {
    /// `item`, which stands at `start`, with the repetition that follows it, if one does.
    mutating func parseRepetition(of item: Expression, at start: Int) throws(PatternError) -> Expression {
        try skipInsignificant()
        if isQuoting { return item }
        let sign = position
        guard let (minimum, maximum) = try parseQuantifier() else { return item }
        if text[start] >= 0x80 && !options.contains(.rawBytes) {
            let place = character(around: start)
            throw PatternError(
                .unicode, place.lowerBound..<position, "this repeats only the last byte of '\(shown(place))'",
                remedy: "write '(?:\(shown(place)))\(shown(sign..<position))'")
        }
        let isPossessive = take(0x2b)
        let isLazy = !isPossessive && take(0x3f)
        let place = sign..<position
        let repetition = Repetition(minimum: minimum, maximum: maximum, isGreedy: !isLazy)
        var repeated = Expression.repetition(item, repetition)
        let count = repeated.instructionCount
        // What needs no instruction takes no time either, however often it stands there.
        if count == 0 { repeated = .empty }
        if count > PatternBounds.instructions {
            throw PatternError(
                .programSize, place,
                "written out, this repetition needs more than \(PatternBounds.instructions) instructions",
                remedy: "repeat less often, or leave out the upper bound")
        }
        try skipInsignificant()
        if !isQuoting, let end = quantifierEnd() {
            throw PatternError(
                .repeatedTwice, position..<end,
                "'\(shown(position..<end))' repeats what '\(shown(place))' already repeats",
                remedy: "write one of the two, or put the first into '(?:…)'")
        }
        if !isPossessive { return repeated }
        hasAtomicGroups = true
        return .atomic(repeated, place)
    }

    /// A quantifier without its mode; nil when there is none.
    private mutating func parseQuantifier() throws(PatternError) -> (minimum: Int, maximum: Int?)? {
        let start = position
        if take(0x2a) { return (0, nil) }
        if take(0x2b) { return (1, nil) }
        if take(0x3f) { return (0, 1) }
        guard let end = quantifierEnd() else { return nil }
        position += 1
        if peek == 0x2c {
            throw PatternError(
                .repetition, start..<end, "'\(shown(start..<end))' has no lower bound",
                remedy: "write '{0\(shown((start + 1)..<end))', or '\\{' for the byte itself")
        }
        let minimum = try parseCount(start..<end)
        var maximum: Int? = minimum
        if take(0x2c) { maximum = peek == 0x7d ? nil : try parseCount(start..<end) }
        position = end
        if let maximum, maximum < minimum {
            throw PatternError(
                .repetition, start..<end, "'\(shown(start..<end))' has its bounds in the wrong order",
                remedy: "write '{\(maximum),\(minimum)}'")
        }
        return (minimum, maximum)
    }

    /// A decimal number within a quantifier.
    private mutating func parseCount(_ quantifier: Range<Int>) throws(PatternError) -> Int {
        var count = 0
        while let byte = peek, ASCII.isDigit(byte) {
            count = count * 10 + Int(byte - 0x30)
            position += 1
            if count > PatternBounds.repetition {
                throw PatternError(
                    .repetitionCount, quantifier,
                    "'\(shown(quantifier))' repeats more than \(PatternBounds.repetition) times",
                    remedy: "write a smaller number, or '{n,}' without an upper bound")
            }
        }
        return count
    }

    /// Where the quantifier that is next ends; nil when there is none. A `{` that begins none stands for itself, as in
    /// PCRE2.
    func quantifierEnd() -> Int? {
        switch peek {
        case 0x2a, 0x2b, 0x3f: return position + 1
        case 0x7b: break
        default: return nil
        }
        var index = position + 1
        var digits = 0
        var commas = 0
        while index < text.count {
            switch text[index] {
            case 0x30...0x39: digits += 1
            case 0x2c where commas == 0: commas = 1
            case 0x7d: return digits > 0 ? index + 1 : nil
            default: return nil
            }
            index += 1
        }
        return nil
    }
}
