/// Decides where lines begin in the canonical form and what stands in columns.
struct Layout {
    private(set) var pieces: [Piece]

    /// The layout of `script`, with the lines that it has.
    init(_ script: Script) {
        pieces = script.pieces
        breakAsWritten()
        breakGroups()
        breakBodies()
        addCommas()
    }

    /// Pieces that stand in one line.
    struct Line {
        let pieces: Range<Int>

        /// How many groups are open before it.
        let open: Int

        /// How many levels it is indented by.
        let level: Int
    }

    // MARK: Lines as they were written

    private mutating func breakAsWritten() {
        for index in pieces.indices {
            let followsComment = index > 0 && pieces[index - 1].isComment
            let isWithin = index > 0 && (pieces[index].isIndex || pieces[index - 1].isIndex && pieces[index - 1].opens)
            let isJoined = pieces[index].isSign("{") || isWithin
            pieces[index].startsLine = index == 0 || followsComment || (pieces[index].lineEnds > 0 && !isJoined)
        }
    }

    /// A group in which a line begins has lines of its own from its first sign to its last.
    private mutating func breakGroups() {
        var open: [(start: Int, isBroken: Bool)] = []
        for index in pieces.indices {
            if pieces[index].startsLine, !open.isEmpty { open[open.count - 1].isBroken = true }
            if pieces[index].opens { open.append((index, false)) }
            guard pieces[index].closes, let group = open.popLast() else { continue }
            let isEmpty = index == group.start + 1
            pieces[index].startsLine = group.isBroken && !isEmpty
            if !pieces[index].startsLine { continue }
            let first = group.start + 1
            if !pieces[first].isComment || pieces[first].lineEnds > 0 { pieces[first].startsLine = true }
            if !open.isEmpty { open[open.count - 1].isBroken = true }
        }
    }

    /// Every statement in a body of several lines has lines of its own; settings may share one.
    private mutating func breakBodies() {
        var bodies: [(hasLines: Bool, last: Piece.Role?)] = [(true, .statement)]
        for index in pieces.indices {
            let piece = pieces[index]
            if piece.closes { bodies.removeLast() }
            if let role = piece.role, piece.beginsItem {
                let body = bodies[bodies.count - 1]
                if body.hasLines && (bodies.count == 1 || role == .statement || body.last == .statement) {
                    pieces[index].startsLine = true
                }
                bodies[bodies.count - 1].last = role
            }
            if piece.opens { bodies.append((piece.partner.map { pieces[$0].startsLine } ?? false, nil)) }
        }
    }

    private mutating func addCommas() {
        var last = 0
        for index in pieces.indices where !pieces[index].isComment {
            if pieces[index].role == .element && !pieces[last].isSign("[") { pieces[last].hasComma = true }
            last = index
        }
    }

    // MARK: Lines that are too wide

    /// Breaks lines that are wider than `width`, from the outside in, as far as they can be broken.
    mutating func fit(width: Int) {
        var pending = Array(lines(of: pieces.indices, open: 0).reversed())
        while let line = pending.popLast() {
            if self.width(of: line) <= width || !breakApart(line) { continue }
            pending += lines(of: line.pieces, open: line.open).reversed()
        }
    }

    /// Breaks a line into what stands in it side by side, or else opens its last group; returns whether it could.
    private mutating func breakApart(_ line: Line) -> Bool {
        var lastGroup: Int?
        var isBroken = false
        var index = line.pieces.lowerBound
        while index < line.pieces.upperBound {
            let piece = pieces[index]
            if index > line.pieces.lowerBound && (piece.beginsItem || piece.role == .element) {
                pieces[index].startsLine = true
                isBroken = true
            }
            if piece.opens, let end = piece.partner, end < line.pieces.upperBound {
                if canBreak(index) { lastGroup = index }
                index = end
            }
            index += 1
        }
        if isBroken { return true }
        // A condition is read in one piece: its lists are broken last.
        if lastGroup.map({ !pieces[$0].isSign("{") }) ?? true, breakCondition(line) { return true }
        if let lastGroup { breakGroup(lastGroup) }
        return lastGroup != nil || breakSentence(line)
    }

