import Bytes

/// The pieces of a policy's text, comments included, in the order in which they are written.
struct Script {
    private(set) var pieces: [Piece] = []

    private let source: Source

    /// Lines that have ended since the last piece.
    private var lineEnds = 0

    /// The pieces of the log's source; nil when its syntax is wrong, which the log then tells.
    init?(_ log: DiagnosticLog) {
        source = log.source
        guard source.isReadable(log), let tokens = Lexer.tokens(of: source, limit: PolicyBounds.tokens, log),
            !log.hasErrors,
            let tree = Parser.parse(tokens, log), !log.hasErrors
        else { return nil }
        let roles = Outline(tree, in: source).roles
        var position = 0
        for token in tokens {
            addComments(from: position, to: token.span.start)
            add(token, roles[token.span.start])
            position = token.span.end
        }
        pair()
    }

    /// The first token that `other` does not have at the same place of the tree. Commas and ends of lines do not count.
    func firstDifference(from other: Script?) -> SourceSpan? {
        let others = other?.pieces ?? []
        for (own, second) in zip(pieces, others)
        where own.kind != second.kind || own.role != second.role || own.text != second.text {
            return own.span
        }
        if pieces.count == others.count { return nil }
        return pieces.last?.span ?? SourceSpan(start: 0, end: 0)
    }

    // MARK: Reading

    private mutating func add(_ token: Token, _ role: Piece.Role?) {
        switch token.kind {
        case .end: return
        case .sign(","):
            if let last = pieces.lastIndex(where: { !$0.isComment }) { pieces[last].hasComma = true }
        case .sign("{"):
            // A comment between a word and its brace goes into the block.
            let last = pieces.lastIndex { !$0.isComment }
            pieces.insert(piece(token, role, lineEnds: 0), at: last.map { $0 + 1 } ?? 0)
            lineEnds = 0
        default:
            pieces.append(piece(token, role, lineEnds: lineEnds))
            lineEnds = 0
        }
    }

    private func piece(_ token: Token, _ role: Piece.Role?, lineEnds: Int) -> Piece {
        Piece(
            kind: .token(token.kind), text: source.string(token.span), span: token.span, role: role, lineEnds: lineEnds,
            isAttached: pieces.last?.span.end == token.span.start)
    }

    /// Adds the comments between two tokens; there is nothing else but blanks.
    private mutating func addComments(from start: Int, to end: Int) {
        var position = start
        while position < end {
            let byte = source.text[position]
            if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "/") {
                let line = source.text[position..<end].prefix { $0 != UInt8(ascii: "\n") }
                let span = SourceSpan(start: position, end: line.endIndex)
                pieces.append(
                    Piece(
                        kind: .comment, text: Script.comment(line), span: span, role: nil, lineEnds: lineEnds,
                        isAttached: false))
                lineEnds = 0
                position = line.endIndex
            } else {
                if byte == UInt8(ascii: "\n") { lineEnds += 1 }
                position += 1
            }
        }
    }

    /// A comment after one `#`, set off by a blank when it begins with a letter or a digit, without blanks at its end.
    private static func comment(_ bytes: ArraySlice<UInt8>) -> String {
        var rest = bytes.dropFirst(bytes.starts(with: "//".utf8) ? 2 : 1)
        while let last = rest.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") || last == 0x0d {
            rest.removeLast()
        }
        let isSetOff = rest.first.map { !ASCII.isLetter($0) && !ASCII.isDigit($0) && $0 < 0x80 } ?? true
        return (isSetOff ? "#" : "# ") + String(decoding: rest, as: UTF8.self)
    }

    /// Finds for each sign that opens the one that closes it.
    private mutating func pair() {
        var open: [Int] = []
        for index in pieces.indices {
            if pieces[index].opens { open.append(index) }
            guard pieces[index].closes, let partner = open.popLast() else { continue }
            pieces[index].partner = partner
            pieces[partner].partner = index
            let isIndex = pieces[partner].isSign("[") && pieces[partner].isAttached && pieces[partner - 1].isRun
            pieces[index].isIndex = isIndex
            pieces[partner].isIndex = isIndex
        }
    }
}
