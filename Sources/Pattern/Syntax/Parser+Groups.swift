import Bytes

// `(…)`
extension Parser {
    /// A group; nil when it only changes the options of what follows, as `(?i)`.
    mutating func parseGroup() throws(PatternError) -> Expression? {
        let start = position
        position += 1
        if take(0x2a) {
            throw PatternError(
                .verb, start..<position, "'(*' begins a verb, which steers back-tracking",
                remedy: "leave it out, or write '\\(' for the byte itself")
        }
        if !take(0x3f) { return try parseCapture(from: start) }
        switch peek {
        case 0x3a:  // (?:
            position += 1
            return try parseContents(from: start, options: options)
        case 0x3e:  // (?>
            position += 1
            hasAtomicGroups = true
            let opening = start..<position
            return .atomic(try parseContents(from: start, options: options), opening)
        case 0x50, 0x3c, 0x27: return try parseNamed(from: start)  // P < '
        default:
            try refuseBackTracking(from: start)
            return try parseOptions(from: start)
        }
    }

    private mutating func parseCapture(from start: Int) throws(PatternError) -> Expression {
        groupCount += 1
        if groupCount > PatternBounds.groups {
            throw PatternError(
                .groups, start..<position, "there are more than \(PatternBounds.groups) groups that capture",
                remedy: "write '(?:' where what was matched is not asked for")
        }
        return .group(try parseContents(from: start, options: options))
    }

    /// `(?<name>…)`, `(?P<name>…)` or `(?'name'…)`; what else begins so is refused.
    private mutating func parseNamed(from start: Int) throws(PatternError) -> Expression {
        if isNext("P=") {
            throw PatternError(
                .backReference, start..<(position + 2),
                "'(?P=' refers back to what a group matched, which needs back-tracking",
                remedy: "write out what may stand there")
        }
        if isNext("<=") || isNext("<!") { throw lookAround(start..<(position + 2)) }
        if isNext("P>") { throw recursion(start..<(position + 2)) }
        let isQuoted = peek == 0x27
        if take(0x50) && peek != 0x3c { throw unknownGroup(start) }
        position += 1
        let nameStart = position
        while let byte = peek, ByteSet.isWord(byte) { position += 1 }
        let place = nameStart..<position
        let name = Array(text[place])
        guard take(isQuoted ? 0x27 : 0x3e), let first = name.first, !ASCII.isDigit(first) else {
            throw PatternError(
                .groupName, nameStart..<min(place.upperBound + 1, text.count), "this is no name of a group",
                remedy: "write letters, digits and '_', no digit first, as in '(?<name>…)'")
        }
        guard groupNames.insert(name).inserted else {
            throw PatternError(
                .groupName, place, "two groups have the name '\(shown(place))'",
                remedy: "give one of them another")
        }
        return try parseCapture(from: start)
    }

    /// `(?flags)` or `(?flags:…)`.
    private mutating func parseOptions(from start: Int) throws(PatternError) -> Expression? {
        var changed = options
        var isRemoving = false
        var flags = 0
        while let byte = peek {
            position += 1
            switch byte {
            case 0x2d where !isRemoving: isRemoving = true
            case 0x3a where flags > 0: return try parseContents(from: start, options: changed)
            case 0x29 where flags > 0:
                options = changed
                return nil
            default:
                guard let flag = Parser.flag(byte) else {
                    position -= 1
                    if flags == 0 && !isRemoving && !ASCII.isLetter(byte) { throw unknownGroup(start) }
                    let place = position..<(position + 1)
                    throw PatternError(
                        .unknownFlag, place, "unknown flag '\(shown(place))'",
                        remedy: "known are i, m, s and x, as in '(?i)' or '(?i-s:…)'")
                }
                flags += 1
                if isRemoving { changed.remove(flag) } else { changed.insert(flag) }
            }
        }
        throw PatternError(
            .unclosedGroup, start..<position, "the group that begins here is not closed", remedy: "add ')'")
    }

    private static func flag(_ byte: UInt8) -> PatternOptions? {
        switch byte {
        case 0x69: .caseless
        case 0x6d: .multiline
        case 0x73: .dotAll
        case 0x78: .extended
        default: nil
        }
    }

    /// Refuses what cannot be answered without back-tracking.
    private func refuseBackTracking(from start: Int) throws(PatternError) {
        guard let byte = peek else { return }
        let place = start..<(position + 1)
        switch byte {
        case 0x3d, 0x21: throw lookAround(place)  // = !
        case 0x28:  // (
            throw PatternError(
                .condition, place, "'(?(' begins a condition, which needs back-tracking",
                remedy: "write the alternatives out with '|'")
        case 0x52, 0x26, 0x30...0x39, 0x2b: throw recursion(place)  // R & 0…9 +
        case 0x2d:  // -
            if position + 1 < text.count, ASCII.isDigit(text[position + 1]) { throw recursion(place) }
        case 0x7c: throw unknownGroup(start)  // |
        default: return
        }
    }

    private func lookAround(_ place: Range<Int>) -> PatternError {
        PatternError(
            .lookAround, place, "'\(shown(place))' looks around, which an automaton of linear time does not do",
            remedy: "split it into two conditions joined by 'and' or 'and not'; for word ends write '\\b'")
    }

    private func recursion(_ place: Range<Int>) -> PatternError {
        PatternError(
            .recursion, place, "'\(shown(place))' calls a group, which no automaton can do",
            remedy: "write the group's contents out")
    }

    private func unknownGroup(_ start: Int) -> PatternError {
        let place = start..<min(position + 1, text.count)
        return PatternError(
            .unknownGroup, place, "'\(shown(place))' begins no group that is known",
            remedy: "write '(?:…)', '(?i:…)' or '(?<name>…)', or '\\(' for the byte itself")
    }
}
