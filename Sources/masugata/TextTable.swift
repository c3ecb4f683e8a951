/// Text in columns, each as wide as its widest entry.
struct TextTable {
    private var rows: [[String]]

    /// A table with these headings.
    init(_ headings: [String]) { rows = [headings] }

    /// Adds a row; it has as many entries as there are headings.
    mutating func add(_ row: [String]) { rows.append(row) }

    /// The lines, without blanks at their ends.
    var text: String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, entry) in row.enumerated() {
                let isLast = column == row.count - 1
                line += isLast ? entry : entry + String(repeating: " ", count: widths[column] - entry.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }
}
