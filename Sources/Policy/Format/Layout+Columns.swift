extension Layout {
    /// What neighbouring lines may have in one column.
    private struct Anchor {
        enum Kind: Equatable {
            /// The `=` of a setting.
            case setting

            /// The brace of a block in one line that begins with this word.
            case block(String)

            /// The first setting in the line of a statement that begins with this word.
            case part(String)

            /// The `when` behind the name of a rule or route.
            case condition

            /// The `=` behind the label of a statement that begins with this word.
            case assignment(String)

            /// The comment at the end of a line.
            case comment
        }

        let kind: Kind
        let piece: Int

        /// The width of the line up to the piece.
        let width: Int

        /// The width of the whole line.
        let whole: Int
    }

    /// Neighbouring lines with the same anchor.
    private struct Run {
        var anchors: [Anchor] = []
        var narrowest = Int.max
        var widest = 0

        func takes(_ anchor: Anchor) -> Bool {
            anchor.kind == anchors.first?.kind
                && max(widest, anchor.width) - min(narrowest, anchor.width) <= FormatStyle.spread
        }

        mutating func append(_ anchor: Anchor) {
            anchors.append(anchor)
            narrowest = min(narrowest, anchor.width)
            widest = max(widest, anchor.width)
        }
    }

    /// Puts what neighbouring lines have in common into columns.
    mutating func align(_ lines: [Line]) {
        align(lines, anchor)
        align(lines, comment)
    }

    private mutating func align(_ lines: [Line], _ anchor: (Line) -> Anchor?) {
        var run = Run()
        var level = 0
        for line in lines {
            let next = anchor(line)
            let goesOn = line.level == level && !isAfterBlank(line.pieces.lowerBound)
            if !goesOn || next.map({ !run.takes($0) }) ?? true {
                pad(run)
                run = Run()
            }
            if let next { run.append(next) }
            level = line.level
        }
        pad(run)
    }

    private mutating func pad(_ run: Run) {
        for anchor in run.anchors {
            let blanks = run.widest - anchor.width
            // No line is made too wide for the sake of a column.
            if anchor.whole + blanks <= FormatStyle.width { pad(anchor.piece, by: blanks) }
        }
    }

    private func anchor(_ line: Line) -> Anchor? {
        let first = line.pieces.lowerBound
        switch pieces[first].role {
        case .setting:
            return Anchor(
                kind: .setting, piece: first + 1, width: width(of: line, upTo: first + 1), whole: width(of: line))
        case .statement: return anchorOfStatement(line)
        default: return nil
        }
    }

    private func anchorOfStatement(_ line: Line) -> Anchor? {
        let word = pieces[line.pieces.lowerBound].text
        let third = line.pieces.lowerBound + 2
        if third < line.pieces.upperBound && pieces[third].isRun && pieces[third].text == "when" {
            return Anchor(kind: .condition, piece: third, width: width(of: line, upTo: third), whole: width(of: line))
        }
        if third < line.pieces.upperBound && pieces[third].isSign("=") {
            return Anchor(
                kind: .assignment(word), piece: third, width: width(of: line, upTo: third), whole: width(of: line))
        }
        for index in line.pieces.dropFirst() {
            let piece = pieces[index]
            if piece.role == .part {
                return Anchor(
                    kind: .part(word), piece: index, width: width(of: line, upTo: index), whole: width(of: line))
            }
            if piece.isSign("{"), let end = piece.partner, end < line.pieces.upperBound {
                return Anchor(
                    kind: .block(word), piece: index, width: width(of: line, upTo: index), whole: width(of: line))
            }
            if piece.isComment || piece.isSign("{") || piece.beginsItem { return nil }
        }
        return nil
    }

    private func comment(_ line: Line) -> Anchor? {
        let last = line.pieces.upperBound - 1
        if line.pieces.count < 2 || !pieces[last].isComment { return nil }
        return Anchor(kind: .comment, piece: last, width: width(of: line), whole: 0)
    }
}
