import Bytes

/// Reads a pattern's text: the common part of the syntaxes of PCRE2 and RE2, over bytes.
///
/// What can be read but not answered in linear time is refused by name. Nothing is guessed: where the two syntaxes
/// differ, or a form is most likely a slip, it is refused with the two ways to write what was meant.
struct Parser {
    let text: [UInt8]
    var position = 0
    var options: PatternOptions
    var groupCount = 0
    var groupNames: Set<[UInt8]> = []

    /// Whether there is an atomic group or a possessive repetition.
    var hasAtomicGroups = false

    private var depth = 0

    /// Whether `\Q` is in force, after which nothing but `\E` is special.
    private(set) var isQuoting = false

    init(_ text: [UInt8], options: PatternOptions) {
        self.text = text
        self.options = options
    }

    /// The whole text as an expression.
    mutating func parse() throws(PatternError) -> Expression {
        if text.count > PatternBounds.text {
            throw PatternError(
                .textLength, PatternBounds.text..<text.count,
                "a pattern of \(text.count) bytes is longer than \(PatternBounds.text)",
                remedy: "split it into several patterns")
        }
        let expression = try parseChoice()
        if position < text.count {
            throw PatternError(
                .unopenedGroup, position..<(position + 1), "')' closes no group",
                remedy: "write '\\)' for the byte itself")
        }
        return expression
    }

    /// Alternatives, up to the end of the group or of the text.
    private mutating func parseChoice() throws(PatternError) -> Expression {
        var alternatives = [try parseSequence()]
        while take(0x7c) { alternatives.append(try parseSequence()) }
        return Expression.choosing(alternatives)
    }

    /// Items one after the other, up to `|`, `)` or the end of the text.
    private mutating func parseSequence() throws(PatternError) -> Expression {
        var items: [Expression] = []
        while true {
            try skipInsignificant()
            if isQuoting {
                position += 1
                items.append(try parseRepetition(of: literal(text[position - 1]), at: position - 1))
                continue
            }
            guard let byte = peek, byte != 0x7c, byte != 0x29 else { break }
            if let item = try parseItem(byte) { items.append(item) }
        }
        if items.count == 1 { return items[0] }
        return items.isEmpty ? .empty : .sequence(items)
    }

    /// One item with its repetition; nil when it was only a change of options.
    private mutating func parseItem(_ byte: UInt8) throws(PatternError) -> Expression? {
        let start = position
        var canRepeat = true
        let item: Expression
        switch byte {
        case 0x28:  // (
            guard let group = try parseGroup() else { return nil }
            item = group
        case 0x5b:  // [
            item = .bytes(try parseClass())
        case 0x5c:  // \
            item = try parseEscape()
            if case .assertion = item { canRepeat = false }
        case 0x2e:  // .
            position += 1
            item = .bytes(options.contains(.dotAll) ? .all : ByteSet.lineFeed.inverted)
        case 0x5e:  // ^
            position += 1
            item = .assertion(options.contains(.multiline) ? .lineStart : .textStart)
            canRepeat = false
        case 0x24:  // $
            position += 1
            item = .assertion(options.contains(.multiline) ? .lineEnd : .textEnd)
            canRepeat = false
        case 0x2a, 0x2b, 0x3f:  // * + ?
            throw nothingToRepeat(start..<(start + 1))
        case 0x7b:  // {
            if let end = quantifierEnd() { throw nothingToRepeat(start..<end) }
            position += 1
            item = literal(byte)
        default:
            position += 1
            item = literal(byte)
        }
        if canRepeat { return try parseRepetition(of: item, at: start) }
        try skipInsignificant()
        if !isQuoting, let end = quantifierEnd() { throw nothingToRepeat(position..<end) }
        return item
    }

    private func nothingToRepeat(_ place: Range<Int>) -> PatternError {
        PatternError(
            .nothingToRepeat, place, "'\(shown(place))' has nothing to repeat",
            remedy: "write '\\\(shown(place.lowerBound..<(place.lowerBound + 1)))' for the byte itself")
    }

    /// A byte that stands for itself, in both cases where case does not count.
    func literal(_ byte: UInt8) -> Expression { .bytes(folded(ByteSet(byte))) }

    /// The character of UTF-8 of which the byte at `index` is a part.
    func character(around index: Int) -> Range<Int> {
        var start = index
        var end = index + 1
        while start > 0 && text[start] & 0xc0 == 0x80 { start -= 1 }
        while end < text.count && text[end] & 0xc0 == 0x80 { end += 1 }
        return start..<end
    }

    /// `set`, in both cases where case does not count.
    func folded(_ set: ByteSet) -> ByteSet { options.contains(.caseless) ? set.ignoringCase : set }
}

// Groups call the parser of their contents, which is why their depth is counted here.
extension Parser {
    /// The contents of a group whose opening, from `start` on, has been read, and its `)`. Options that are set
    /// inside end with it.
    mutating func parseContents(from start: Int, options inside: PatternOptions) throws(PatternError) -> Expression {
        let outside = options
        depth += 1
        if depth > PatternBounds.nesting {
            throw PatternError(
                .nesting, start..<position, "groups are nested more than \(PatternBounds.nesting) deep",
                remedy: "join or remove groups")
        }
        options = inside
        let contents = try parseChoice()
        if !take(0x29) {
            throw PatternError(
                .unclosedGroup, start..<min(start + 1, text.count), "the group that begins here is not closed",
                remedy: "add ')', or write '\\(' for the byte itself")
        }
        depth -= 1
        options = outside
        return contents
    }
}

// The text, byte by byte.
extension Parser {
    /// The next byte, or nil at the end.
    var peek: UInt8? { position < text.count ? text[position] : nil }

    /// Whether the text goes on with `bytes`.
    func isNext(_ bytes: StaticString) -> Bool {
        let bytes = bytes.bytes
        if bytes.count > text.count - position { return false }
        for index in bytes.indices where text[position + index] != bytes[index] { return false }
        return true
    }

    /// Passes `byte` if it is next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    /// Passes `bytes` if they are next.
    mutating func take(_ bytes: StaticString) -> Bool {
        guard isNext(bytes) else { return false }
        position += bytes.utf8CodeUnitCount
        return true
    }

    /// A part of the text as it can be shown in a message.
    func shown(_ place: Range<Int>) -> String {
        String(decoding: text[place.clamped(to: 0..<text.count)], as: UTF8.self)
    }

    /// Passes comments, `\Q` and `\E`, and white space in extended patterns. While `\Q` is in force, stops at the
    /// next literal byte.
    mutating func skipInsignificant() throws(PatternError) {
        while true {
            if isQuoting {
                if position < text.count && !take("\\E") { return }
                isQuoting = false
            } else if take("\\Q") {
                isQuoting = true
            } else if take("\\E") {
                continue
            } else if isNext("(?#") {
                let start = position
                while peek != nil && peek != 0x29 { position += 1 }
                if !take(0x29) {
                    throw PatternError(
                        .unclosedComment, start..<(start + 3), "the comment that begins here is not closed",
                        remedy: "add ')'")
                }
            } else if options.contains(.extended), let byte = peek, ByteSet.space.contains(byte) {
                position += 1
            } else if options.contains(.extended), peek == 0x23 {
                while peek != nil && peek != 0x0a { position += 1 }
            } else {
                return
            }
        }
    }
}