    /// Begins a line before each part of a sentence.
    private mutating func breakSentence(_ line: Line) -> Bool {
        let clauses = line.pieces.dropFirst().filter { pieces[$0].role == .clause }
        for index in clauses { pieces[index].startsLine = true }
        return !clauses.isEmpty
    }

    /// Begins a line before each `or` of a condition that is not in parentheses, or else before each `and`.
    private mutating func breakCondition(_ line: Line) -> Bool {
        var places: [String: [Int]] = [:]
        var depth = 0
        for index in line.pieces {
            if pieces[index].isSign("(") { depth += 1 }
            if pieces[index].isSign(")") { depth -= 1 }
            if depth == 0 && pieces[index].isJunction && index > line.pieces.lowerBound {
                places[pieces[index].text, default: []].append(index)
            }
        }
        for index in places["or"] ?? places["and"] ?? [] { pieces[index].startsLine = true }
        return !places.isEmpty
    }

    private func canBreak(_ start: Int) -> Bool {
        start + 1 < pieces.count && (pieces[start + 1].beginsItem || pieces[start + 1].role == .element)
    }

    /// Gives everything that stands directly in a group a line of its own.
    private mutating func breakGroup(_ start: Int) {
        guard let end = pieces[start].partner else { return }
        var index = start + 1
        while index < end {
            if pieces[index].beginsItem || pieces[index].role == .element { pieces[index].startsLine = true }
            index = (pieces[index].opens ? pieces[index].partner : nil) ?? index
            index += 1
        }
        pieces[end].startsLine = true
    }

    // MARK: Lines

    /// The lines of a run of pieces before which `open` groups are open.
    func lines(of range: Range<Int>, open: Int) -> [Line] {
        var lines: [Line] = []
        var open = open
        var start = range.lowerBound
        while start < range.upperBound {
            let openBefore = open
            var end = start
            repeat {
                if pieces[end].opens { open += 1 }
                if pieces[end].closes { open -= 1 }
                end += 1
            } while end < range.upperBound && !pieces[end].startsLine
            lines.append(Line(pieces: start..<end, open: openBefore, level: level(of: start, open: openBefore)))
            start = end
        }
        return lines
    }

    /// How far a line is indented; one that goes on with what the line before began is so by one level more.
    private func level(of start: Int, open: Int) -> Int {
        let piece = pieces[start]
        if piece.closes { return open - 1 }
        return piece.isComment || piece.beginsItem || piece.role == .element ? open : open + 1
    }

    /// The width of a line up to, and without, the piece `end`; of the whole line without its comment if nil.
    func width(of line: Line, upTo end: Int? = nil) -> Int {
        var width = line.level * FormatStyle.indentation
        for index in line.pieces.lowerBound..<(end ?? line.pieces.upperBound) {
            if pieces[index].isComment && end == nil { break }
            width += (index > line.pieces.lowerBound ? gap(before: index) : 0) + self.width(ofPiece: index)
        }
        return width
    }

    private func width(ofPiece index: Int) -> Int { pieces[index].text.count + (pieces[index].hasComma ? 1 : 0) }

    /// The blanks between a piece and the one before it in its line.
    func gap(before index: Int) -> Int {
        let piece = pieces[index]
        let previous = pieces[index - 1]
        let isFirstOrLast = previous.opens || piece.closes
        switch true {
        case piece.isComment: return FormatStyle.separation + piece.padding
        case previous.isSign("["), piece.isSign("]"), previous.opens && piece.closes: return 0
        case piece.isIndex, previous.isSign("("), piece.isSign(")"): return 0
        case piece.isSign("(") && previous.isRun: return Layout.standsAlone(previous.text) ? 1 : 0
        case piece.beginsItem && !isFirstOrLast, piece.role == .part: return FormatStyle.separation + piece.padding
        default: return 1 + piece.padding
        }
    }

    /// Whether a parenthesis behind a word is not for the arguments of a function.
    private static func standsAlone(_ word: String) -> Bool { ["when", "and", "or", "not"].contains(word) }

    /// Pads a piece by so many blanks.
    mutating func pad(_ index: Int, by blanks: Int) { pieces[index].padding = blanks }
}
