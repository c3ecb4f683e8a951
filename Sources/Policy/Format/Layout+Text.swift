extension Layout {
    /// The policy in canonical form.
    var text: [UInt8] {
        var layout = self
        let lines = lines(of: pieces.indices, open: 0)
        layout.align(lines)
        var text: [UInt8] = []
        for line in lines { layout.write(line, to: &text) }
        return text
    }

    private func write(_ line: Line, to text: inout [UInt8]) {
        let first = line.pieces.lowerBound
        if isAfterBlank(first) { text.append(UInt8(ascii: "\n")) }
        write(blanks: line.level * FormatStyle.indentation, to: &text)
        for index in line.pieces {
            if index > first { write(blanks: gap(before: index), to: &text) }
            text += Array(pieces[index].text.utf8)
            if hasComma(index) { text.append(UInt8(ascii: ",")) }
        }
        text.append(UInt8(ascii: "\n"))
    }

    private func write(blanks: Int, to text: inout [UInt8]) {
        text += repeatElement(UInt8(ascii: " "), count: blanks)
    }

    /// Whether a line is left blank before a piece: where there was one, but not at the edge of a block.
    func isAfterBlank(_ index: Int) -> Bool {
        index > 0 && pieces[index].startsLine && pieces[index].lineEnds > 1 && !pieces[index - 1].opens
            && !pieces[index].closes
    }

    /// The last value of a list has a comma where the list has lines of its own.
    private func hasComma(_ index: Int) -> Bool {
        if pieces[index].isComment || pieces[index].opens { return false }
        var next = index + 1
        while next < pieces.count && pieces[next].isComment { next += 1 }
        guard next < pieces.count, pieces[next].isSign("]"), !pieces[next].isIndex else {
            return pieces[index].hasComma
        }
        return pieces[next].startsLine
    }
}
